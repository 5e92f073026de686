import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  developerAccount,
  developerKey,
  mfaSerial,
  roleArn,
  securityAccount,
  securityKey,
  ssoRoleName,
  ssoStartUrl,
  syntheticKey,
  type SandboxKey,
} from './accounts.ts';

/** The profiles of the sandbox's AWS config. `synthetic` is there only when a synthetic account is. */
export const sandboxProfiles = [
  'security',
  'developer',
  'developer-admin',
  'mfa-admin',
  'sso-dev',
  'broken-role',
  'unreachable',
] as const;

export interface AwsConfigFiles {
  readonly configFile: string;
  readonly credentialsFile: string;
}

/** Nothing listens on this privileged port of the loopback address. */
export const closedEndpoint = 'http://127.0.0.1:1';

/** Writes `config` and `credentials` into the `.aws` folder of a home, all of whose profiles lead to the proxy. */
export async function writeAwsConfig(
  home: string,
  proxyUrl: string,
  options: { readonly synthetic?: boolean } = {},
): Promise<AwsConfigFiles> {
  const folder = join(home, '.aws');
  await mkdir(folder, { recursive: true });
  const configFile = join(folder, 'config');
  const credentialsFile = join(folder, 'credentials');
  const keys: Readonly<Record<string, SandboxKey>> = {
    security: securityKey,
    developer: developerKey,
    ...(options.synthetic === true ? { synthetic: syntheticKey } : {}),
  };
  await Promise.all([
    writeFile(configFile, config(proxyUrl, options.synthetic === true), { mode: 0o600 }),
    writeFile(credentialsFile, credentials(keys), { mode: 0o600 }),
  ]);
  return { configFile, credentialsFile };
}

/** Half of the profiles name the endpoint themselves and half through the services section: both must work. */
function config(proxyUrl: string, synthetic: boolean): string {
  return `[profile security]
region = eu-west-1
services = sandbox

[profile developer]
region = us-east-1
endpoint_url = ${proxyUrl}

[profile developer-admin]
region = us-east-1
role_arn = ${roleArn(developerAccount, 'SecretsAdmin')}
source_profile = security
services = sandbox

[profile mfa-admin]
region = eu-west-1
role_arn = ${roleArn(securityAccount, 'BreakGlassAdmin')}
mfa_serial = ${mfaSerial}
source_profile = security
endpoint_url = ${proxyUrl}

[profile sso-dev]
region = us-east-1
sso_session = corp
sso_account_id = ${developerAccount}
sso_role_name = ${ssoRoleName}
services = sandbox

[profile broken-role]
region = eu-west-1
role_arn = ${roleArn(developerAccount, 'DoesNotExist')}
source_profile = security
endpoint_url = ${proxyUrl}

[profile unreachable]
region = eu-west-1
aws_access_key_id = ${securityKey.accessKeyId}
aws_secret_access_key = ${securityKey.secretAccessKey}
endpoint_url = ${closedEndpoint}
${synthetic ? `\n[profile synthetic]\nregion = eu-west-1\nendpoint_url = ${proxyUrl}\n` : ''}
[sso-session corp]
sso_start_url = ${ssoStartUrl}
sso_region = eu-west-1
sso_registration_scopes = sso:account:access

[services sandbox]
${['secrets_manager', 'ssm', 'sts', 'iam', 'sso', 'sso_oidc']
  .map((service) => `${service} =\n  endpoint_url = ${proxyUrl}`)
  .join('\n')}
`;
}

function credentials(keys: Readonly<Record<string, SandboxKey>>): string {
  return Object.entries(keys)
    .map(
      ([profile, key]) =>
        `[${profile}]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`,
    )
    .join('\n');
}
