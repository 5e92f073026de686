import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { redacted } from '../../faults/journal.ts';
import { startProxy, type Proxy } from '../../faults/proxy.ts';
import {
  developerAccount,
  developerKey,
  roleArn,
  securityAccount,
  securityKey,
} from '../../sandbox/accounts.ts';
import { callJson, callQuery, callRest } from './calls.ts';
import { startFakeUpstream, type FakeUpstream } from './fakeUpstream.ts';

const issuedKey = 'ASIAIOSFODNN7EXAMPLE';

suite('Journal and routing of the proxy', () => {
  let upstream: FakeUpstream;
  let proxy: Proxy;

  setup(async () => {
    upstream = await startFakeUpstream((request) =>
      request.body.includes('Action=AssumeRole')
        ? {
            type: 'text/xml',
            body:
              `<AssumeRoleResponse><AccessKeyId>${issuedKey}</AccessKeyId>` +
              `<Arn>arn:aws:sts::${developerAccount}:assumed-role/SecretsAdmin/me</Arn></AssumeRoleResponse>`,
          }
        : { body: '{}' },
    );
    proxy = await startProxy({ target: upstream.url });
  });

  teardown(async () => {
    await proxy.stop();
    await upstream.stop();
  });

  test('an entry says who asked what of which service and region, and what the answer was', async () => {
    const before = Date.now();
    await callJson(
      proxy.url,
      'ssm',
      'GetParameters',
      { Names: ['/a'], WithDecryption: false },
      { region: 'us-east-1', accessKeyId: developerKey.accessKeyId },
    );
    const [entry] = proxy.journal;
    assert.ok(entry !== undefined && entry.at >= before && entry.at <= Date.now());
    const { at: _, ...rest } = entry;
    assert.deepEqual(rest, {
      service: 'ssm',
      operation: 'GetParameters',
      region: 'us-east-1',
      accessKeyId: developerKey.accessKeyId,
      account: developerAccount,
      params: { Names: ['/a'], WithDecryption: false },
      status: 200,
    });
  });

  test('values, binaries and tokens of a request are not kept, however deep they are', async () => {
    const params = {
      Name: 'a',
      SecretString: 'value-1',
      SecretBinary: 'dmFsdWUtMg==',
      ClientRequestToken: 'value-3',
      Tags: [{ Key: 'Team', Value: 'value-4' }],
    };
    await callJson(proxy.url, 'secretsmanager', 'PutSecretValue', params);
    assert.deepEqual(proxy.journal[0]?.params, {
      Name: 'a',
      SecretString: '•••',
      SecretBinary: '•••',
      ClientRequestToken: '•••',
      Tags: [{ Key: 'Team', Value: '•••' }],
    });
  });

  test('an MFA code is not kept', async () => {
    const RoleArn = roleArn(securityAccount, 'BreakGlassAdmin');
    await callQuery(proxy.url, 'sts', { Action: 'AssumeRole', RoleArn, TokenCode: '999999' });
    assert.deepEqual(proxy.journal[0]?.params, { Action: 'AssumeRole', RoleArn, TokenCode: '•••' });
  });

  test('no text under a secret name survives redaction', () => {
    const secret = 'c0ffee-c0ffee';
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constant<unknown>('harmless'),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.record({ Name: tie('node'), Value: fc.constant(secret) }),
        fc.record({ List: tie('node'), SecretString: fc.constant({ nested: secret }) }),
        fc.record({ clientrequesttoken: fc.constant([secret]), More: tie('node') }),
      ),
    })).node;
    fc.assert(
      fc.property(tree, (value) => {
        assert.ok(!JSON.stringify(redacted(value)).includes(secret));
      }),
    );
  });

  test('the journal is read and emptied over HTTP, and what does that is not in it', async () => {
    await callJson(proxy.url, 'ssm', 'GetParameter', { Name: '/a' });
    const read = await callRest(proxy.url, 'GET', '/_proxy/journal');
    const entries = JSON.parse(read.text) as { readonly operation: string }[];
    assert.deepEqual(
      entries.map((entry) => entry.operation),
      ['GetParameter'],
    );
    await callRest(proxy.url, 'DELETE', '/_proxy/journal');
    assert.deepEqual(proxy.journal, []);
  });

  test('each permanent key leads to its account', async () => {
    for (const { accessKeyId } of [securityKey, developerKey]) {
      await callJson(proxy.url, 'ssm', 'PutParameter', {}, { accessKeyId });
    }
    assert.deepEqual(
      upstream.requests.map((request) => request.headers['x-moto-account-id']),
      [securityAccount, developerAccount],
    );
  });

  test('a key that AssumeRole issued is left to the emulator, and its account is known to the journal', async () => {
    const RoleArn = roleArn(developerAccount, 'SecretsAdmin');
    await callQuery(proxy.url, 'sts', { Action: 'AssumeRole', RoleArn });
    await callJson(proxy.url, 'ssm', 'PutParameter', {}, { accessKeyId: issuedKey });
    assert.equal(upstream.requests.at(-1)?.headers['x-moto-account-id'], undefined);
    assert.equal(proxy.journal.at(-1)?.account, developerAccount);
  });

  test('an unknown key is refused as AWS refuses it', async () => {
    const caller = { accessKeyId: 'AKIAUNKNOWNEXAMPLE00' };
    const json = await callJson(proxy.url, 'ssm', 'GetParameter', { Name: '/a' }, caller);
    assert.equal(json.json['__type'], 'UnrecognizedClientException');
    const query = await callQuery(proxy.url, 'sts', { Action: 'GetCallerIdentity' }, caller);
    assert.match(query.text, /<Code>InvalidClientTokenId<\/Code>/);
    assert.equal(upstream.requests.length, 0);
  });

  test('GetCallerIdentity tells the identity of the table', async () => {
    const answer = await callQuery(
      proxy.url,
      'sts',
      { Action: 'GetCallerIdentity' },
      { accessKeyId: developerKey.accessKeyId },
    );
    assert.ok(answer.text.includes(`<Arn>${developerKey.arn}</Arn>`));
    assert.ok(answer.text.includes(`<Account>${developerAccount}</Account>`));
  });

  test('a role that asks for MFA is given for the right code only', async () => {
    const RoleArn = roleArn(securityAccount, 'BreakGlassAdmin');
    const without = await callQuery(proxy.url, 'sts', { Action: 'AssumeRole', RoleArn });
    assert.match(without.text, /not authorized to perform: sts:AssumeRole/);
    const wrong = await callQuery(proxy.url, 'sts', {
      Action: 'AssumeRole',
      RoleArn,
      TokenCode: '000000',
    });
    assert.match(
      wrong.text,
      /MultiFactorAuthentication failed with invalid MFA one time pass code/,
    );
    const right = await callQuery(proxy.url, 'sts', {
      Action: 'AssumeRole',
      RoleArn,
      TokenCode: '123456',
    });
    assert.equal(right.status, 200);
  });

  test('a session token belongs to the account of the key that asked for it', async () => {
    const session = await callQuery(
      proxy.url,
      'sts',
      { Action: 'GetSessionToken', TokenCode: '123456', SerialNumber: 'x' },
      { accessKeyId: developerKey.accessKeyId },
    );
    const accessKeyId = /<AccessKeyId>(ASIA\w{16})</.exec(session.text)?.[1] ?? '';
    await callJson(proxy.url, 'ssm', 'PutParameter', {}, { accessKeyId });
    assert.equal(upstream.requests[0]?.headers['x-moto-account-id'], developerAccount);
    const wrong = await callQuery(proxy.url, 'sts', {
      Action: 'GetSessionToken',
      TokenCode: '111111',
    });
    assert.equal(wrong.status, 403);
  });
});
