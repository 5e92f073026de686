import assert from 'node:assert/strict';

import { fromIni } from '@aws-sdk/credential-providers';
import { externalDataInterceptor } from '@smithy/core/config';
import * as fc from 'fast-check';

import { readAwsConfig } from '../../../src/connections/awsConfig.ts';
import { chainProblem } from '../../../src/connections/chainProblem.ts';

suite('chain problem', () => {
  test('a chain that ends in keys has none', () => {
    assert.equal(problem(`${role('a', 'b')}${role('b', 'c')}${keys('c')}`), undefined);
  });

  test('a circle is told with its way round', () => {
    assert.equal(
      problem(role('a', 'b') + role('b', 'c') + role('c', 'b')),
      'The profiles take their credentials from one another in a circle: “a” → “b” → “c” → “b”. Change the source_profile of one of them.',
    );
  });

  test('a profile may be its own source only when it has keys', () => {
    assert.match(problem(role('a', 'a')) ?? '', /in a circle: “a” → “a” → “a”/);
    assert.equal(problem(role('a', 'a') + keys('a')), undefined);
  });

  test('a missing source is told with the profile that names it', () => {
    assert.equal(
      problem(role('a', 'b') + role('b', 'gone')),
      'Profile “b” takes its credentials from “gone”, which is in neither the AWS config nor the credentials file. Correct its source_profile.',
    );
  });

  test('a profile that is not configured is told', () => {
    assert.match(problem('') ?? '', /^Profile “a” is in neither/);
  });

  test('a chain of five hundred profiles is followed, and a circle of that length told in short', () => {
    const chain = Array.from({ length: 500 }, (_, index) =>
      role(`p${index}`, `p${index + 1}`),
    ).join('');
    assert.equal(chainProblem(read(chain + keys('p500')), 'p0'), undefined);
    const circle = chainProblem(read(chain + role('p500', 'p0')), 'p0') ?? '';
    assert.match(circle, /“p0” → “p1” → “p2” → “p3” → … → /);
    assert.ok(circle.length < 250);
  });

  for (const [title, section, expected] of [
    ['a role without a source', 'role_arn = r', /Add source_profile or credential_source\.$/],
    [
      'a role with two sources',
      'role_arn = r\nsource_profile = b\ncredential_source = EcsContainer',
      /both source_profile and credential_source/,
    ],
    [
      'an unknown credential_source',
      'role_arn = r\ncredential_source = Somewhere',
      /Write Environment, Ec2InstanceMetadata, EcsContainer\.$/,
    ],
    ['half a key', 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE', /only one of aws_access_key_id and/],
    ['a region alone', 'region = eu-west-1', /has no credentials/],
    ['a missing sso-session', 'sso_session = corp', /uses the sso-session “corp”/],
    ['an SSO profile without start URL', 'sso_region = eu-west-1', /needs both sso_start_url and/],
    [
      'an SSO profile without role',
      'sso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\nsso_account_id = 1',
      /needs both sso_account_id and sso_role_name/,
    ],
  ] as const) {
    test(`${title} is told`, () => {
      assert.match(problem(`[profile a]\n${section}\n`) ?? '', expected);
    });
  }

  test('an incomplete sso-session is told by its name', () => {
    const config = '[sso-session corp]\nsso_region = eu-west-1\n[profile a]\nsso_session = corp\n';
    assert.match(problem(config) ?? '', /^“\[sso-session corp\]” needs both/);
  });

  for (const [title, section] of [
    ['credential_process', 'credential_process = x'],
    ['an aws login session', 'login_session = x'],
    ['a role by web identity', 'role_arn = r\nweb_identity_token_file = /t'],
    ['a role from the environment', 'role_arn = r\ncredential_source = Environment'],
  ] as const) {
    test(`nothing is wrong with ${title}`, () => {
      assert.equal(problem(`[profile a]\n${section}\n`), undefined);
    });
  }

  test('for any tangle of roles and keys there is a problem exactly where the SDK fails', async () => {
    await fc.assert(
      fc.asyncProperty(tangle, async (config) => {
        assert.equal(problem(config) === undefined, await sdkResolves(config), config);
      }),
      { numRuns: 500 },
    );
  });
});

const name = fc.constantFrom('a', 'b', 'c', 'd');
const tangle = fc
  .uniqueArray(
    fc.tuple(
      name,
      fc.option(fc.constant('role_arn = arn:aws:iam::111122223333:role/r\n'), { nil: '' }),
      fc.option(
        name.map((name) => `source_profile = ${name}\n`),
        { nil: '' },
      ),
      fc.constantFrom('', '', '', 'credential_source = Environment\n', 'credential_source = X\n'),
      fc.constantFrom(
        '',
        '',
        'aws_access_key_id = x\naws_secret_access_key = y\n',
        'aws_access_key_id = x\n',
      ),
    ),
    { selector: ([name]) => name },
  )
  .map((profiles) =>
    profiles.map(([name, ...lines]) => `[profile ${name}]\n${lines.join('')}`).join(''),
  );

/** Roles are assumed by a stub and the environment gives keys, so that only the files decide. */
async function sdkResolves(config: string): Promise<boolean> {
  externalDataInterceptor.interceptFile('generated-config', config);
  externalDataInterceptor.interceptFile('generated-credentials', '');
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' });
  try {
    await fromIni({
      profile: 'a',
      configFilepath: 'generated-config',
      filepath: 'generated-credentials',
      roleAssumer: (source) => Promise.resolve(source),
    })();
    return true;
  } catch {
    return false;
  } finally {
    restore({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY });
  }
}

function restore(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) {
      Reflect.deleteProperty(process.env, name);
    } else {
      process.env[name] = value;
    }
  }
}

function role(name: string, source: string): string {
  return `[profile ${name}]\nrole_arn = r\nsource_profile = ${source}\n`;
}

function keys(name: string): string {
  return `[profile ${name}]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n`;
}

function read(config: string): ReturnType<typeof readAwsConfig> {
  return readAwsConfig({ config });
}

function problem(config: string): string | undefined {
  return chainProblem(read(config), 'a');
}
