import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Aws } from '../../../src/core/ports.ts';
import { isCancelled, UserError } from '../../../src/core/userError.ts';
import {
  developerAccount,
  developerKey,
  mfaSerial,
  roleArn,
  securityAccount,
  securityKey,
} from '../../sandbox/accounts.ts';
import { AwsFixture, never } from './awsFixture.ts';

const region = 'eu-west-1';
const config = `
[profile security]
region = eu-west-1
endpoint_url = {endpoint}
[profile developer]
region = us-east-1
endpoint_url = {endpoint}
[profile developer-admin]
region = us-east-1
role_arn = ${roleArn(developerAccount, 'SecretsAdmin')}
role_session_name = admin-session
source_profile = security
services = sandbox
[profile chained]
region = us-east-1
role_arn = ${roleArn(developerAccount, 'SecretsReadOnly')}
role_session_name = chained-session
source_profile = developer-admin
services = sandbox
[profile mfa-admin]
region = eu-west-1
role_arn = ${roleArn(securityAccount, 'BreakGlassAdmin')}
mfa_serial = ${mfaSerial}
source_profile = security
endpoint_url = {endpoint}
[profile behind-mfa]
region = us-east-1
role_arn = ${roleArn(developerAccount, 'SecretsReadOnly')}
source_profile = mfa-admin
endpoint_url = {endpoint}
[profile broken-role]
region = us-east-1
role_arn = ${roleArn(developerAccount, 'Nobody')}
source_profile = security
endpoint_url = {endpoint}
[profile circle-a]
role_arn = ${roleArn(developerAccount, 'SecretsAdmin')}
source_profile = circle-b
endpoint_url = {endpoint}
[profile circle-b]
role_arn = ${roleArn(developerAccount, 'SecretsAdmin')}
source_profile = circle-a
endpoint_url = {endpoint}
[profile orphan]
role_arn = ${roleArn(developerAccount, 'SecretsAdmin')}
source_profile = gone
endpoint_url = {endpoint}
[profile web]
region = eu-west-1
role_arn = ${roleArn(developerAccount, 'SecretsAdmin')}
web_identity_token_file = {token}
endpoint_url = {endpoint}
[profile process]
credential_process = {process}
region = eu-west-1
endpoint_url = {endpoint}
[profile empty]
region = eu-west-1
endpoint_url = {endpoint}
[profile login]
region = eu-west-1
login_session = arn:aws:iam::${securityAccount}:user/jane
endpoint_url = {endpoint}
[services sandbox]
secrets_manager =
  endpoint_url = {endpoint}
ssm =
  endpoint_url = {endpoint}
sts =
  endpoint_url = {endpoint}
iam =
  endpoint_url = {endpoint}
`;

