import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

import { cliCommand, copyCliCommand } from '../../../src/commands/copyCliCommand.ts';
import { consoleUrl, openInConsole } from '../../../src/commands/openInConsole.ts';
import type { Connection } from '../../../src/core/connection.ts';
import { RememberedRefs } from '../../../src/core/rememberedRefs.ts';
import { fakeServices, ireland, parameterRef, secretRef, securityProfile } from './fakeServices.ts';

const settings = {
  profile: securityProfile,
  region: 'eu-west-1',
  endpoints: {},
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
};

suite('openInConsole', () => {
  test('secrets and parameters have their page on the partition’s own host', () => {
    assert.deepEqual(
      [
        secretRef('prod/db+a b', at('eu-west-1')),
        parameterRef('/prod/url', at('cn-north-1')),
        secretRef('db', at('us-gov-west-1')),
        parameterRef('plain', at('eusc-de-east-1')),
      ].map(consoleUrl),
      [
        'https://eu-west-1.console.aws.amazon.com/secretsmanager/secret?name=prod%2Fdb%2Ba%20b&region=eu-west-1',
        'https://cn-north-1.console.amazonaws.cn/systems-manager/parameters/%252Fprod%252Furl/description?region=cn-north-1',
        'https://us-gov-west-1.console.amazonaws-us-gov.com/secretsmanager/secret?name=db&region=us-gov-west-1',
        'https://eusc-de-east-1.console.amazonaws-eusc.eu/systems-manager/parameters/plain/description?region=eusc-de-east-1',
      ],
    );
  });

  test('where AWS publishes no console nothing is opened', async () => {
    const services = fakeServices();
    const ref = secretRef('db', { profile: 'p', region: 'us-iso-east-1' });
    await assert.rejects(openInConsole(services, ref), /No AWS Console address.*aws-iso/);
    assert.deepEqual(services.opened, []);
  });

  test('an item behind a configured endpoint is not in the console', async () => {
    const services = fakeServices({
      settings: { endpoints: { secrets_manager: 'http://127.0.0.1:4566' } },
    });
    await assert.rejects(openInConsole(services, secretRef('db')), /http:\/\/127\.0\.0\.1:4566/);
    await openInConsole(services, parameterRef('/db'));
    assert.equal(services.opened.length, 1);
  });
});

suite('copyCliCommand', () => {
  test('each kind and action has its command line', () => {
    const secret = secretRef('prod/db');
    const parameter = parameterRef('/prod/url');
    const line = (ref: typeof secret, action: 'describe' | 'get-value', isShared = false) =>
      cliCommand({ action, ref, settings, isShared, shell: 'posix' });
    const where = '--profile security --region eu-west-1';
    assert.equal(
      line(secret, 'describe'),
      `aws secretsmanager describe-secret --secret-id ${secret.arn} ${where}`,
    );
    assert.equal(
      line(secret, 'get-value'),
      `aws secretsmanager get-secret-value --secret-id ${secret.arn} --version-stage AWSCURRENT ${where}`,
    );
    assert.equal(
      line(parameter, 'describe'),
      `aws ssm describe-parameters --parameter-filters 'Key=Name,Option=Equals,Values=/prod/url' ${where}`,
    );
    assert.equal(
      line(parameter, 'get-value'),
      `aws ssm get-parameter --name /prod/url --with-decryption ${where}`,
    );
    assert.equal(
      line(parameter, 'describe', true),
      `aws ssm describe-parameters --parameter-filters 'Key=Name,Option=Equals,Values=${parameter.arn}' --shared ${where}`,
    );
  });

  test('a pseudo-profile has no --profile and a configured endpoint is named', () => {
    const ref = parameterRef('/a', { profile: '<environment>', region: 'eu-west-1' });
    const endpoints = { ssm: 'http://127.0.0.1:4566' };
    assert.equal(
      cliCommand({
        action: 'get-value',
        ref,
        settings: { ...settings, endpoints },
        isShared: false,
        shell: 'posix',
      }),
      'aws ssm get-parameter --name /a --with-decryption --region eu-west-1 --endpoint-url http://127.0.0.1:4566',
    );
  });

  const hostile = [
    "a'b",
    '$(touch x)',
    '`id`',
    'a b',
    '~',
    '-x',
    'a;b',
    '!!',
    '"q"',
    'a\\b',
    '%PATH%',
    'a\nb',
  ];

  test('a POSIX shell gives every name back as it was', function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    for (const name of hostile) {
      const ref = parameterRef(name);
      const line = cliCommand({
        action: 'get-value',
        ref: { ...ref, name },
        settings,
        isShared: false,
        shell: 'posix',
      });
      const script = `aws() { printf '%s\\0' "$@"; }\n${line}`;
      const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0');
      const expected = name.startsWith('-') ? [`--name=${name}`] : ['--name', name];
      assert.deepEqual(words.slice(2, 2 + expected.length), expected, name);
    }
  });

  test('PowerShell’s quotes, the typographic ones included, are doubled', () => {
    const name = "a'b’c$(x)";
    const ref = { ...parameterRef('/a'), name };
    const line = cliCommand({
      action: 'get-value',
      ref,
      settings,
      isShared: false,
      shell: 'powershell',
    });
    assert.match(line, /--name 'a''b’’c\$\(x\)' --with-decryption/);
  });

  test('the person chooses what the command does, and no value is read', async () => {
    const services = fakeServices({ answers: ['Get Value'] });
    await copyCliCommand(services, secretRef('prod/db'));
    assert.match(services.copied[0]?.text ?? '', /get-secret-value/);
    assert.equal(services.copied[0]?.isValue, false);
  });

  test('what was added by ARN is asked for by ARN', async () => {
    const services = fakeServices({ answers: ['Get Value'] });
    const ref = parameterRef('/theirs', ireland);
    await new RememberedRefs(services.memory, 'added').addLast(ref);
    await copyCliCommand(services, ref);
    assert.match(services.copied[0]?.text ?? '', new RegExp(`--name ${ref.arn} `));
  });

  test('declining copies nothing', async () => {
    const services = fakeServices({ answers: [undefined] });
    await copyCliCommand(services, secretRef('prod/db'));
    assert.deepEqual(services.copied, []);
  });
});

function at(region: string): Connection {
  return { profile: 'p', region };
}
