import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Aws, SignInPrompts } from '../../../src/core/ports.ts';
import { isCancelled, UserError } from '../../../src/core/userError.ts';
import { developerAccount, roleArn, ssoRoleName, ssoStartUrl } from '../../sandbox/accounts.ts';
import { AwsFixture, never } from './awsFixture.ts';

type DeviceCode = Parameters<SignInPrompts['deviceCode']>[0];

const connection = { profile: 'sso-dev', region: 'us-east-1' };
const config = `
[profile sso-dev]
region = us-east-1
sso_session = corp
sso_account_id = ${developerAccount}
sso_role_name = ${ssoRoleName}
endpoint_url = {endpoint}
[profile sso-denied]
region = us-east-1
sso_session = corp
sso_account_id = ${developerAccount}
sso_role_name = Administrator
endpoint_url = {endpoint}
[profile sso-legacy]
region = us-east-1
sso_start_url = ${ssoStartUrl}
sso_region = eu-west-1
sso_account_id = ${developerAccount}
sso_role_name = ${ssoRoleName}
endpoint_url = {endpoint}
[profile sso-chained]
region = us-east-1
role_arn = ${roleArn(developerAccount, 'SecretsReadOnly')}
source_profile = sso-dev
endpoint_url = {endpoint}
[sso-session corp]
sso_start_url = ${ssoStartUrl}
sso_region = eu-west-1
sso_registration_scopes = sso:account:access
`;