suite('Credentials of a profile', function () {
  this.timeout(30_000);
  let fixture: AwsFixture;

  suiteSetup(async () => {
    fixture = await AwsFixture.start();
  });
  suiteTeardown(async () => {
    await fixture.stop();
  });
  setup(async () => {
    await fixture.calm();
  });

  test('static keys never end, and the identity is asked once for all regions', async () => {
    const aws = await fixture.aws({ config });
    const [first, second] = await Promise.all([
      aws.identify({ profile: 'security', region }, never),
      aws.identify({ profile: 'security', region: 'us-east-1' }, never),
    ]);
    await aws.identify({ profile: 'security', region }, never);
    assert.equal(first, second);
    assert.equal('expiresAt' in first, false);
    assert.equal(fixture.calls('GetCallerIdentity').length, 1);
  });

  test('a role is assumed with its source’s keys, once, by the endpoint of its services', async () => {
    const aws = await fixture.aws({ config });
    const connection = { profile: 'developer-admin', region };
    await Promise.all([
      aws.secrets(connection).list({}, never),
      aws.parameters(connection).list({}, never),
    ]);
    const [assumed, ...more] = fixture.calls('AssumeRole');
    assert.equal(assumed?.accessKeyId, securityKey.accessKeyId);
    assert.equal(assumed.region, 'us-east-1', 'STS is called in the role’s own region');
    assert.deepEqual(more, []);
    const { arn, expiresAt } = await aws.identify(connection, never);
    assert.match(arn, /:assumed-role\/SecretsAdmin\/admin-session$/);
    assert.ok(expiresAt !== undefined && expiresAt > Date.now() + 50 * 60_000);
  });

  test('a chain of roles is walked, and its middle is kept for the other profile', async () => {
    const aws = await fixture.aws({ config });
    assert.match(await identityArn(aws, 'chained'), /:assumed-role\/SecretsReadOnly\/chained-/);
    assert.match(await identityArn(aws, 'developer-admin'), /:assumed-role\/SecretsAdmin\//);
    assert.equal(fixture.calls('AssumeRole').length, 2);
  });

  test('credentials that end are made anew a minute before', async () => {
    let now = Date.now();
    const aws = await fixture.aws({ config, now: () => now });
    const store = aws.secrets({ profile: 'developer-admin', region });
    await store.list({}, never);
    now += 50 * 60_000;
    await store.list({}, never);
    assert.equal(fixture.calls('AssumeRole').length, 1);
    now += 9 * 60_000 + 1000;
    await store.list({}, never);
    assert.equal(fixture.calls('AssumeRole').length, 2);
  });

  test('an expired token is forgotten, so that the next try has a fresh one', async () => {
    const aws = await fixture.aws({ config });
    const store = aws.secrets({ profile: 'developer-admin', region });
    await store.list({}, never);
    fixture.proxy.inject({ kind: 'expired-token', operation: 'ListSecrets', times: 1 });
    await assert.rejects(store.list({}, never), /UserError: .*have expired/);
    await store.list({}, never);
    assert.equal(fixture.calls('AssumeRole').length, 2);
  });

  test('a denied role is named, with what must be true', async () => {
    const aws = await fixture.aws({ config });
    await assert.rejects(
      identityArn(aws, 'broken-role'),
      /^UserError: sts:AssumeRole denied for role arn:aws:iam::444455556666:role\/Nobody \(profile “broken-role”\)/,
    );
  });

  test('a circle of sources is found before any call', async () => {
    const aws = await fixture.aws({ config });
    await assert.rejects(
      identityArn(aws, 'circle-a'),
      /^UserError: .*go in a circle: circle-a → circle-b → circle-a/,
    );
    await assert.rejects(identityArn(aws, 'orphan'), /^UserError: .*“gone”, which does not exist/);
    await assert.rejects(identityArn(aws, 'empty'), /^UserError: .*has no credentials/);
    assert.deepEqual(fixture.operations(), []);
  });

  test('an MFA code is asked once and its session is kept', async () => {
    const asked: string[] = [];
    const mfaCode = async ({ profile, serial }: { profile: string; serial: string }) => {
      asked.push(`${profile} ${serial}`);
      return ' 123 456 ';
    };
    const aws = await fixture.aws({ config, prompts: { mfaCode } });
    const connection = { profile: 'mfa-admin', region };
    await Promise.all([
      aws.secrets(connection).list({}, never),
      aws.parameters(connection).list({}, never),
      aws.identify(connection, never),
      aws.secrets({ profile: 'behind-mfa', region }).list({}, never),
    ]);
    assert.deepEqual(asked, [`mfa-admin ${mfaSerial}`]);
    await aws.signIn('mfa-admin', never);
    assert.equal(asked.length, 2, 'signing in asks again');
  });

  test('who gives up the MFA code has cancelled, and nothing was sent', async () => {
    const aws = await fixture.aws({ config, prompts: { mfaCode: async () => undefined } });
    await assert.rejects(identityArn(aws, 'mfa-admin'), isCancelled);
    assert.deepEqual(fixture.operations(), []);
  });

  test('a wrong MFA code asks for the next one', async () => {
    const refused = await fixture.aws({ config, prompts: { mfaCode: async () => '000000' } });
    await assert.rejects(identityArn(refused, 'mfa-admin'), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /did not accept the MFA code for profile “mfa-admin”/);
      assert.deepEqual(error.remedies, ['sign-in']);
      return true;
    });
    const mistyped = await fixture.aws({ config, prompts: { mfaCode: async () => '12a456' } });
    await assert.rejects(
      identityArn(mistyped, 'mfa-admin'),
      /UserError: An MFA code has six digits/,
    );
  });

  test('one who stops waiting for an MFA code leaves the other waiting', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const aws = await fixture.aws({ config, prompts: { mfaCode: async () => promise } });
    const impatient = new AbortController();
    const connection = { profile: 'mfa-admin', region };
    const gone = aws.secrets(connection).list({}, impatient.signal);
    const stays = aws.secrets(connection).list({}, never);
    impatient.abort();
    await assert.rejects(gone, isCancelled);
    resolve('123456');
    assert.deepEqual((await stays).items, []);
  });

  test('a web identity token is exchanged without keys', async () => {
    const token = join(fixture.home, 'token');
    await writeFile(token, 'header.payload.signature\n');
    const aws = await fixture.aws({ config: config.replace('{token}', token) });
    assert.match(await identityArn(aws, 'web'), /:assumed-role\/SecretsAdmin\//);
    assert.equal(fixture.calls('AssumeRoleWithWebIdentity')[0]?.accessKeyId, '');
    const lost = await fixture.aws({ config: config.replace('{token}', `${token}-lost`) });
    await assert.rejects(identityArn(lost, 'web'), /UserError: The web identity token of profile/);
  });

  test('a credential process runs in a trusted workspace only', async () => {
    const program = join(fixture.home, 'process.mjs');
    const answer = {
      Version: 1,
      AccessKeyId: developerKey.accessKeyId,
      SecretAccessKey: developerKey.secretAccessKey,
    };
    await writeFile(program, `console.log(${JSON.stringify(JSON.stringify(answer))});`);
    await chmod(program, 0o700);
    const withProcess = config.replace('{process}', `"${process.execPath}" "${program}"`);
    const trusted = await fixture.aws({ config: withProcess });
    assert.match(await identityArn(trusted, 'process'), /user\/developer$/);
    const untrusted = await fixture.aws({ config: withProcess, isTrusted: () => false });
    await assert.rejects(identityArn(untrusted, 'process'), (error) => {
      assert.ok(error instanceof UserError);
      assert.deepEqual(error.remedies, ['trust-workspace']);
      return true;
    });
  });

  test('what a failed credential process prints is in no error', async () => {
    const program = join(fixture.home, 'failing.mjs');
    await writeFile(program, `console.error('key=hunter2'); process.exit(3);`);
    const failing = config.replace('{process}', `"${process.execPath}" "${program}"`);
    const aws = await fixture.aws({ config: failing });
    await assert.rejects(identityArn(aws, 'process'), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /“process” failed \(exit code 3\)/);
      assert.equal(error.cause, undefined);
      return true;
    });
    await writeFile(program, `console.log('{"Version":2,"SecretAccessKey":"hunter2"}');`);
    await assert.rejects(identityArn(aws, 'process'), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /did not print credentials in AWS’s format/);
      assert.equal(error.cause, undefined);
      return true;
    });
  });

  test('the environment’s keys are those of the pseudo-profile alone', async () => {
    const env = {
      AWS_ACCESS_KEY_ID: developerKey.accessKeyId,
      AWS_SECRET_ACCESS_KEY: developerKey.secretAccessKey,
      AWS_REGION: 'ap-southeast-2',
      AWS_ENDPOINT_URL: fixture.proxy.url,
    };
    const aws = await fixture.aws({ config, env });
    assert.match(await identityArn(aws, '<environment>'), /user\/developer$/);
    assert.match(await identityArn(aws, 'security'), /user\/security-engineer$/);
    const regions = new Set(fixture.calls('GetCallerIdentity').map((call) => call.region));
    assert.deepEqual([...regions], [region], 'AWS_REGION moves no profile');
  });

  test('an aws login session that is not there names the command that begins one', async () => {
    const aws = await fixture.aws({ config });
    await assert.rejects(identityArn(aws, 'login'), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /Run “aws login --profile login” in a terminal/);
      assert.deepEqual(error.remedies, ['sign-in']);
      return true;
    });
  });

  test('a reset forgets keys and identities and reads the files again', async () => {
    const aws = await fixture.aws({ config });
    const store = aws.secrets({ profile: 'developer-admin', region });
    await store.list({}, never);
    await writeFile(
      join(fixture.home, '.aws', 'credentials'),
      `[security]\naws_access_key_id = ${developerKey.accessKeyId}\naws_secret_access_key = ${developerKey.secretAccessKey}\n`,
    );
    await store.list({}, never);
    assert.equal(fixture.calls('AssumeRole').length, 1);
    aws.reset();
    await store.list({}, never);
    assert.equal(fixture.calls('AssumeRole').at(-1)?.accessKeyId, developerKey.accessKeyId);
    assert.match(await identityArn(aws, 'security'), /user\/developer$/);
  });

  test('a request that runs survives a reset', async () => {
    const aws = await fixture.aws({ config });
    const store = aws.secrets({ profile: 'security', region });
    fixture.proxy.inject({ kind: 'latency', ms: 400, operation: 'ListSecrets', times: 1 });
    const listing = store.list({}, never);
    await new Promise((resolve) => {
      setTimeout(resolve, 150);
    });
    aws.reset();
    assert.deepEqual((await listing).items, []);
    assert.equal(fixture.calls('ListSecrets').length, 1, 'it was not sent twice');
  });
});

