import assert from 'node:assert/strict';
import type { Fault } from '../../faults/faults.ts';
import { startProxy, type Proxy } from '../../faults/proxy.ts';
import { developerKey, roleArn, developerAccount } from '../../sandbox/accounts.ts';
import { callJson, callQuery, callRest } from './calls.ts';
import { startFakeUpstream, type FakeUpstream } from './fakeUpstream.ts';

const value = JSON.stringify({ Name: 'a', SecretString: 'x'.repeat(500) });

suite('Faults of the proxy', () => {
  let upstream: FakeUpstream;
  let proxy: Proxy;

  setup(async () => {
    upstream = await startFakeUpstream(() => ({ body: value }));
    proxy = await startProxy({ target: upstream.url });
  });

  teardown(async () => {
    await proxy.stop();
    await upstream.stop();
  });

  const getValue = (caller = {}) =>
    callJson(proxy.url, 'secretsmanager', 'GetSecretValue', { SecretId: 'a' }, caller);

  const jsonErrors: readonly (readonly [Fault['kind'], number, string])[] = [
    ['throttle', 400, 'ThrottlingException'],
    ['expired-token', 400, 'ExpiredTokenException'],
    ['access-denied', 400, 'AccessDeniedException'],
    ['unavailable', 503, 'ServiceUnavailableException'],
    ['clock-skew', 400, 'InvalidSignatureException'],
  ];
  for (const [kind, status, code] of jsonErrors) {
    test(`${kind} is ${code} with status ${status} from a JSON service, which the emulator never sees`, async () => {
      proxy.inject({ kind });
      const answer = await getValue();
      assert.equal(answer.status, status);
      assert.equal(answer.headers.get('x-amzn-errortype'), code);
      assert.equal(answer.json['__type'], code);
      assert.equal(upstream.requests.length, 0);
      assert.equal(proxy.journal[0]?.status, status);
    });
  }

  const queryErrors: readonly (readonly [Fault['kind'], number, string])[] = [
    ['throttle', 400, 'Throttling'],
    ['expired-token', 403, 'ExpiredToken'],
    ['access-denied', 403, 'AccessDenied'],
    ['unavailable', 503, 'ServiceUnavailable'],
    ['clock-skew', 403, 'SignatureDoesNotMatch'],
  ];
  for (const [kind, status, code] of queryErrors) {
    test(`${kind} is the XML error ${code} with status ${status} from STS`, async () => {
      proxy.inject({ kind, service: 'sts' });
      const answer = await callQuery(proxy.url, 'sts', { Action: 'GetCallerIdentity' });
      assert.equal(answer.status, status);
      assert.match(answer.headers.get('content-type') ?? '', /xml/);
      assert.match(answer.text, new RegExp(`<Code>${code}</Code>`));
    });
  }

  test('html-500 is a page for people', async () => {
    proxy.inject({ kind: 'html-500' });
    const answer = await getValue();
    assert.equal(answer.status, 500);
    assert.equal(answer.headers.get('content-type'), 'text/html');
    assert.match(answer.text, /^<html>/);
  });

  test('reset cuts the connection before an answer and is journalled with status 0', async () => {
    proxy.inject({ kind: 'reset' });
    await assert.rejects(getValue());
    assert.equal(proxy.journal[0]?.status, 0);
    assert.equal(upstream.requests.length, 0);
  });

  test('truncate cuts the connection in the middle of the body', async () => {
    proxy.inject({ kind: 'truncate' });
    await assert.rejects(getValue());
    assert.equal(upstream.requests.length, 1);
  });

  test('truncate-json ends the body early and in good order', async () => {
    proxy.inject({ kind: 'truncate-json' });
    const answer = await getValue();
    assert.equal(answer.status, 200);
    assert.equal(answer.text, value.slice(0, Math.ceil(value.length / 2)));
  });

  test('latency delays the real answer', async () => {
    proxy.inject({ kind: 'latency', ms: 80 });
    const start = performance.now();
    const answer = await getValue();
    assert.equal(answer.text, value);
    // Timers may be a millisecond early.
    assert.ok(performance.now() - start >= 75);
  });

  test('a caller that goes away during the latency never reaches the emulator', async () => {
    proxy.inject({ kind: 'latency', ms: 60_000 });
    await assert.rejects(
      fetch(proxy.url, { method: 'POST', body: '{}', signal: AbortSignal.timeout(50) }),
    );
    while (proxy.journal.length === 0) {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    assert.equal(proxy.journal[0]?.status, 0);
    assert.equal(upstream.requests.length, 0);
  });

  test('a skewed clock refuses what is signed by ours, names its time, and takes what is signed by it', async () => {
    const skew = 3_600_000;
    proxy.inject({ kind: 'clock-skew', ms: skew });
    const refused = await getValue({ headers: { 'x-amz-date': amzDate(Date.now()) } });
    assert.equal(refused.json['__type'], 'InvalidSignatureException');
    const serverTime = Date.parse(refused.headers.get('date') ?? '');
    assert.ok(Math.abs(serverTime - Date.now() - skew) < 10_000);
    const taken = await getValue({ headers: { 'x-amz-date': amzDate(serverTime) } });
    assert.equal(taken.status, 200);
  });

  test('a fault happens as often as it says', async () => {
    proxy.inject({ kind: 'throttle', times: 2 });
    const statuses = [await getValue(), await getValue(), await getValue()];
    assert.deepEqual(
      statuses.map((answer) => answer.status),
      [400, 400, 200],
    );
  });

  test('a fault without a number of times lasts until the faults are cleared', async () => {
    proxy.inject({ kind: 'throttle' });
    for (let call = 0; call < 5; call++) {
      assert.equal((await getValue()).status, 400);
    }
    proxy.clear();
    assert.equal((await getValue()).status, 200);
  });

  const narrowed: readonly Partial<Fault>[] = [
    { service: 'ssm' },
    { operation: 'DescribeSecret' },
    { region: 'us-east-1' },
    { accessKeyId: developerKey.accessKeyId },
  ];
  for (const where of narrowed) {
    test(`a fault for ${JSON.stringify(where)} leaves other requests alone`, async () => {
      proxy.inject({ kind: 'access-denied', ...where });
      assert.equal((await getValue()).status, 200);
    });
  }

  test('a fault happens where its service, operation, region and key all match', async () => {
    proxy.inject({
      kind: 'access-denied',
      service: 'secretsmanager',
      operation: 'GetSecretValue',
      region: 'us-east-1',
      accessKeyId: developerKey.accessKeyId,
      message: 'Not today',
    });
    const answer = await getValue({
      region: 'us-east-1',
      accessKeyId: developerKey.accessKeyId,
    });
    assert.equal(answer.json['message'], 'Not today');
  });

  test('empty pages lead to the page that was asked for', async () => {
    proxy.setSynthetic({ '111122223333': { secrets: 3, parameters: 0 } });
    proxy.inject({ kind: 'empty-pages', operation: 'ListSecrets', times: 2 });
    const counts: number[] = [];
    let token: unknown;
    do {
      const answer = await callJson(proxy.url, 'secretsmanager', 'ListSecrets', {
        MaxResults: 2,
        ...(token === undefined ? {} : { NextToken: token }),
      });
      const { SecretList, NextToken } = answer.json;
      counts.push((SecretList as unknown[]).length);
      token = NextToken;
    } while (token !== undefined);
    assert.deepEqual(counts, [0, 0, 2, 1]);
  });

  test('an operation without pages has no empty pages', async () => {
    proxy.inject({ kind: 'empty-pages' });
    assert.equal((await getValue()).text, value);
  });

  test('faults are set and cleared over HTTP', async () => {
    await callRest(proxy.url, 'POST', '/_proxy/faults', {
      params: [
        { kind: 'throttle', service: 'ssm' },
        { kind: 'access-denied', service: 'secretsmanager' },
      ],
    });
    assert.equal((await getValue()).json['__type'], 'AccessDeniedException');
    await callRest(proxy.url, 'DELETE', '/_proxy/faults');
    assert.equal((await getValue()).status, 200);
  });

  for (const bad of [
    {},
    { kind: 'fire' },
    { kind: 'reset', times: 'often' },
    { kind: 'reset', time: 1 },
  ]) {
    test(`${JSON.stringify(bad)} is refused as a fault`, async () => {
      const answer = await callRest(proxy.url, 'POST', '/_proxy/faults', { params: bad });
      assert.equal(answer.status, 400);
      assert.equal((await getValue()).status, 200);
    });
  }

  test('a role that is not in the table is denied as AWS denies a role that does not exist', async () => {
    const RoleArn = roleArn(developerAccount, 'DoesNotExist');
    const answer = await callQuery(proxy.url, 'sts', { Action: 'AssumeRole', RoleArn });
    assert.equal(answer.status, 403);
    assert.match(answer.text, /<Code>AccessDenied<\/Code>/);
    assert.ok(
      answer.text.includes(`is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`),
    );
    assert.equal(upstream.requests.length, 0);
  });
});

function amzDate(time: number): string {
  return `${new Date(time).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`;
}
