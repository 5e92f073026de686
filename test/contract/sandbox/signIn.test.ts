import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetRoleCredentialsCommand, SSOClient } from '@aws-sdk/client-sso';
import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-providers';
import { startProxy, type Proxy } from '../../faults/proxy.ts';
import {
  developerAccount,
  mfaCode,
  securityAccount,
  ssoRoleName,
  ssoStartUrl,
} from '../../sandbox/accounts.ts';
import { writeAwsConfig, type AwsConfigFiles } from '../../sandbox/awsConfig.ts';
import { startMoto, type Moto } from '../../sandbox/moto.ts';

suite('Signing in to the sandbox with the SDK', () => {
  let moto: Moto;
  let proxy: Proxy;
  let home: string;
  let files: AwsConfigFiles;

  suiteSetup(async function () {
    this.timeout(120_000);
    moto = await startMoto(() => undefined);
    proxy = await startProxy({ target: moto.url });
    home = await mkdtemp(join(tmpdir(), 'secret-manager-sign-in-'));
    files = await writeAwsConfig(home, proxy.url);
  });

  suiteTeardown(async () => {
    await proxy.stop();
    await moto.stop();
    await rm(home, { recursive: true, force: true });
  });

  const region = 'eu-west-1';
  const identify = async (profile: string, mfaCodeProvider?: () => Promise<string>) => {
    const endpoint = proxy.url;
    const credentials = fromIni({
      profile,
      ignoreCache: true,
      filepath: files.credentialsFile,
      configFilepath: files.configFile,
      clientConfig: { endpoint, region },
      ...(mfaCodeProvider === undefined ? {} : { mfaCodeProvider }),
    });
    const sts = new STSClient({ region, endpoint, credentials });
    return (await sts.send(new GetCallerIdentityCommand({}))).Arn ?? '';
  };

  test('static keys, a role and a role with MFA are who the table says', async () => {
    assert.equal(
      await identify('security'),
      `arn:aws:iam::${securityAccount}:user/security-engineer`,
    );
    assert.equal(await identify('developer'), `arn:aws:iam::${developerAccount}:user/developer`);
    assert.match(
      await identify('developer-admin'),
      new RegExp(`^arn:aws:sts::${developerAccount}:assumed-role/SecretsAdmin/`),
    );
    assert.match(
      await identify('mfa-admin', () => Promise.resolve(mfaCode)),
      new RegExp(`^arn:aws:sts::${securityAccount}:assumed-role/BreakGlassAdmin/`),
    );
  });

  test('a wrong MFA code and a role that does not exist are denied', async () => {
    await assert.rejects(
      identify('mfa-admin', () => Promise.resolve('654321')),
      { name: 'AccessDenied', message: /invalid MFA one time pass code/ },
    );
    await assert.rejects(identify('broken-role'), {
      name: 'AccessDenied',
      message: /not authorized to perform: sts:AssumeRole/,
    });
  });

  test('a device sign-in by the SDK ends in credentials of the role', async () => {
    const oidc = new SSOOIDCClient({ region, endpoint: proxy.url });
    const { clientId, clientSecret } = await oidc.send(
      new RegisterClientCommand({ clientName: 'contract', clientType: 'public' }),
    );
    const client = { clientId, clientSecret };
    const { deviceCode } = await oidc.send(
      new StartDeviceAuthorizationCommand({ ...client, startUrl: ssoStartUrl }),
    );
    const poll = () =>
      oidc.send(
        new CreateTokenCommand({
          ...client,
          deviceCode,
          grantType: 'urn:ietf:params:oauth:grant-type:device_code',
        }),
      );
    await assert.rejects(poll(), { name: 'AuthorizationPendingException' });
    const { accessToken } = await poll();
    const sso = new SSOClient({ region, endpoint: proxy.url });
    const role = { accountId: developerAccount, roleName: ssoRoleName };
    const { roleCredentials } = await sso.send(
      new GetRoleCredentialsCommand({ ...role, accessToken }),
    );
    assert.ok((roleCredentials?.expiration ?? 0) > Date.now());
    await assert.rejects(sso.send(new GetRoleCredentialsCommand({ ...role, accessToken: 'old' })), {
      name: 'UnauthorizedException',
    });
  });
});
