import * as l10n from '@vscode/l10n';

import type { AwsService, Connection, ConnectionSettings } from '../core/connection.ts';
import { UserError } from '../core/userError.ts';
import type { AwsConfig, ConfigSection } from './awsConfig.ts';
import type { Environment } from './environment.ts';
import { findProfile, profileSection } from './profiles.ts';

/**
 * Decides everything a client is built from, for this connection's profile: left to itself the SDK reads the endpoint
 * of AWS_PROFILE or `default`, and AWS_REGION before the profile's region.
 */
export function resolveSettings(
  config: AwsConfig,
  env: Environment,
  { profile: id, region }: Connection,
): ConnectionSettings {
  const profile = findProfile(config, env, id);
  if (!profile) {
    throw configError(
      l10n.t('Profile “{0}” is no longer configured. Add it again or choose another.', id),
    );
  }
  // The region becomes a part of the host that signed requests are sent to.
  if (!hostLabel.test(region)) {
    throw configError(
      l10n.t('“{0}” cannot be a region. Correct the region of profile “{1}”.', region, id),
    );
  }
  const source: SettingsSource = { id, config, env, section: profileSection(config, env, id) };
  const settings = {
    profile,
    region,
    endpoints: isSwitchedOn(source, ignoreEndpoints) ? {} : configuredEndpoints(source),
    useFipsEndpoint: isSwitchedOn(source, fips),
    useDualstackEndpoint: isSwitchedOn(source, dualstack),
  };
  rejectVariantOfCustomEndpoint(settings);
  return settings;
}

interface SettingsSource {
  readonly id: string;
  readonly config: AwsConfig;
  readonly env: Environment;
  readonly section: ConfigSection | undefined;
}

interface Switch {
  readonly variable: string;
  readonly key: string;
}

const ignoreEndpoints: Switch = {
  variable: 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  key: 'ignore_configured_endpoint_urls',
};
const fips: Switch = { variable: 'AWS_USE_FIPS_ENDPOINT', key: 'use_fips_endpoint' };
const dualstack: Switch = {
  variable: 'AWS_USE_DUALSTACK_ENDPOINT',
  key: 'use_dualstack_endpoint',
};

const services: readonly AwsService[] = ['secrets_manager', 'ssm', 'sts', 'iam', 'sso', 'sso_oidc'];

const hostLabel = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

function isSwitchedOn({ id, env, section }: SettingsSource, { variable, key }: Switch): boolean {
  const fromEnv = env[variable];
  const text = fromEnv || section?.get(key);
  switch (text?.toLowerCase()) {
    case undefined:
    case 'false':
      return false;
    case 'true':
      return true;
    default:
      throw configError(
        fromEnv
          ? l10n.t('The environment variable {0} must be true or false.', variable)
          : l10n.t('{0} of profile “{1}” must be true or false.', key, id),
      );
  }
}

function configuredEndpoints(source: SettingsSource): ConnectionSettings['endpoints'] {
  const endpoints: Partial<Record<AwsService, string>> = {};
  for (const service of services) {
    const endpoint = configuredEndpoint(source, service);
    if (endpoint !== undefined) {
      endpoints[service] = endpoint;
    }
  }
  return endpoints;
}

/** The order of the SDK's getEndpointUrlConfig.js; like there, an empty variable is none. */
function configuredEndpoint(
  { id, config, env, section }: SettingsSource,
  service: AwsService,
): string | undefined {
  for (const variable of [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, 'AWS_ENDPOINT_URL']) {
    const text = env[variable];
    if (text) {
      return checkedUrl(text, l10n.t('The environment variable {0}', variable));
    }
  }
  const servicesName = section?.get('services');
  if (servicesName !== undefined) {
    const text = servicesSection(config, servicesName, id).get(`${service}.endpoint_url`);
    if (text !== undefined) {
      return checkedUrl(
        text,
        l10n.t('endpoint_url of {0} in “[services {1}]”', service, servicesName),
      );
    }
  }
  const text = section?.get('endpoint_url');
  return text === undefined
    ? undefined
    : checkedUrl(text, l10n.t('endpoint_url of profile “{0}”', id));
}

function servicesSection(config: AwsConfig, name: string, profile: string): ConfigSection {
  const section = config.services.get(name);
  if (!section) {
    throw configError(
      l10n.t(
        'Profile “{0}” uses the services section “{1}”, which is not in the AWS config file. Add “[services {1}]” or correct the name.',
        profile,
        name,
      ),
    );
  }
  return section;
}

/** The address itself is not told: it may hold a password, which is one of the reasons to refuse it. */
function checkedUrl(text: string, where: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw configError(
      l10n.t('{0} is not an http or https address. Write it like “http://localhost:4566”.', where),
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw configError(
      l10n.t('{0} holds a user name or password. Remove it from the address.', where),
    );
  }
  return text;
}

/** The SDK's endpoint rules refuse both at once, but not before the first call. */
function rejectVariantOfCustomEndpoint(
  settings: Omit<ConnectionSettings, 'profile' | 'region'> & Pick<ConnectionSettings, 'profile'>,
): void {
  const { profile, endpoints, useFipsEndpoint, useDualstackEndpoint } = settings;
  if (Object.keys(endpoints).length === 0) {
    return;
  }
  const variant = useFipsEndpoint ? fips : dualstack;
  if (useFipsEndpoint || useDualstackEndpoint) {
    throw configError(
      l10n.t(
        'Profile “{0}” asks for its own endpoint (endpoint_url) and for {1} at once. AWS has no such endpoint: remove one of the two settings, or set {2} to true.',
        profile.label,
        variant.key,
        ignoreEndpoints.key,
      ),
    );
  }
}

function configError(message: string): UserError {
  return new UserError(message, { remedies: ['open-config'] });
}
