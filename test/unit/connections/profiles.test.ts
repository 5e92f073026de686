import assert from 'node:assert/strict';

import { readAwsConfig } from '../../../src/connections/awsConfig.ts';
import { findProfile, listProfiles } from '../../../src/connections/profiles.ts';

suite('profiles', () => {
  test('each kind of credentials is told by its keys', () => {
    const config = readAwsConfig({
      config: `
[profile role]
role_arn = arn:aws:iam::111122223333:role/r
source_profile = keys
mfa_serial = arn:aws:iam::111122223333:mfa/m
[profile container-role]
role_arn = arn:aws:iam::111122223333:role/r
credential_source = EcsContainer
[profile web]
role_arn = arn:aws:iam::111122223333:role/r
web_identity_token_file = /token
[profile process]
credential_process = get-credentials
[profile sso]
sso_session = corp
[profile login]
login_session = arn:aws:iam::111122223333:user/u
[profile nothing]
region = eu-west-1
[profile half]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
[profile two-sources]
role_arn = arn:aws:iam::111122223333:role/r
source_profile = keys
credential_source = EcsContainer
`,
      credentials: '[keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n',
    });
    assert.deepEqual(
      listProfiles(config, {}).map(({ id, credentialKind }) => [id, credentialKind]),
      [
        ['role', 'assume-role'],
        ['container-role', 'assume-role'],
        ['web', 'web-identity'],
        ['process', 'process'],
        ['sso', 'sso'],
        ['login', 'login'],
        ['nothing', 'none'],
        ['half', 'none'],
        ['two-sources', 'none'],
        ['keys', 'static'],
      ],
    );
  });

  test('where a profile has several kinds, the SDK’s order decides', () => {
    const keys = [
      'login_session = l',
      'sso_start_url = https://corp.awsapps.com/start',
      'credential_process = p',
      'web_identity_token_file = /t\nrole_arn = r',
      'aws_access_key_id = a\naws_secret_access_key = b',
      'source_profile = other',
    ];
    const kinds = keys.map((_, count) => {
      const section = `[default]\n${keys.slice(0, count + 1).join('\n')}\n`;
      return findProfile(readAwsConfig({ config: section }), {}, 'default')?.credentialKind;
    });
    assert.deepEqual(kinds, ['login', 'sso', 'process', 'web-identity', 'static', 'assume-role']);
  });

  test('a profile carries its role and its MFA device', () => {
    const config = readAwsConfig({
      config:
        '[profile r]\nregion = eu-west-1\nrole_arn = role\nsource_profile = s\nmfa_serial = m\n',
    });
    assert.deepEqual(findProfile(config, {}, 'r'), {
      id: 'r',
      label: 'r',
      credentialKind: 'assume-role',
      region: 'eu-west-1',
      roleArn: 'role',
      mfaSerial: 'm',
    });
  });

  test('an SSO profile takes start URL, region and scopes from its session', () => {
    const config = readAwsConfig({
      config: `
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1
sso_registration_scopes = sso:account:access, other:scope
[profile a]
sso_session = corp
sso_start_url = https://ignored.awsapps.com/start
sso_account_id = 111122223333
sso_role_name = Admin
`,
    });
    assert.deepEqual(findProfile(config, {}, 'a')?.sso, {
      sessionName: 'corp',
      startUrl: 'https://corp.awsapps.com/start',
      region: 'eu-central-1',
      accountId: '111122223333',
      roleName: 'Admin',
      scopes: ['sso:account:access', 'other:scope'],
    });
  });

  test('the legacy form of SSO has no session and no scopes', () => {
    const config = readAwsConfig({
      config:
        '[default]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-central-1\nsso_account_id = 111122223333\nsso_role_name = Admin\n',
    });
    const sso = findProfile(config, {}, 'default')?.sso;
    assert.deepEqual([sso?.sessionName, sso?.scopes], [undefined, []]);
  });

  test('the region of the SSO session is not the profile’s region', () => {
    const config = readAwsConfig({
      config:
        '[default]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-central-1\n',
    });
    assert.equal(findProfile(config, {}, 'default')?.region, undefined);
  });

  test('a named profile follows neither AWS_REGION nor its source profile’s region', () => {
    const config = readAwsConfig({
      config:
        '[profile role]\nrole_arn = r\nsource_profile = base\n[profile base]\nregion = eu-west-1\n',
    });
    const env = { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-2' };
    assert.equal(findProfile(config, env, 'role')?.region, undefined);
    assert.equal(findProfile(config, env, 'base')?.region, 'eu-west-1');
  });

  test('a pseudo-profile takes its region from AWS_REGION, AWS_DEFAULT_REGION, the process’s profile', () => {
    const config = readAwsConfig({
      config: '[default]\nregion = eu-west-1\n[profile p]\nregion = eu-west-2\n',
    });
    const regionWith = (env: Readonly<Record<string, string>>): string | undefined =>
      findProfile(config, { ...keys, ...env }, '<environment>')?.region;
    assert.equal(regionWith({ AWS_REGION: 'a', AWS_DEFAULT_REGION: 'b' }), 'a');
    assert.equal(regionWith({ AWS_REGION: '', AWS_DEFAULT_REGION: 'b' }), 'b');
    assert.equal(regionWith({ AWS_PROFILE: 'p' }), 'eu-west-2');
    assert.equal(regionWith({}), 'eu-west-1');
  });

  test('environment credentials need both halves of the key, or a token file with a role', () => {
    assert.deepEqual(ids({ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' }), []);
    assert.deepEqual(ids(keys), ['<environment>']);
    const web = { AWS_WEB_IDENTITY_TOKEN_FILE: '/t', AWS_ROLE_ARN: 'r' };
    assert.deepEqual(ids({ ...web, AWS_ROLE_ARN: '' }), []);
    assert.deepEqual(listProfiles(empty, web), [
      {
        id: '<environment>',
        label: 'environment',
        credentialKind: 'web-identity',
        roleArn: 'r',
      },
    ]);
    assert.equal(listProfiles(empty, { ...web, ...keys })[0]?.credentialKind, 'environment');
  });

  test('a container role is there with either of its addresses', () => {
    assert.deepEqual(ids({ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/x' }), ['<container>']);
    assert.deepEqual(ids({ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/x' }), [
      '<container>',
    ]);
  });

  test('the instance role is there only when asked for and not switched off', () => {
    assert.deepEqual(ids({}), []);
    assert.deepEqual(idsWithInstance({}), ['<instance>']);
    assert.deepEqual(idsWithInstance({ AWS_EC2_METADATA_DISABLED: 'false' }), ['<instance>']);
    assert.deepEqual(idsWithInstance({ AWS_EC2_METADATA_DISABLED: 'true' }), []);
  });

  test('no credential of the environment is kept in a profile', () => {
    assert.ok(!JSON.stringify(listProfiles(empty, keys)).includes('EXAMPLE'));
  });
});

const empty = readAwsConfig({});
const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'EXAMPLEKEY' };

function ids(env: Readonly<Record<string, string>>): readonly string[] {
  return listProfiles(empty, env).map(({ id }) => id);
}

function idsWithInstance(env: Readonly<Record<string, string>>): readonly string[] {
  return listProfiles(empty, env, { instanceRole: true }).map(({ id }) => id);
}