suite('Sign-in by IAM Identity Center', function () {
  this.timeout(30_000);
  let fixture: AwsFixture;
  let shown: DeviceCode[];

  suiteSetup(async () => {
    fixture = await AwsFixture.start();
  });
  suiteTeardown(async () => {
    await fixture.stop();
  });
  setup(async () => {
    await fixture.calm();
    shown = [];
  });

  async function approve(request: DeviceCode): Promise<boolean> {
    shown.push(request);
    return true;
  }

  async function start(more: { readonly now?: () => number } = {}): Promise<Aws> {
    return fixture.aws({ config, prompts: { deviceCode: approve }, ...more });
  }

  function cache(name = ''): string {
    return join(fixture.home, '.aws', 'sso', 'cache', name);
  }

  function tokenFile(key: string): string {
    return cache(`${createHash('sha1').update(key).digest('hex')}.json`);
  }

  async function readToken(key = 'corp'): Promise<Readonly<Record<string, string>>> {
    const content: unknown = JSON.parse(await readFile(tokenFile(key), 'utf8'));
    return content as Readonly<Record<string, string>>;
  }

  async function writeToken(fields: Readonly<Record<string, string>>): Promise<void> {
    await mkdir(cache(), { recursive: true });
    await writeFile(tokenFile('corp'), JSON.stringify(fields));
  }

  test('without a token nothing is called and nobody is asked', async () => {
    const aws = await start();
    await assert.rejects(aws.secrets(connection).list({}, never), (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.message, 'Profile “sso-dev” is not signed in to IAM Identity Center.');
      assert.deepEqual(error.remedies, ['sign-in']);
      return true;
    });
    assert.deepEqual([fixture.operations(), shown], [[], []]);
  });

  test('a device sign-in ends in the role’s credentials and a token the AWS CLI can use', async () => {
    const aws = await start();
    const before = Date.now();
    await aws.signIn('sso-dev', never);
    assert.deepEqual(
      shown.map(({ profile, userCode, verificationUri }) => ({
        profile,
        userCode,
        verificationUri,
      })),
      [
        {
          profile: 'sso-dev',
          userCode: 'SAND-BOXX',
          verificationUri: 'https://device.sso.example/?user_code=SAND-BOXX',
        },
      ],
    );
    assert.equal(shown[0]?.signal?.aborted, true, 'the prompt is told that it is over');
    assert.deepEqual(fixture.operations(), [
      'RegisterClient',
      'StartDeviceAuthorization',
      'CreateToken',
      'CreateToken',
      'GetRoleCredentials',
    ]);

    const { expiresAt = '', registrationExpiresAt = '', ...token } = await readToken();
    assert.match(token['accessToken'] ?? '', /^sandbox-access-/);
    assert.match(token['refreshToken'] ?? '', /^sandbox-refresh-/);
    assert.deepEqual(Object.keys(token).toSorted(), [
      'accessToken',
      'clientId',
      'clientSecret',
      'refreshToken',
      'region',
      'startUrl',
    ]);
    assert.equal(token['startUrl'], ssoStartUrl);
    assert.equal(token['region'], 'eu-west-1');
    assert.match(expiresAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.ok(Date.parse(expiresAt) >= before + 8 * 3_600_000 - 1000);
    assert.ok(Date.parse(registrationExpiresAt) > before + 80 * 86_400_000);

    const { arn, expiresAt: end } = await aws.identify(connection, never);
    assert.match(arn, /assumed-role\/AWSReservedSSO_DeveloperAccess_/);
    assert.ok(end !== undefined && end > before);
  });

  test('only the person may read what is cached, and nothing half-written is left', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const aws = await start();
    await aws.signIn('sso-dev', never);
    const files = await readdir(cache());
    assert.equal(files.length, 2, files.join());
    for (const file of files) {
      assert.match(file, /^[0-9a-f]{40}\.json$/);
      assert.equal((await stat(cache(file))).mode & 0o777, 0o600);
    }
    assert.equal((await stat(cache())).mode & 0o777, 0o700);
  });

  test('a second sign-in uses the registration of the first', async () => {
    const aws = await start();
    await aws.signIn('sso-dev', never);
    await aws.signIn('sso-dev', never);
    assert.equal(fixture.calls('RegisterClient').length, 1);
  });

  test('the legacy form keeps its token under the start URL', async () => {
    const aws = await start();
    await aws.signIn('sso-legacy', never);
    assert.match((await readToken(ssoStartUrl))['accessToken'] ?? '', /^sandbox-access-/);
  });

  test('profiles of one session share its token', async () => {
    const aws = await start();
    await aws.signIn('sso-dev', never);
    await assert.rejects(
      aws.secrets({ ...connection, profile: 'sso-denied' }).list({}, never),
      /UserError: IAM Identity Center does not give profile “sso-denied” access as 444455556666\/Administrator/,
    );
    assert.equal(shown.length, 1);
  });

  test('a role behind an SSO profile signs that one in', async () => {
    const aws = await start();
    await aws.signIn('sso-chained', never);
    assert.deepEqual(
      shown.map(({ profile }) => profile),
      ['sso-dev'],
    );
    const { arn } = await aws.identify({ ...connection, profile: 'sso-chained' }, never);
    assert.match(arn, /assumed-role\/SecretsReadOnly\//);
  });

  test('a token that ends soon is refreshed once for all, without a person', async () => {
    const first = await start();
    await first.signIn('sso-dev', never);
    const old = await readToken();
    fixture.proxy.clearJournal();
    const later = Date.now() + 8 * 3_600_000 - 60_000;
    const aws = await start({ now: () => later });
    await Promise.all([
      aws.secrets(connection).list({}, never),
      aws.parameters(connection).list({}, never),
    ]);
    assert.equal(fixture.calls('CreateToken').length, 1);
    const renewed = await readToken();
    assert.notEqual(renewed['accessToken'], old['accessToken']);
    assert.notEqual(renewed['refreshToken'], old['refreshToken']);
    assert.equal(renewed['clientId'], old['clientId']);
  });

  test('an ended session that cannot be refreshed asks to sign in', async () => {
    const ended = {
      startUrl: ssoStartUrl,
      accessToken: 'old',
      expiresAt: '2020-01-01T00:00:00Z',
    };
    await writeToken(ended);
    const aws = await start();
    await assert.rejects(
      aws.secrets(connection).list({}, never),
      /UserError: The IAM Identity Center session of profile “sso-dev” has ended/,
    );
    assert.deepEqual(fixture.operations(), []);
    await writeToken({
      ...ended,
      clientId: 'c',
      clientSecret: 's',
      refreshToken: 'spent',
    });
    await assert.rejects(
      aws.secrets(connection).list({}, never),
      /UserError: The IAM Identity Center session of profile “sso-dev” has ended/,
    );
    assert.deepEqual(fixture.operations(), ['CreateToken']);
  });

  test('a token that the service took back asks to sign in', async () => {
    await writeToken({ accessToken: 'revoked', expiresAt: '2999-01-01T00:00:00Z' });
    const aws = await start();
    await assert.rejects(aws.secrets(connection).list({}, never), (error) => {
      assert.ok(error instanceof UserError);
      assert.deepEqual(error.remedies, ['sign-in']);
      return true;
    });
  });

  test('the token of another organization is not sent', async () => {
    await writeToken({
      startUrl: 'https://other.awsapps.example/start',
      accessToken: 'other',
      expiresAt: '2999-01-01T00:00:00Z',
    });
    const aws = await start();
    await assert.rejects(aws.secrets(connection).list({}, never), /is not signed in/);
    assert.deepEqual(fixture.operations(), []);
  });

  test('a damaged token file is a sign-in, not a failure', async () => {
    await mkdir(cache(), { recursive: true });
    await writeFile(tokenFile('corp'), '{"accessToken": "half');
    const aws = await start();
    await assert.rejects(aws.secrets(connection).list({}, never), /is not signed in/);
    await aws.signIn('sso-dev', never);
    assert.match((await readToken())['accessToken'] ?? '', /^sandbox-access-/);
  });

  test('who declines the code has cancelled, and the polling ends', async () => {
    const aws = await fixture.aws({ config, prompts: { deviceCode: async () => false } });
    await assert.rejects(aws.signIn('sso-dev', never), isCancelled);
    await pollsEnded();
  });

  test('the sign-in ends with its signal, and so does the prompt', async () => {
    const controller = new AbortController();
    let prompt: AbortSignal | undefined;
    const deviceCode = async ({ signal }: DeviceCode) => {
      prompt = signal;
      controller.abort();
      return true;
    };
    const aws = await fixture.aws({ config, prompts: { deviceCode } });
    await assert.rejects(aws.signIn('sso-dev', controller.signal), isCancelled);
    assert.equal(prompt?.aborted, true);
    await pollsEnded();
  });

  test('a failure while polling is told', async () => {
    const aws = await start();
    fixture.always('unavailable', 'CreateToken');
    await assert.rejects(
      aws.signIn('sso-dev', never),
      /UserError: IAM Identity Center failed inside AWS/,
    );
  });

  async function pollsEnded(): Promise<void> {
    const polls = fixture.calls('CreateToken').length;
    await new Promise((resolve) => {
      setTimeout(resolve, 1500);
    });
    assert.equal(fixture.calls('CreateToken').length, polls);
  }
});
