import assert from 'node:assert/strict';

import { externalDataInterceptor, parseKnownFiles } from '@smithy/core/config';
import * as fc from 'fast-check';

import { readAwsConfig, withheld } from '../../../src/connections/awsConfig.ts';
import type { AwsConfig } from '../../../src/connections/awsConfig.ts';

suite('AWS config', () => {
  test('the credentials file wins key by key', () => {
    const { profiles } = readAwsConfig({
      config: '[profile a]\nregion = eu-west-1\nrole_arn = r\n',
      credentials: '[a]\nregion = eu-west-2\n',
    });
    assert.deepEqual(Object.fromEntries(profiles.get('a') ?? []), {
      region: 'eu-west-2',
      role_arn: 'r',
    });
  });

  test('sso-session and services sections are not profiles', () => {
    const { profiles, ssoSessions, services, problems } = readAwsConfig({
      config:
        '[default]\nregion = a\n[sso-session corp]\nsso_region = b\n[services dev]\nssm =\n endpoint_url = c\n',
    });
    assert.deepEqual([...profiles.keys()], ['default']);
    assert.equal(ssoSessions.get('corp')?.get('sso_region'), 'b');
    assert.equal(services.get('dev')?.get('ssm.endpoint_url'), 'c');
    assert.deepEqual(problems, []);
  });

  test('a profile may have dots in its name', () => {
    const { profiles } = readAwsConfig({
      config: '[profile team.prod.eu]\nregion = a\n',
      credentials: '[team.dev]\nregion = b\n',
    });
    assert.deepEqual([...profiles.keys()], ['team.prod.eu', 'team.dev']);
  });

  test('a profile named like a section stays a profile, and a clash is told', () => {
    const { profiles, services, problems } = readAwsConfig({
      config: '[profile services.dev]\nregion = a\n[services dev]\nssm =\n endpoint_url = c\n',
      credentials: '[sso-session.corp]\nregion = b\n',
    });
    assert.deepEqual([...profiles.keys()], ['services.dev', 'sso-session.corp']);
    assert.deepEqual([...services.keys()], ['dev']);
    assert.deepEqual(problems, [
      {
        file: 'config',
        line: 3,
        message:
          'The AWS SDK mistakes “[services dev]” and the profile “services.dev” for each other. Rename one of them.',
      },
    ]);
  });

  test('a section header of the other file is told with its file and line', () => {
    const { profiles, problems } = readAwsConfig({
      config: '[dev]\nregion = a\n',
      credentials: '[profile dev]\nregion = b\n[services x]\nregion = c\n',
    });
    assert.deepEqual([...profiles.keys()], ['profile.dev']);
    assert.deepEqual(
      problems.map(({ file, line }) => [file, line]),
      [
        ['config', 1],
        ['credentials', 1],
        ['credentials', 3],
      ],
    );
    assert.match(problems[0]?.message ?? '', /“\[dev\]” is not read from the config file/);
  });

  test('[profile default] replaces [default], wherever each of them stands', () => {
    const first = '[profile default]\nregion = a\n';
    const second = '[default]\nrole_arn = r\n';
    for (const config of [first + second, second + first]) {
      const { profiles, problems } = readAwsConfig({ config });
      assert.deepEqual([...(profiles.get('default') ?? [])], [['region', 'a']]);
      assert.equal(problems.length, 1);
    }
  });

  test('a duplicate profile is read as one and told', () => {
    const { profiles, problems } = readAwsConfig({
      config: '[profile a]\nregion = 1\n[profile b]\nregion = 2\n[profile a]\nregion = 3\n',
    });
    assert.deepEqual([...profiles.keys()], ['a', 'b']);
    assert.equal(profiles.get('a')?.get('region'), '3');
    assert.deepEqual(
      problems.map(({ line }) => line),
      [5],
    );
  });

  test('a half written file keeps its whole sections', () => {
    const { profiles, problems } = readAwsConfig({
      config: '[profile a]\nregion = eu-west-1\n[profile b]\nreg',
    });
    assert.deepEqual([...profiles.keys()], ['a']);
    assert.deepEqual(
      problems.map(({ line }) => line),
      [4],
    );
  });

  test('five hundred profiles, each of them twice, are five hundred', () => {
    const names = Array.from({ length: 500 }, (_, index) => `profile-${index}`);
    const config = names.map((name) => `[profile ${name}]\nregion = eu-west-1\n`).join('');
    const credentials = names
      .map((name) => `[${name}]\naws_access_key_id = a\naws_secret_access_key = b\n`)
      .join('');
    assert.deepEqual([...readAwsConfig({ config, credentials }).profiles.keys()], names);
    assert.equal(readAwsConfig({ config: config + config }).profiles.size, 500);
  });

  test('a name in angle brackets is refused: the pseudo-profiles own them', () => {
    const { profiles, problems } = readAwsConfig({ credentials: '[<environment>]\nregion = a\n' });
    assert.equal(profiles.size, 0);
    assert.equal(problems.length, 1);
  });

  test('keys, tokens and commands are known to be there, and their values are not kept', () => {
    const config = readAwsConfig({
      credentials:
        '[a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = EXAMPLEKEY\naws_session_token = EXAMPLETOKEN\ncredential_process = get --password EXAMPLEPASSWORD\nsecret_access =\n  key = EXAMPLENESTED\n',
    });
    assert.deepEqual(
      [...(config.profiles.get('a') ?? [])],
      [
        ['aws_access_key_id', withheld],
        ['aws_secret_access_key', withheld],
        ['aws_session_token', withheld],
        ['credential_process', withheld],
        ['secret_access.key', withheld],
      ],
    );
  });

  test('generated pairs of files give the profiles and keys that the SDK gets', async () => {
    await fc.assert(
      fc.asyncProperty(configText, credentialsText, async (config, credentials) => {
        assert.deepEqual(
          merged(readAwsConfig({ config, credentials })),
          await sdk(config, credentials),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

/** Names of which no profile is also a section, since the SDK mixes those up. */
const name = fc.constantFrom('default', 'a', 'b.c', 'team@x', 'd:e/f%g+h');
const entries = fc
  .array(
    fc.tuple(
      fc.constantFrom('region', 'role_arn', 'services', 'endpoint_url', 'ssm', '  endpoint_url'),
      fc.constantFrom('v', 'w', ''),
    ),
    { maxLength: 5 },
  )
  .map((pairs) => pairs.map(([key, value]) => `${key} = ${value}\n`).join(''));
const configText = sections(
  fc.oneof(
    fc.constant('[default]'),
    name.map((name) => `[profile ${name}]`),
    name.map((name) => `[profile "${name}"]`),
    name.map((name) => `[sso-session ${name}]`),
    name.map((name) => `[services ${name}]`),
    fc.constantFrom('[stray]', '[plugin x]', '[profile two words]'),
  ),
);
const credentialsText = sections(name.map((name) => `[${name}]`));

function sections(header: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(header, entries))
    .map((sections) => sections.map(([header, entries]) => `${header}\n${entries}`).join(''));
}

function merged({ profiles, ssoSessions, services }: AwsConfig): unknown {
  return Object.fromEntries([
    ...Array.from(profiles, ([name, section]) => [name, Object.fromEntries(section)]),
    ...Array.from(ssoSessions, ([name, keys]) => [`sso-session.${name}`, Object.fromEntries(keys)]),
    ...Array.from(services, ([name, keys]) => [`services.${name}`, Object.fromEntries(keys)]),
  ]) as unknown;
}

async function sdk(config: string, credentials: string): Promise<unknown> {
  externalDataInterceptor.interceptFile('generated-config', config);
  externalDataInterceptor.interceptFile('generated-credentials', credentials);
  const known = await parseKnownFiles({
    configFilepath: 'generated-config',
    filepath: 'generated-credentials',
  });
  return blanked(known);
}

/** Keys whose value this extension does not keep. */
function blanked(
  known: Readonly<Record<string, Readonly<Record<string, string | undefined>>>>,
): unknown {
  return Object.fromEntries(
    Object.entries(known).map(([name, section]) => [
      name,
      Object.fromEntries(
        Object.entries(section).map(([key, value]) => [
          key,
          key.includes('.') && !key.endsWith('.endpoint_url')
            ? withheld
            : key === 'ssm'
              ? withheld
              : value,
        ]),
      ),
    ]),
  );
}
