import type { CredentialKind, Profile, SsoSettings } from '../core/connection.ts';
import type { AwsConfig, ConfigSection } from './awsConfig.ts';
import type { Environment } from './environment.ts';

const environmentProfile = '<environment>';
const containerProfile = '<container>';
const instanceProfile = '<instance>';

interface ProfileOptions {
  /** Whether the EC2 instance role is offered: asking the metadata service costs a second where there is none. */
  readonly instanceRole: boolean;
}

/** The named profiles in the files' order, then the credentials that the process itself was given. */
export function listProfiles(
  config: AwsConfig,
  env: Environment,
  { instanceRole }: ProfileOptions = { instanceRole: false },
): readonly Profile[] {
  const pseudo = [environmentProfile, containerProfile, ...(instanceRole ? [instanceProfile] : [])];
  return [...config.profiles.keys(), ...pseudo].flatMap((id) => findProfile(config, env, id) ?? []);
}

export function findProfile(config: AwsConfig, env: Environment, id: string): Profile | undefined {
  switch (id) {
    case environmentProfile:
      return environmentCredentials(config, env);
    case containerProfile:
      return env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] ||
        env['AWS_CONTAINER_CREDENTIALS_FULL_URI']
        ? pseudoProfile(config, env, id, 'container')
        : undefined;
    case instanceProfile:
      return isMetadataDisabled(env) ? undefined : pseudoProfile(config, env, id, 'instance');
    default:
      return namedProfile(config, id);
  }
}

/** The section whose settings hold for the profile; a pseudo-profile has those of the process's own profile, as in the SDK. */
export function profileSection(
  config: AwsConfig,
  env: Environment,
  id: string,
): ConfigSection | undefined {
  return config.profiles.get(isPseudoProfile(id) ? env['AWS_PROFILE'] || 'default' : id);
}

export function isPseudoProfile(id: string): boolean {
  return id.startsWith('<');
}

/** The SDK's order (credential-provider-ini, resolveProfileData.js). */
export function credentialKind(section: ConfigSection): CredentialKind {
  if (isAssumeRole(section)) {
    return 'assume-role';
  }
  if (hasStaticKeys(section)) {
    return 'static';
  }
  if (section.has('web_identity_token_file') && section.has('role_arn')) {
    return 'web-identity';
  }
  if (section.has('credential_process')) {
    return 'process';
  }
  if (ssoKeys.some((key) => section.has(key))) {
    return 'sso';
  }
  return section.has('login_session') ? 'login' : 'none';
}

/** A role with both sources, or with neither, is no role to the SDK. */
export function isAssumeRole(section: ConfigSection): boolean {
  return (
    section.has('role_arn') && section.has('source_profile') !== section.has('credential_source')
  );
}

export function hasStaticKeys(section: ConfigSection): boolean {
  return section.has('aws_access_key_id') && section.has('aws_secret_access_key');
}

/** Undefined when what a sign-in needs is not there; `chainProblem` says what it is. */
export function ssoSettings(config: AwsConfig, section: ConfigSection): SsoSettings | undefined {
  const sessionName = section.get('sso_session');
  const source = sessionName === undefined ? section : config.ssoSessions.get(sessionName);
  const startUrl = source?.get('sso_start_url');
  const region = source?.get('sso_region');
  if (startUrl === undefined || region === undefined) {
    return undefined;
  }
  return {
    ...(sessionName !== undefined && { sessionName }),
    startUrl,
    region,
    ...given('accountId', section.get('sso_account_id')),
    ...given('roleName', section.get('sso_role_name')),
    scopes: sessionName === undefined ? [] : scopes(source?.get('sso_registration_scopes')),
  };
}

const ssoKeys = ['sso_start_url', 'sso_account_id', 'sso_session', 'sso_region', 'sso_role_name'];

function namedProfile(config: AwsConfig, id: string): Profile | undefined {
  const section = config.profiles.get(id);
  if (!section) {
    return undefined;
  }
  const kind = credentialKind(section);
  const sso = kind === 'sso' ? ssoSettings(config, section) : undefined;
  const takesRole = kind === 'assume-role' || kind === 'web-identity';
  return {
    id,
    label: id,
    credentialKind: kind,
    ...given('region', section.get('region')),
    ...(takesRole && given('roleArn', section.get('role_arn'))),
    ...(kind === 'assume-role' && given('mfaSerial', section.get('mfa_serial'))),
    ...(sso && { sso }),
  };
}

/** Keys win over a web identity, as in the SDK's default chain. */
function environmentCredentials(config: AwsConfig, env: Environment): Profile | undefined {
  if (env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']) {
    return pseudoProfile(config, env, environmentProfile, 'environment');
  }
  const roleArn = env['AWS_ROLE_ARN'];
  return env['AWS_WEB_IDENTITY_TOKEN_FILE'] && roleArn
    ? { ...pseudoProfile(config, env, environmentProfile, 'web-identity'), roleArn }
    : undefined;
}

/**
 * AWS_REGION and AWS_DEFAULT_REGION speak of the process's own credentials, so only pseudo-profiles follow them: a named
 * profile must not move to another region because of where the editor was started. Nor does a role take its source
 * profile's region: neither the SDK nor botocore does ("region" is read from the selected profile alone).
 */
function pseudoProfile(
  config: AwsConfig,
  env: Environment,
  id: string,
  credentialKind: CredentialKind,
): Profile {
  const region =
    env['AWS_REGION'] ||
    env['AWS_DEFAULT_REGION'] ||
    profileSection(config, env, id)?.get('region');
  return { id, label: id.slice(1, -1), credentialKind, ...given('region', region) };
}

/** Any value but `false` switches the metadata service off (credential-provider-node, remoteProvider.js). */
function isMetadataDisabled(env: Environment): boolean {
  const disabled = env['AWS_EC2_METADATA_DISABLED'];
  return Boolean(disabled) && disabled !== 'false';
}

/** The AWS CLI's default for an sso-session without scopes. */
function scopes(list = 'sso:account:access'): readonly string[] {
  return list
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}

function given<K extends string>(
  key: K,
  value: string | undefined,
): { readonly [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string };
}
