import * as l10n from '@vscode/l10n';

import type { AwsConfig, ConfigSection } from './awsConfig.ts';
import { credentialKind, hasStaticKeys, isAssumeRole, ssoSettings } from './profiles.ts';

/**
 * Says why the profile cannot get credentials, as far as the files tell without a call. Walks source_profile as the
 * SDK does (credential-provider-ini): a source with keys ends the chain even where it names a role, so a profile may
 * be its own source.
 */
export function chainProblem(config: AwsConfig, name: string): string | undefined {
  const path = [name];
  const sources = new Set<string>();
  for (let current = name; ;) {
    const section = config.profiles.get(current);
    if (!section) {
      return missing(path);
    }
    const isSource = sources.size > 0;
    if (isSource && hasStaticKeys(section)) {
      return undefined;
    }
    if (!isAssumeRole(section) && !(isSource && namesSourceWithoutRole(section))) {
      return ownProblem(config, current, section);
    }
    const source = section.get('source_profile');
    if (source === undefined) {
      return credentialSourceProblem(current, section.get('credential_source'));
    }
    path.push(source);
    if (sources.has(source)) {
      return cycle(path);
    }
    sources.add(source);
    current = source;
  }
}

/** A longer chain is told by its ends. */
const shownProfiles = 8;

function namesSourceWithoutRole(section: ConfigSection): boolean {
  return !section.has('role_arn') && section.has('credential_source');
}

function missing(path: readonly string[]): string {
  const name = path.at(-1) ?? '';
  const user = path.at(-2);
  return user === undefined
    ? l10n.t('Profile “{0}” is in neither the AWS config nor the credentials file.', name)
    : l10n.t(
        'Profile “{0}” takes its credentials from “{1}”, which is in neither the AWS config nor the credentials file. Correct its source_profile.',
        user,
        name,
      );
}

function cycle(path: readonly string[]): string {
  const names = path.map((name) => `“${name}”`);
  const shown =
    names.length <= shownProfiles
      ? names
      : [...names.slice(0, shownProfiles / 2), '…', ...names.slice(-shownProfiles / 2)];
  return l10n.t(
    'The profiles take their credentials from one another in a circle: {0}. Change the source_profile of one of them.',
    shown.join(' → '),
  );
}

const credentialSources = ['Environment', 'Ec2InstanceMetadata', 'EcsContainer'];

function credentialSourceProblem(name: string, source: string | undefined): string | undefined {
  return source !== undefined && credentialSources.includes(source)
    ? undefined
    : l10n.t(
        'Profile “{0}” has a credential_source that AWS does not know. Write {1}.',
        name,
        credentialSources.join(', '),
      );
}

function ownProblem(config: AwsConfig, name: string, section: ConfigSection): string | undefined {
  const kind = credentialKind(section);
  if (kind === 'sso') {
    return ssoProblem(config, name, section);
  }
  return kind === 'none' ? noneProblem(name, section) : undefined;
}

function ssoProblem(config: AwsConfig, name: string, section: ConfigSection): string | undefined {
  const session = section.get('sso_session');
  if (session !== undefined && !config.ssoSessions.has(session)) {
    return l10n.t(
      'Profile “{0}” uses the sso-session “{1}”, which is not in the AWS config file. Add “[sso-session {1}]” or correct the name.',
      name,
      session,
    );
  }
  if (!ssoSettings(config, section)) {
    return session === undefined
      ? l10n.t('Profile “{0}” needs both sso_start_url and sso_region to sign in.', name)
      : l10n.t('“[sso-session {0}]” needs both sso_start_url and sso_region to sign in.', session);
  }
  return section.has('sso_account_id') && section.has('sso_role_name')
    ? undefined
    : l10n.t('Profile “{0}” needs both sso_account_id and sso_role_name.', name);
}

function noneProblem(name: string, section: ConfigSection): string {
  if (section.has('role_arn')) {
    return section.has('source_profile')
      ? l10n.t(
          'Profile “{0}” has both source_profile and credential_source. Remove one of them.',
          name,
        )
      : l10n.t(
          'Profile “{0}” names a role but not whose credentials assume it. Add source_profile or credential_source.',
          name,
        );
  }
  if (section.has('aws_access_key_id') !== section.has('aws_secret_access_key')) {
    return l10n.t(
      'Profile “{0}” has only one of aws_access_key_id and aws_secret_access_key. Add the other.',
      name,
    );
  }
  return l10n.t(
    'Profile “{0}” has no credentials. Configure keys, a role or SSO for it, or sign in with “aws login”.',
    name,
  );
}
