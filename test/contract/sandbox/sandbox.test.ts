import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  type FilterNameStringType,
  type SecretListEntry,
} from '@aws-sdk/client-secrets-manager';
import {
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  ListTagsForResourceCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import {
  accountAliases,
  developerAccount,
  developerKey,
  roleArn,
  securityAccount,
  securityKey,
  type SandboxKey,
} from '../../sandbox/accounts.ts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { placeSummary } from '../../sandbox/seedData.ts';
import { listParameters, listSecrets, namesOf } from './paging.ts';
import { valueMarker } from '../../sandbox/seedValues.ts';

const day = 86_400_000;

suite('The sandbox', () => {
  let sandbox: Sandbox;

  suiteSetup(async function () {
    this.timeout(120_000);
    sandbox = await startSandbox();
  });

  suiteTeardown(() => sandbox.stop());

  const settings = (key: SandboxKey, region: string) => ({
    region,
    endpoint: sandbox.proxyUrl,
    credentials: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey },
  });
  const secretsManager = (key: SandboxKey = securityKey, region = 'eu-west-1') =>
    new SecretsManagerClient(settings(key, region));
  const ssm = (key: SandboxKey = securityKey, region = 'eu-west-1') =>
    new SSMClient(settings(key, region));

  const secretsBy = async (Key: FilterNameStringType, ...Values: string[]) =>
    namesOf(
      await listSecrets(secretsManager(), {
        Filters: [{ Key, Values }],
        SortBy: 'name',
        SortOrder: 'asc',
      }),
    );
  const parametersBy = async (Key: string, Option: string | undefined, ...Values: string[]) =>
    namesOf(
      await listParameters(ssm(), [{ Key, Values, ...(Option === undefined ? {} : { Option }) }]),
    ).toSorted();
  const file = (path: string) => readFile(join(sandbox.workspace, path), 'utf8');

  test('the seed is 60 secrets and 120 parameters in two accounts and two regions', () => {
    assert.equal(sandbox.seed.secrets, 60);
    assert.equal(sandbox.seed.parameters, 120);
    assert.deepEqual(
      sandbox.seed.places.map((place) => `${place.account} ${place.region}`).toSorted(),
      [
        `${securityAccount} eu-west-1`,
        `${securityAccount} us-east-1`,
        `${developerAccount} eu-west-1`,
        `${developerAccount} us-east-1`,
      ],
    );
  });

  for (const [key, region] of [
    [securityKey, 'eu-west-1'],
    [securityKey, 'us-east-1'],
    [developerKey, 'eu-west-1'],
    [developerKey, 'us-east-1'],
  ] as const) {
    test(`${key.account} in ${region} holds exactly what the summary says`, async () => {
      const summary = placeSummary(key.account, region);
      const secrets = await listSecrets(secretsManager(key, region), {
        IncludePlannedDeletion: true,
        SortBy: 'name',
        SortOrder: 'asc',
        MaxResults: 7,
      });
      assert.deepEqual(namesOf(secrets), summary.secrets);
      assert.deepEqual(
        namesOf(secrets.filter((secret) => secret.DeletedDate !== undefined)),
        summary.pendingDeletion,
      );
      assert.deepEqual(
        namesOf(secrets.filter((secret) => secret.PrimaryRegion !== undefined)),
        summary.replicas,
      );
      assert.deepEqual(
        namesOf(await listParameters(ssm(key, region))).toSorted(),
        summary.parameters,
      );
    });
  }

  test('secrets that await deletion are listed only when asked for', async () => {
    const { secrets, pendingDeletion } = placeSummary(securityAccount, 'eu-west-1');
    const listed = await listSecrets(secretsManager(), { SortBy: 'name', SortOrder: 'asc' });
    assert.deepEqual(
      namesOf(listed),
      secrets.filter((name) => !pendingDeletion.includes(name)),
    );
  });

  test('secrets are sorted by the date asked for, both ways', async () => {
    const input = { IncludePlannedDeletion: true, SortBy: 'last-changed-date' } as const;
    const up = datesOf(await listSecrets(secretsManager(), { ...input, SortOrder: 'asc' }));
    assert.deepEqual(
      up,
      up.toSorted((left, right) => left - right),
    );
    assert.ok(new Set(up).size > 15);
    const down = datesOf(await listSecrets(secretsManager(), { ...input, SortOrder: 'desc' }));
    assert.deepEqual(down, up.toReversed());
  });

  test('secrets are filtered by prefix, tag, words, owner and negation', async () => {
    assert.deepEqual(await secretsBy('name', 'staging/'), [
      'staging/orders/db',
      'staging/payments/db',
      'staging/payments/stripe',
    ]);
    assert.deepEqual(await secretsBy('tag-key', 'PCI'), ['prod/payments/stripe']);
    assert.deepEqual(await secretsBy('description', 'partner'), ['prod/orders/partner-api']);
    assert.deepEqual(await secretsBy('all', 'i18n'), ['prod/i18n/greeting']);
    assert.deepEqual(await secretsBy('owning-service', 'rds'), [
      'rds!cluster-6f0c3f1e-0d5b-4b3a-9f2e-1a2b3c4d5e6f',
    ]);
    const others = await secretsBy('name', '!prod/', '!staging/');
    assert.ok(others.length > 0 && others.every((name) => !/^(?:prod|staging)\//.test(name)));
  });

  test('the dates, the schedule and the due date of a rotation come from the table', async () => {
    const { RotationRules, NextRotationDate, RotationEnabled, CreatedDate, LastChangedDate } =
      await secretsManager().send(new DescribeSecretCommand({ SecretId: 'prod/payments/stripe' }));
    assert.equal(RotationEnabled, true);
    assert.deepEqual(RotationRules, { ScheduleExpression: 'cron(0 4 ? * SUN *)', Duration: '2h' });
    const overdue = (Date.now() - (NextRotationDate?.getTime() ?? 0)) / day;
    assert.ok(overdue >= 9 && overdue < 9.1, String(overdue));
    assert.ok((CreatedDate?.getTime() ?? 0) < (LastChangedDate?.getTime() ?? 0));
  });

  test('what is changed after the seed has the date of the change', async () => {
    const client = secretsManager(developerKey, 'us-east-1');
    const SecretId = 'sandbox-playground';
    const before = await client.send(new DescribeSecretCommand({ SecretId }));
    assert.ok(Date.now() - (before.LastChangedDate?.getTime() ?? 0) > day);
    // Dates of secrets are whole seconds.
    await new Promise((resolve) => {
      setTimeout(resolve, 1100);
    });
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: `${valueMarker}2` }));
    const after = await client.send(new DescribeSecretCommand({ SecretId }));
    assert.ok(Date.now() - (after.LastChangedDate?.getTime() ?? 0) < day / 24);
  });

  test('a service-owned secret names its owner', async () => {
    const secret = await secretsManager().send(
      new DescribeSecretCommand({ SecretId: 'rds!cluster-6f0c3f1e-0d5b-4b3a-9f2e-1a2b3c4d5e6f' }),
    );
    assert.equal(secret.OwningService, 'rds');
    assert.equal(secret.RotationLambdaARN, undefined);
  });

  test('versions have the ARN, rising dates and, without the deprecated ones, a stage each', async () => {
    const client = secretsManager();
    const SecretId = 'prod/payments/db';
    const live = await client.send(new ListSecretVersionIdsCommand({ SecretId }));
    assert.match(
      live.ARN ?? '',
      /^arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod\/payments\/db-/,
    );
    assert.deepEqual(
      live.Versions?.flatMap((version) => version.VersionStages),
      ['AWSPREVIOUS', 'AWSCURRENT'],
    );
    const all = await client.send(
      new ListSecretVersionIdsCommand({ SecretId, IncludeDeprecated: true }),
    );
    const dates = all.Versions?.map((version) => version.CreatedDate?.getTime() ?? 0) ?? [];
    assert.equal(new Set(dates).size, 3);
    assert.deepEqual(
      dates,
      dates.toSorted((left, right) => left - right),
    );
  });

  test('a missing secret is ResourceNotFoundException with status 400, at once, for its versions too', async () => {
    const client = secretsManager();
    const missing = {
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    };
    for (const command of [
      new DescribeSecretCommand({ SecretId: 'missing' }),
      new ListSecretVersionIdsCommand({ SecretId: 'missing' }),
    ]) {
      await assert.rejects(client.send(command), (error: unknown) => {
        const { name, $metadata } = error as typeof missing;
        assert.equal(name, missing.name);
        assert.equal($metadata.httpStatusCode, 400);
        assert.equal($metadata.attempts, 1);
        return true;
      });
    }
  });

  test('there are values of 64 KB, binary and Unicode, and all are marked as fakes', async () => {
    const client = secretsManager();
    const read = (SecretId: string) =>
      client.send(new GetSecretValueCommand({ SecretId, VersionStage: 'AWSCURRENT' }));
    const large = await read('prod/search/ca-bundle');
    assert.equal(Buffer.byteLength(large.SecretString ?? ''), 65_536);
    const binary = await read('prod/identity/keystore');
    assert.equal(binary.SecretString, undefined);
    assert.ok(Buffer.from(binary.SecretBinary ?? []).includes(valueMarker));
    const unicode = await read('prod/i18n/greeting');
    assert.ok(unicode.SecretString?.includes('秘密'));
    for (const { SecretString } of [large, unicode, await read('prod/orders/db')]) {
      assert.ok(SecretString?.includes(valueMarker));
    }
  });

  test('no value is in any list or description', async () => {
    const secrets = await listSecrets(secretsManager(), { IncludePlannedDeletion: true });
    const parameters = await listParameters(ssm());
    assert.ok(!JSON.stringify([secrets, parameters]).includes(valueMarker));
  });

  test('parameters are filtered by name, path, type, tier, key and tag', async () => {
    assert.deepEqual(await parametersBy('Name', 'BeginsWith', '/security/b'), [
      '/security/break-glass/totp-seed',
    ]);
    assert.deepEqual(await parametersBy('Name', 'Contains', 'rate'), ['/prod/payments/rate-limit']);
    assert.deepEqual(await parametersBy('Path', 'OneLevel', '/shared/network'), [
      '/shared/network/private-subnets',
      '/shared/network/public-subnets',
      '/shared/network/vpc-id',
    ]);
    assert.equal((await parametersBy('Path', 'Recursive', '/shared')).length, 6);
    assert.equal((await parametersBy('Tier', undefined, 'Advanced')).length, 3);
    assert.deepEqual(await parametersBy('KeyId', undefined, 'alias/app-secrets'), [
      '/security/break-glass/totp-seed',
      '/security/siem/hec-token',
    ]);
    assert.deepEqual(await parametersBy('tag:Owner', undefined, 'nobody'), [
      'legacy-app-db-password',
    ]);
    assert.deepEqual(await parametersBy('DataType', undefined, 'aws:ec2:image'), [
      '/prod/images/golden-ami',
    ]);
    const lists = await parametersBy('Type', undefined, 'StringList');
    assert.ok(lists.includes('TeamContacts') && !lists.includes('build-number'));
  });

  test('filters of parameters are joined by and', async () => {
    const found = await listParameters(ssm(), [
      { Key: 'tag:Team', Values: ['payments'] },
      { Key: 'tag:Environment', Values: ['prod'] },
      { Key: 'Type', Values: ['SecureString'] },
    ]);
    assert.deepEqual(namesOf(found), ['/prod/payments/db']);
  });

  test('a parameter has 30 versions with labels, and an earlier date for each earlier one', async () => {
    const { Parameters = [] } = await ssm().send(
      new GetParameterHistoryCommand({ Name: '/prod/payments/rate-limit' }),
    );
    assert.equal(Parameters.length, 30);
    const labelled = Parameters.filter((item) => (item.Labels ?? []).length > 0);
    assert.deepEqual(
      labelled.map((item) => [item.Version, item.Labels]),
      [
        [12, ['rollback-2026']],
        [25, ['stable']],
        [30, ['canary']],
      ],
    );
    const dates = Parameters.map((item) => item.LastModifiedDate?.getTime() ?? 0);
    assert.ok(dates.every((date, index) => index === 0 || date > (dates[index - 1] ?? 0)));
  });

  test('policies have their text, type and status', async () => {
    const [parameter] = await listParameters(ssm(), [
      { Key: 'Name', Values: ['/prod/payments/fraud/model-config'] },
    ]);
    assert.deepEqual(
      parameter?.Policies?.map(({ PolicyType, PolicyStatus, PolicyText }) => [
        PolicyType,
        PolicyStatus,
        (JSON.parse(PolicyText ?? '') as { readonly Type: string }).Type,
      ]),
      ['Expiration', 'ExpirationNotification', 'NoChangeNotification'].map((type) => [
        type,
        'Pending',
        type,
      ]),
    );
  });

  test('what another account shares is read by ARN, and listed among the shared parameters', async () => {
    const shared = await ssm().send(new DescribeParametersCommand({ Shared: true }));
    const arn = shared.Parameters?.[0]?.ARN ?? '';
    assert.equal(
      arn,
      `arn:aws:ssm:eu-west-1:${developerAccount}:parameter/shared/platform/base-image`,
    );
    const parameter = await ssm().send(new GetParameterCommand({ Name: arn }));
    assert.ok(parameter.Parameter?.Value?.startsWith(valueMarker));
    const owner = secretsManager(developerKey);
    const theirs = await owner.send(
      new DescribeSecretCommand({ SecretId: 'shared/partner-gateway' }),
    );
    const SecretId = theirs.ARN ?? '';
    const read = await secretsManager().send(new DescribeSecretCommand({ SecretId }));
    assert.equal(read.ARN, SecretId);
    const own = await owner.send(new DescribeSecretCommand({ SecretId: 'dev/payments/db' }));
    await assert.rejects(
      secretsManager().send(new DescribeSecretCommand({ SecretId: own.ARN ?? '' })),
      { name: 'AccessDeniedException' },
    );
  });

  test('tags of a parameter are listed by themselves', async () => {
    const { TagList } = await ssm().send(
      new ListTagsForResourceCommand({
        ResourceType: 'Parameter',
        ResourceId: '/prod/payments/rate-limit',
      }),
    );
    assert.deepEqual(
      TagList?.toSorted((left, right) => ((left.Key ?? '') < (right.Key ?? '') ? -1 : 1)),
      [
        { Key: 'Environment', Value: 'prod' },
        { Key: 'Team', Value: 'payments' },
      ],
    );
  });

  test('each account has its alias', async () => {
    for (const key of [securityKey, developerKey]) {
      const iam = new IAMClient(settings(key, 'us-east-1'));
      const { AccountAliases } = await iam.send(new ListAccountAliasesCommand({}));
      assert.deepEqual(AccountAliases, [accountAliases[key.account]]);
    }
  });

  test("an assumed role is in the role's account and sees that account's data", async () => {
    const sts = new STSClient(settings(securityKey, 'us-east-1'));
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn(developerAccount, 'SecretsAdmin'),
        RoleSessionName: 'contract',
      }),
    );
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    const assumed = { ...settings(securityKey, 'us-east-1'), credentials };
    const identity = await new STSClient(assumed).send(new GetCallerIdentityCommand({}));
    assert.equal(
      identity.Arn,
      `arn:aws:sts::${developerAccount}:assumed-role/SecretsAdmin/contract`,
    );
    const secrets = await listSecrets(new SecretsManagerClient(assumed), {
      IncludePlannedDeletion: true,
      SortBy: 'name',
    });
    assert.deepEqual(namesOf(secrets), placeSummary(developerAccount, 'us-east-1').secrets);
    assert.equal(sandbox.proxy.journal.at(-1)?.account, developerAccount);
  });

  test('the demo workspace names only what is seeded', async () => {
    const { secrets, parameters } = placeSummary(securityAccount, 'eu-west-1');
    const template = await file('infrastructure/template.yaml');
    const resolved = [...template.matchAll(/\{\{resolve:([\w-]+):([^:}]+)/g)];
    assert.equal(resolved.length, 6);
    for (const [, service, name = ''] of resolved) {
      assert.ok((service === 'secretsmanager' ? secrets : parameters).includes(name), name);
    }
    const others = [
      await file('infrastructure/taskDefinition.json'),
      await file('buildspec.yml'),
      await file('kubernetes/secretProviderClass.yaml'),
    ].join('\n');
    const named = others.match(/(?<=secret:|: |parameter|"valueFrom": ")\/?prod\/[\w/-]+/g) ?? [];
    assert.equal(named.length, 11);
    for (const name of named) {
      assert.ok((name.startsWith('/') ? parameters : secrets).includes(name), name);
    }
    assert.match(await file('.env'), /AKIAIOSFODNN7EXAMPLE/);
  });
});

function datesOf(secrets: readonly SecretListEntry[]): number[] {
  return secrets.map((secret) => secret.LastChangedDate?.getTime() ?? 0);
}

suite('Stopping the sandbox', () => {
  test('leaves no process and no file behind', async function () {
    this.timeout(120_000);
    const sandbox = await startSandbox();
    await access(sandbox.env['AWS_CONFIG_FILE'] ?? '');
    await sandbox.stop();
    await sandbox.stop();
    // An emulator that was given is not ours to stop.
    const given = process.env['EMULATOR_ENDPOINT'] !== undefined;
    for (const url of given ? [sandbox.proxyUrl] : [sandbox.proxyUrl, sandbox.motoUrl]) {
      await assert.rejects(fetch(url), TypeError);
    }
    for (const path of [sandbox.home, sandbox.workspace]) {
      await assert.rejects(access(path), { code: 'ENOENT' });
    }
  });
});
