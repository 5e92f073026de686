import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { inspect } from 'node:util';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Aws } from '../../../src/core/ports.ts';
import { type Remedy, UserError } from '../../../src/core/userError.ts';
import type { FaultKind } from '../../faults/faults.ts';
import { securityKey } from '../../sandbox/accounts.ts';
import { AwsFixture, never, security } from './awsFixture.ts';

suite('Faults of AWS', function () {
  this.timeout(60_000);
  let fixture: AwsFixture;
  let aws: Aws;

  suiteSetup(async () => {
    fixture = await AwsFixture.start();
    const client = new SecretsManagerClient({
      region: security.region,
      endpoint: fixture.proxy.url,
      credentials: securityKey,
    });
    await client.send(
      new CreateSecretCommand({ Name: 'prod/db', SecretString: 'hunter2 '.repeat(100) }),
    );
  });
  suiteTeardown(async () => {
    await fixture.stop();
  });
  setup(async () => {
    await fixture.calm();
    aws = await fixture.aws();
  });

  for (const { kind, says, remedy, attempts } of [
    {
      kind: 'throttle',
      says: /^Secrets Manager throttled secretsmanager:ListSecrets in eu-central-1/,
      remedy: 'retry',
      attempts: 3,
    },
    {
      kind: 'expired-token',
      says: /^The credentials of profile “security” have expired\. Sign in again\.$/,
      remedy: 'sign-in',
      attempts: 1,
    },
    {
      kind: 'access-denied',
      says: /^Access denied: profile “security” may not call secretsmanager:ListSecrets \(eu-central-1\)\./,
      remedy: 'retry',
      attempts: 1,
    },
    {
      kind: 'html-500',
      says: /answered secretsmanager:ListSecrets with something that is not an AWS answer/,
      remedy: 'retry',
      attempts: 3,
    },
    {
      kind: 'reset',
      says: /^The connection to Secrets Manager at http:\/\/127\.0\.0\.1:\d+ was cut off/,
      remedy: 'retry',
      attempts: 3,
    },
    {
      kind: 'truncate',
      says: /^The connection to Secrets Manager at http:\/\/127\.0\.0\.1:\d+ was cut off/,
      remedy: 'retry',
    },
    {
      kind: 'truncate-json',
      says: /something that is not an AWS answer, or with half of one/,
      remedy: 'retry',
    },
    {
      kind: 'clock-skew',
      says: /^This computer’s clock differs too much/,
      remedy: 'retry',
    },
    {
      kind: 'unavailable',
      says: /^Secrets Manager failed inside AWS at secretsmanager:ListSecrets/,
      remedy: 'retry',
      attempts: 3,
    },
  ] as readonly {
    readonly kind: FaultKind;
    readonly says: RegExp;
    readonly remedy: Remedy;
    readonly attempts?: number;
  }[]) {
    test(`${kind} is told in a sentence, and the other service goes on`, async () => {
      fixture.always(kind, 'ListSecrets');
      const failure = await failureOf(aws.secrets(security).list({}, never));
      assert.match(failure.message, says);
      assert.ok(failure.remedies.includes(remedy));
      if (attempts !== undefined) {
        assert.equal(fixture.calls('ListSecrets').length, attempts);
      }
      assert.deepEqual((await aws.parameters(security).list({}, never)).items, []);
      fixture.proxy.clear();
      assert.equal((await aws.secrets(security).list({}, never)).items.length, 1);
    });
  }

  for (const kind of ['throttle', 'html-500', 'reset', 'unavailable', 'truncate'] as const) {
    test(`one ${kind} passes unnoticed`, async () => {
      fixture.proxy.inject({ kind, operation: 'ListSecrets', times: 1 });
      assert.equal((await aws.secrets(security).list({}, never)).items.length, 1);
    });
  }

  test('a clock that is ten minutes behind is made up for', async () => {
    fixture.proxy.inject({ kind: 'clock-skew', ms: 10 * 60_000 });
    assert.equal((await aws.secrets(security).list({}, never)).items.length, 1);
  });

  for (const kind of ['truncate', 'truncate-json'] as const) {
    test(`a value in an answer cut by ${kind} is in no error`, async () => {
      fixture.always(kind, 'GetSecretValue');
      const reading = aws.secrets(security).read('prod/db', 'AWSCURRENT', never);
      const failure = await failureOf(reading);
      const everything = inspect(failure, { depth: Infinity, showHidden: true });
      assert.doesNotMatch(everything, /hunter2/);
    });
  }

  test('a service that answers too slowly is given up, with its name', async () => {
    const hasty = await fixture.aws({ callLimit: 300 });
    fixture.proxy.inject({ kind: 'latency', ms: 60_000, operation: 'ListSecrets' });
    const failure = await failureOf(hasty.secrets(security).list({}, never));
    assert.match(failure.message, /did not answer secretsmanager:ListSecrets in time/);
  });

  test('an answer that trickles is given up as well', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const slow = await fixture.aws({
      config: `[profile security]\nendpoint_url = http://127.0.0.1:${address.port}\n`,
      callLimit: 300,
    });
    try {
      const failure = await failureOf(slow.secrets(security).list({}, never));
      assert.match(failure.message, /did not answer secretsmanager:ListSecrets in time/);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test('an endpoint where nothing listens is named', async () => {
    const nowhere = await fixture.aws({
      config: '[profile security]\nendpoint_url = http://127.0.0.1:9\n',
    });
    const failure = await failureOf(nowhere.secrets(security).list({}, never));
    assert.match(
      failure.message,
      /^Secrets Manager is not reachable at http:\/\/127\.0\.0\.1:9: connection refused\./,
    );
  });

  test('a region without a host is not told as a failure of the program', async () => {
    const real = await fixture.aws({ config: '[profile security]\nregion = moon-north-1\n' });
    const moon = { profile: 'security', region: 'moon-north-1' };
    const failure = await failureOf(real.secrets(moon).list({}, never));
    assert.match(failure.message, /moon-north-1/);
  });

  test('an identity without the right to its alias is still an identity', async () => {
    fixture.always('access-denied', 'ListAccountAliases');
    const identity = await aws.identify(security, never);
    assert.equal(identity.accountId, '111122223333');
    assert.equal('accountAlias' in identity, false);
  });

  for (const { kind, says } of [
    { kind: 'access-denied', says: /may not call sts:GetCallerIdentity/ },
    { kind: 'expired-token', says: /have expired/ },
    { kind: 'html-500', says: /^STS failed inside AWS at sts:GetCallerIdentity/ },
    { kind: 'throttle', says: /^STS throttled sts:GetCallerIdentity/ },
    { kind: 'clock-skew', says: /^This computer’s clock/ },
  ] as const) {
    test(`${kind} of STS is told in a sentence too`, async () => {
      fixture.always(kind, 'GetCallerIdentity');
      assert.match((await failureOf(aws.identify(security, never))).message, says);
    });
  }
});

async function failureOf(promise: Promise<unknown>): Promise<UserError> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof UserError, inspect(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'It did not fail.' });
}
