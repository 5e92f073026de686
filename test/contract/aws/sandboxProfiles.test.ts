import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createAws } from '../../../src/aws/index.ts';
import { readAwsConfig } from '../../../src/connections/awsConfig.ts';
import { resolveSettings } from '../../../src/connections/settings.ts';
import type { Aws } from '../../../src/core/ports.ts';
import { mfaCode, sandboxRegions } from '../../sandbox/accounts.ts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { never } from './awsFixture.ts';

suite('The profiles of the sandbox', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let aws: Aws;

  suiteSetup(async () => {
    sandbox = await startSandbox();
    const { env } = sandbox;
    const files = readAwsConfig({
      config: await readFile(env['AWS_CONFIG_FILE'] ?? '', 'utf8'),
      credentials: await readFile(env['AWS_SHARED_CREDENTIALS_FILE'] ?? '', 'utf8'),
    });
    aws = createAws({
      settingsFor: (connection) => resolveSettings(files, env, connection),
      env,
      prompts: { mfaCode: async () => mfaCode, deviceCode: async () => true },
      log: { debug: silent, info: silent, warn: silent, error: silent },
      clock: { now: () => Date.now() },
      isTrusted: () => true,
    });
  });
  suiteTeardown(async () => {
    await sandbox.stop();
  });

  const [region] = sandboxRegions;

  for (const { profile, account, alias } of [
    { profile: 'security', account: '111122223333', alias: 'acme-security' },
    { profile: 'developer', account: '444455556666', alias: 'acme-developer' },
    { profile: 'developer-admin', account: '444455556666', alias: 'acme-developer' },
    { profile: 'mfa-admin', account: '111122223333', alias: 'acme-security' },
  ]) {
    test(`${profile} is of account ${account} and sees its secrets and parameters`, async () => {
      const connection = { profile, region };
      const identity = await aws.identify(connection, never);
      assert.equal(identity.accountId, account);
      assert.equal(identity.accountAlias, alias);
      const secrets = await aws.secrets(connection).list({ pageSize: 10 }, never);
      const parameters = await aws.parameters(connection).list({ pageSize: 10 }, never);
      assert.ok(secrets.items.length > 0 && parameters.items.length > 0);
      const own = [...secrets.items, ...parameters.items].map(({ arn }) => arn.split(':')[4]);
      assert.deepEqual([...new Set(own)], [account]);
    });
  }

  test('sso-dev works once it is signed in', async () => {
    const store = aws.secrets({ profile: 'sso-dev', region });
    await assert.rejects(store.list({}, never), /“sso-dev” is not signed in/);
    await aws.signIn('sso-dev', never);
    assert.ok((await store.list({}, never)).items.length > 0);
  });

  test('broken-role and unreachable say what is wrong with them', async () => {
    await assert.rejects(
      aws.secrets({ profile: 'broken-role', region }).list({}, never),
      /^UserError: sts:AssumeRole denied for role arn:aws:iam::/,
    );
    await assert.rejects(
      aws.parameters({ profile: 'unreachable', region }).list({}, never),
      /^UserError: Parameter Store is not reachable at http:\/\/.+: connection refused/,
    );
  });
});

function silent(): void {
  // What is logged is not what these tests are about.
}