suite('Endpoints of a profile', function () {
  this.timeout(30_000);
  let fixture: AwsFixture;
  let other: Server;
  const strangers: string[] = [];

  suiteSetup(async () => {
    fixture = await AwsFixture.start();
    other = createServer((request, response) => {
      strangers.push(request.headers['authorization'] ?? 'unsigned');
      response.writeHead(500).end();
    });
    await new Promise<void>((resolve) => {
      other.listen(0, '127.0.0.1', resolve);
    });
  });
  suiteTeardown(async () => {
    other.close();
    await fixture.stop();
  });

  test('neither the default profile’s endpoint nor AWS_PROFILE’s reaches another profile', async () => {
    const address = other.address();
    assert.ok(address !== null && typeof address === 'object');
    const elsewhere = `http://127.0.0.1:${address.port}`;
    const aws = await fixture.aws({
      config: `
[default]
endpoint_url = ${elsewhere}
[profile developer]
endpoint_url = ${elsewhere}
[profile security]
endpoint_url = {endpoint}
[profile role]
role_arn = ${roleArn(developerAccount, 'SecretsAdmin')}
source_profile = developer
endpoint_url = {endpoint}
`,
      env: { AWS_PROFILE: 'developer', AWS_REGION: 'ap-southeast-2' },
    });
    await inProcessEnvironment(
      {
        AWS_CONFIG_FILE: join(fixture.home, '.aws', 'config'),
        AWS_PROFILE: 'developer',
        AWS_REGION: 'ap-southeast-2',
      },
      async () => {
        await aws.secrets({ profile: 'security', region }).list({}, never);
        await aws.parameters({ profile: 'role', region }).list({}, never);
        await aws.identify({ profile: 'role', region }, never);
      },
    );
    assert.deepEqual(strangers, []);
    const regions = new Set(fixture.calls().map((call) => call.region));
    regions.delete('us-east-1'); // IAM is global and signed there.
    assert.deepEqual([...regions], [region]);
  });

  test('a profile without an endpoint calls AWS itself, whatever the environment’s profile says', async () => {
    const address = other.address();
    assert.ok(address !== null && typeof address === 'object');
    const elsewhere = `http://127.0.0.1:${address.port}`;
    const aws = await fixture.aws({
      config: `[default]\nendpoint_url = ${elsewhere}\n[profile security]\nregion = moon-north-1\n`,
    });
    await inProcessEnvironment(
      { AWS_CONFIG_FILE: join(fixture.home, '.aws', 'config') },
      async () => {
        const store = aws.secrets({ profile: 'security', region: 'moon-north-1' });
        await assert.rejects(store.list({}, never), /UserError: .*moon-north-1/);
      },
    );
    assert.deepEqual(strangers, []);
  });
});

/** The SDK reads the process's own environment; whatever it finds there must not matter. */
async function inProcessEnvironment(
  variables: Readonly<Record<string, string>>,
  run: () => Promise<void>,
): Promise<void> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    await run();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = value;
      }
    }
  }
}

async function identityArn(aws: Aws, profile: string): Promise<string> {
  return (await aws.identify({ profile, region }, never)).arn;
}
