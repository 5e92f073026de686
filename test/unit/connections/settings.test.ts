import assert from 'node:assert/strict';

import { readAwsConfig } from '../../../src/connections/awsConfig.ts';
import { resolveSettings } from '../../../src/connections/settings.ts';
import type { ConnectionSettings } from '../../../src/core/connection.ts';
import { UserError } from '../../../src/core/userError.ts';

suite('connection settings', () => {
  test('a profile without settings uses AWS’s own endpoints', () => {
    assert.deepEqual(settings('[profile p]\nregion = eu-west-1\n'), {
      profile: { id: 'p', label: 'p', credentialKind: 'none', region: 'eu-west-1' },
      region: 'eu-west-1',
      endpoints: {},
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
    });
  });

  test('another profile’s endpoint is never used, not even that of default or AWS_PROFILE', () => {
    const config = '[default]\nendpoint_url = http://127.0.0.1:1\n[profile p]\nregion = r\n';
    assert.deepEqual(settings(config, { AWS_PROFILE: 'default' }).endpoints, {});
  });

  test('environment before services section before profile, the service before the whole', () => {
    const config = `
[profile p]
services = dev
endpoint_url = http://profile
[services dev]
secrets_manager =
  endpoint_url = http://section
ssm =
  endpoint_url = http://section-ssm
`;
    const env = { AWS_ENDPOINT_URL_SSM: 'http://env-ssm', AWS_ENDPOINT_URL: 'http://env' };
    assert.deepEqual(settings(config).endpoints, {
      secrets_manager: 'http://section',
      ssm: 'http://section-ssm',
      sts: 'http://profile',
      iam: 'http://profile',
      sso: 'http://profile',
      sso_oidc: 'http://profile',
    });
    const { AWS_ENDPOINT_URL_SSM } = env;
    const { secrets_manager, ssm, sts } = settings(config, { AWS_ENDPOINT_URL_SSM }).endpoints;
    assert.deepEqual(
      [secrets_manager, ssm, sts],
      ['http://section', 'http://env-ssm', 'http://profile'],
    );
    assert.deepEqual(settings(config, env).endpoints, {
      secrets_manager: 'http://env',
      ssm: 'http://env-ssm',
      sts: 'http://env',
      iam: 'http://env',
      sso: 'http://env',
      sso_oidc: 'http://env',
    });
  });

  test('the variables of services are named as the SDK names them', () => {
    const { endpoints } = settings('[profile p]\nregion = r\n', {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://a',
      AWS_ENDPOINT_URL_SSO_OIDC: 'http://b',
      AWS_ENDPOINT_URL_STS: '',
    });
    assert.deepEqual(endpoints, { secrets_manager: 'http://a', sso_oidc: 'http://b' });
  });

  test('configured endpoints can be ignored by the profile or the environment', () => {
    const ignored =
      '[profile p]\nendpoint_url = http://a\nignore_configured_endpoint_urls = true\n';
    const env = { AWS_ENDPOINT_URL: 'http://b' };
    assert.deepEqual(settings(ignored, env).endpoints, {});
    assert.deepEqual(
      settings('[profile p]\nendpoint_url = http://a\n', {
        AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'True',
      }).endpoints,
      {},
    );
    assert.equal(
      settings(ignored, { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' }).endpoints.ssm,
      'http://a',
    );
  });

  test('FIPS and dual-stack come from the environment, else from the profile', () => {
    const config = '[profile p]\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n';
    const { useFipsEndpoint, useDualstackEndpoint } = settings(config, {
      AWS_USE_FIPS_ENDPOINT: 'false',
    });
    assert.deepEqual([useFipsEndpoint, useDualstackEndpoint], [false, true]);
  });

  test('the pseudo-profiles have the settings of AWS_PROFILE, else of default', () => {
    const config = '[default]\nuse_fips_endpoint = true\n[profile p]\nendpoint_url = http://a\n';
    const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' };
    assert.equal(settings(config, env, '<environment>').useFipsEndpoint, true);
    assert.equal(
      settings(config, { ...env, AWS_PROFILE: 'p' }, '<environment>').endpoints.ssm,
      'http://a',
    );
  });

  for (const [title, config, env, expected] of [
    [
      'FIPS of a custom endpoint',
      'use_fips_endpoint = true\nendpoint_url = http://a',
      {},
      /its own endpoint \(endpoint_url\) and for use_fips_endpoint at once\..*remove one/,
    ],
    [
      'dual-stack of a custom endpoint',
      'use_dualstack_endpoint = true',
      { AWS_ENDPOINT_URL_SSM: 'http://a' },
      /and for use_dualstack_endpoint at once\./,
    ],
    ['a services section that is not there', 'services = gone', {}, /Add “\[services gone\]” or/],
    [
      'an address without a scheme',
      'endpoint_url = localhost:4566',
      {},
      /^endpoint_url of profile “p” is not an http/,
    ],
    [
      'an address of another kind',
      'endpoint_url = file:///etc/passwd',
      {},
      /is not an http or https/,
    ],
    [
      'a malformed address of the environment',
      'region = r',
      { AWS_ENDPOINT_URL: 'http://' },
      /^The environment variable AWS_ENDPOINT_URL is not an http/,
    ],
    [
      'a switch that is neither true nor false',
      'use_fips_endpoint = yes',
      {},
      /^use_fips_endpoint of profile “p” must be true or false\.$/,
    ],
    [
      'a variable that is neither true nor false',
      'region = r',
      { AWS_USE_DUALSTACK_ENDPOINT: '1' },
      /^The environment variable AWS_USE_DUALSTACK_ENDPOINT must be/,
    ],
  ] as const) {
    test(`${title} is refused with what to do`, () => {
      assert.match(refusal(`[profile p]\n${config}\n`, env).message, expected);
    });
  }

  test('a password in an address is refused and not repeated', () => {
    for (const login of ['user:hunter2', 'hunter2', ':hunter2']) {
      const error = refusal(`[profile p]\nendpoint_url = https://${login}@example.com\n`);
      assert.match(error.message, /holds a user name or password/);
      assert.ok(!error.message.includes('hunter2') && error.cause === undefined);
    }
  });

  test('a malformed address in a services section is told with its service', () => {
    const error = refusal(
      '[profile p]\nservices = dev\n[services dev]\nssm =\n  endpoint_url = nowhere\n',
    );
    assert.match(error.message, /^endpoint_url of ssm in “\[services dev\]” is not/);
  });

  test('a services section that is not there matters only when it is read', () => {
    const { endpoints } = settings('[profile p]\nservices = gone\n', {
      AWS_ENDPOINT_URL: 'http://a',
    });
    assert.equal(endpoints.ssm, 'http://a');
  });

  test('a profile that has gone is told, and the config can be opened', () => {
    const error = refusal('[profile other]\nregion = r\n');
    assert.match(error.message, /^Profile “p” is no longer configured/);
    assert.deepEqual(error.remedies, ['open-config']);
  });

  test('a region that could name another host is refused', () => {
    const config = readAwsConfig({ config: '[profile p]\nregion = r\n' });
    for (const region of ['evil.example/', 'a@b', '', '-a', 'a\nb', 'x'.repeat(64)]) {
      assert.throws(() => resolveSettings(config, {}, { profile: 'p', region }), UserError, region);
    }
  });
});

function settings(
  config: string,
  env: Readonly<Record<string, string>> = {},
  profile = 'p',
): ConnectionSettings {
  return resolveSettings(readAwsConfig({ config }), env, { profile, region: 'eu-west-1' });
}

function refusal(config: string, env: Readonly<Record<string, string>> = {}): UserError {
  try {
    settings(config, env);
  } catch (error) {
    assert.ok(error instanceof UserError);
    return error;
  }
  return assert.fail('not refused');
}
