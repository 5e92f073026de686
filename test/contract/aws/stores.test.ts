import assert from 'node:assert/strict';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { LabelParameterVersionCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Page, ParameterStore, SecretStore } from '../../../src/core/ports.ts';
import { isCancelled, UserError } from '../../../src/core/userError.ts';
import { memoryParameter, MemoryParameterStore } from '../../fakes/memoryParameterStore.ts';
import { memorySecret, MemorySecretStore } from '../../fakes/memorySecretStore.ts';
import { securityKey } from '../../sandbox/accounts.ts';
import { AwsFixture, never, security } from './awsFixture.ts';

const paged = Array.from({ length: 7 }, (_, at) => `paged/${at}`);
const bytes = Uint8Array.from([0, 1, 254, 255]);

suite('Stores in memory', () => {
  const secrets = new MemorySecretStore(security, [
    ...paged.map((name) => memorySecret(name, 'x')),
    {
      ...memorySecret('prod/db', 'new', {
        description: 'Payments database',
        tags: [{ key: 'team', value: 'payments' }],
      }),
      versions: [
        { id: 'v-2', stages: ['AWSCURRENT'], value: 'new' },
        { id: 'v-1', stages: ['AWSPREVIOUS'], value: 'old' },
      ],
    },
    memorySecret('Prod/db', 'capital'),
    memorySecret('prod/binary', bytes),
    memorySecret('prod/old', 'x', { deletedAt: 1_700_000_000_000 }),
  ]);
  const parameters = new MemoryParameterStore(security, [
    ...paged.map((name) => memoryParameter(`/${name}`, 'x')),
    memoryParameter('/prod/db/url', 'second', {
      type: 'SecureString',
      tags: [{ key: 'team', value: 'payments' }],
      history: [
        { version: 1, labels: ['good'], value: 'first' },
        { version: 2, labels: [], value: 'second' },
      ],
    }),
    memoryParameter('/prod/list', 'a,b', { type: 'StringList' }),
    memoryParameter('plain', 'p'),
  ]);

  secretStoreContract(() => secrets);
  parameterStoreContract(() => parameters);

  test('a parameter of another account is found by its ARN only', async () => {
    const shared = memoryParameter('/theirs', 'x', { shared: true });
    const store = new MemoryParameterStore(security, [shared]);
    assert.equal((await store.describe(shared.parameter.arn, never)).name, '/theirs');
    await assert.rejects(async () => store.describe('/theirs', never), UserError);
    assert.deepEqual((await store.list({}, never)).items, []);
    assert.equal((await store.list({ shared: true }, never)).items.length, 1);
  });
});

suite('Stores on AWS', function () {
  this.timeout(60_000);
  let fixture: AwsFixture;
  let secrets: SecretStore;
  let parameters: ParameterStore;

  suiteSetup(async () => {
    fixture = await AwsFixture.start();
    await seed(fixture.proxy.url);
    const aws = await fixture.aws();
    secrets = aws.secrets(security);
    parameters = aws.parameters(security);
  });
  suiteTeardown(async () => {
    await fixture.stop();
  });
  setup(async () => {
    await fixture.calm();
  });

  secretStoreContract(() => secrets);
  parameterStoreContract(() => parameters);

  test('making the stores calls nothing', async () => {
    const aws = await fixture.aws();
    aws.secrets(security);
    aws.parameters(security);
    assert.deepEqual(fixture.operations(), []);
  });

  test('a version stage is named in every GetSecretValue', async () => {
    await secrets.read('prod/db', 'AWSCURRENT', never);
    await secrets.read('prod/db', 'AWSPREVIOUS', never);
    assert.deepEqual(
      fixture.calls('GetSecretValue').map(({ params }) => params),
      [
        { SecretId: 'prod/db', VersionStage: 'AWSCURRENT' },
        { SecretId: 'prod/db', VersionStage: 'AWSPREVIOUS' },
      ],
    );
  });

  test('looking around fetches no value, and a history is not decrypted', async () => {
    await secrets.list({}, never);
    await secrets.describe('prod/db', never);
    await secrets.versions('prod/db', undefined, never);
    await parameters.list({}, never);
    await parameters.describe('/prod/db/url', never);
    await parameters.tags('/prod/db/url', never);
    const history = await parameters.versions('/prod/db/url', undefined, never);
    assert.deepEqual(fixture.operations(), [
      'ListSecrets',
      'DescribeSecret',
      'ListSecretVersionIds',
      'DescribeParameters',
      'DescribeParameters',
      'ListTagsForResource',
      'GetParameterHistory',
    ]);
    const [{ params } = {}] = fixture.calls('GetParameterHistory');
    assert.deepEqual(params, { Name: '/prod/db/url', WithDecryption: false, MaxResults: 50 });
    assert.doesNotMatch(JSON.stringify(history), /first|second/);
  });

  test('an empty page with a token is passed on as it is', async () => {
    fixture.proxy.inject({ kind: 'empty-pages', times: 1 });
    const page = await secrets.list({ pageSize: 100, sortBy: 'name' }, never);
    assert.deepEqual(page.items, []);
    assert.ok(page.nextToken);
    const next = await secrets.list({ ...page, pageSize: 100, sortBy: 'name' }, never);
    assert.ok(next.items.length > 0);
  });

  test('a parameter is found behind empty pages', async () => {
    fixture.proxy.inject({ kind: 'empty-pages', operation: 'DescribeParameters', times: 2 });
    assert.equal((await parameters.describe('/prod/db/url', never)).name, '/prod/db/url');
  });

  test('an ARN is looked for among what other accounts share', async () => {
    const arn = 'arn:aws:ssm:eu-central-1:444455556666:parameter/theirs';
    await assert.rejects(
      parameters.describe(arn, never),
      new RegExp(`^UserError: No parameter ${arn} is shared with profile “security”`),
    );
    const [{ params } = {}] = fixture.calls('DescribeParameters');
    assert.deepEqual(params, {
      ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: [arn] }],
      Shared: true,
    });
  });

  test('a request that runs is ended by its signal', async () => {
    fixture.proxy.inject({ kind: 'latency', ms: 10_000, operation: 'ListSecrets' });
    const controller = new AbortController();
    const listing = secrets.list({}, controller.signal);
    setTimeout(() => {
      controller.abort();
    }, 100);
    const begun = performance.now();
    await assert.rejects(listing, isCancelled);
    assert.ok(performance.now() - begun < 2000, 'it waited for the answer');
  });

  test('the pause between two attempts is ended by the signal too', async () => {
    fixture.always('throttle', 'ListSecrets');
    const controller = new AbortController();
    const listing = secrets.list({}, controller.signal);
    while (fixture.calls('ListSecrets').length === 0) {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    controller.abort();
    await assert.rejects(listing, isCancelled);
    const attempts = fixture.calls('ListSecrets').length;
    await new Promise((resolve) => {
      setTimeout(resolve, 1500);
    });
    assert.equal(fixture.calls('ListSecrets').length, attempts);
  });
});

function secretStoreContract(store: () => SecretStore): void {
  test('a listing in pages has every secret once, in order', async () => {
    const filters = [{ key: 'name', values: ['paged/'] }] as const;
    const names = await collect(async (nextToken) =>
      store().list({ filters, sortBy: 'name', pageSize: 3, ...nextToken }, never),
    );
    assert.deepEqual(
      names.map(({ name }) => name),
      paged,
    );
  });

  test('a listing can run backwards', async () => {
    const filters = [{ key: 'name', values: ['paged/'] }] as const;
    const { items } = await store().list({ filters, sortBy: 'name', descending: true }, never);
    assert.deepEqual(
      items.map(({ name }) => name),
      paged.toReversed(),
    );
  });

  test('a name filter is a prefix and minds the case', async () => {
    const filters = [{ key: 'name', values: ['prod/'] }] as const;
    const { items } = await store().list({ filters, sortBy: 'name' }, never);
    assert.deepEqual(
      items.map(({ name }) => name),
      ['prod/binary', 'prod/db'],
    );
  });

  test('filters of tags and descriptions narrow together', async () => {
    const filters = [
      { key: 'tag-key', values: ['team'] },
      { key: 'tag-value', values: ['pay'] },
      { key: 'description', values: ['payments'] },
    ] as const;
    const { items } = await store().list({ filters }, never);
    assert.deepEqual(
      items.map(({ name, tags }) => ({ name, tags })),
      [{ name: 'prod/db', tags: [{ key: 'team', value: 'payments' }] }],
    );
  });

  test('secrets that wait for their deletion are listed on request only', async () => {
    const filters = [{ key: 'name', values: ['prod/old'] }] as const;
    assert.deepEqual((await store().list({ filters }, never)).items, []);
    const { items } = await store().list({ filters, includePlannedDeletion: true }, never);
    assert.equal(typeof items[0]?.deletedAt, 'number');
  });

  test('a page marker that is not the service’s own is told as such', async () => {
    await assert.rejects(store().list({ nextToken: 'made-up' }, never), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /Refresh to list from the start\.$/);
      return true;
    });
  });

  test('a description without a value tells name, ARN and replicas', async () => {
    const secret = await store().describe('prod/db', never);
    assert.equal(secret.kind, 'secret');
    assert.equal(secret.name, 'prod/db');
    assert.match(secret.arn, /^arn:aws:secretsmanager:.+:secret:prod\/db-\w{6}$/);
    assert.equal(secret.description, 'Payments database');
    assert.deepEqual(secret.replicas, []);
    assert.equal((await store().describe(secret.arn, never)).name, 'prod/db');
  });

  test('what AWS does not tell is absent', async () => {
    const secret = await store().describe('paged/0', never);
    assert.equal('description' in secret, false);
    assert.equal('deletedAt' in secret, false);
    assert.equal('owningService' in secret, false);
  });

  test('versions carry their stages', async () => {
    const { items } = await store().versions('prod/db', undefined, never);
    const stages = items.map((version) => version.stages.join()).toSorted();
    assert.deepEqual(stages, ['AWSCURRENT', 'AWSPREVIOUS']);
  });

  test('a read answers the version that has the stage', async () => {
    const current = await store().read('prod/db', 'AWSCURRENT', never);
    const previous = await store().read('prod/db', 'AWSPREVIOUS', never);
    assert.equal(current.value.reveal(), 'new');
    assert.equal(previous.value.reveal(), 'old');
    assert.notEqual(current.versionId, previous.versionId);
  });

  test('a binary value is told as one', async () => {
    const { value } = await store().read('prod/binary', 'AWSCURRENT', never);
    assert.equal(value.isBinary, true);
    assert.equal(value.reveal(), Buffer.from(bytes).toString('base64'));
  });

  test('a missing secret is named', async () => {
    await assert.rejects(
      store().read('nowhere', 'AWSCURRENT', never),
      /^UserError: nowhere does not exist in Secrets Manager for profile “security”/,
    );
  });

  test('the value of a secret that waits for its deletion is not to be had', async () => {
    await assert.rejects(
      store().read('prod/old', 'AWSCURRENT', never),
      /^UserError: prod\/old is scheduled for deletion in eu-central-1/,
    );
  });

  test('an aborted signal sends nothing', async () => {
    await assert.rejects(store().list({}, AbortSignal.abort()), isCancelled);
  });
}

function parameterStoreContract(store: () => ParameterStore): void {
  test('a listing in pages has every parameter once', async () => {
    const filters = [{ key: 'Path', option: 'Recursive', values: ['/paged'] }] as const;
    const found = await collect(async (nextToken) =>
      store().list({ filters, pageSize: 3, ...nextToken }, never),
    );
    assert.deepEqual(
      found.map(({ name }) => name).toSorted(),
      paged.map((name) => `/${name}`),
    );
  });

  for (const { rule, filter, names } of [
    {
      rule: 'BeginsWith',
      filter: { key: 'Name', option: 'BeginsWith', values: ['/prod/'] },
      names: ['/prod/db/url', '/prod/list'],
    },
    {
      rule: 'Contains',
      filter: { key: 'Name', option: 'Contains', values: ['b/u'] },
      names: ['/prod/db/url'],
    },
    {
      rule: 'OneLevel',
      filter: { key: 'Path', option: 'OneLevel', values: ['/prod'] },
      names: ['/prod/list'],
    },
    { rule: 'Type', filter: { key: 'Type', values: ['StringList'] }, names: ['/prod/list'] },
    {
      rule: 'tag',
      filter: { key: 'tag:team', values: ['payments'] },
      names: ['/prod/db/url'],
    },
  ] as const) {
    test(`the ${rule} filter of parameters finds what it says`, async () => {
      const { items } = await store().list({ filters: [filter] }, never);
      assert.deepEqual(items.map(({ name }) => name).toSorted(), names);
    });
  }

  test('one parameter is described by its name', async () => {
    const parameter = await store().describe('/prod/db/url', never);
    assert.equal(parameter.type, 'SecureString');
    assert.equal(parameter.version, 2);
    assert.match(parameter.arn, /^arn:aws:ssm:.+:111122223333:parameter\/prod\/db\/url$/);
  });

  test('a name without a slash has one in its ARN', async () => {
    const { arn } = await store().describe('plain', never);
    assert.match(arn, /:parameter\/plain$/);
    assert.equal((await store().describe(arn, never)).name, 'plain');
  });

  test('a missing parameter is named', async () => {
    await assert.rejects(store().describe('/nowhere', never), /UserError: .*\/nowhere/);
    await assert.rejects(store().read('/nowhere', never), /UserError: \/nowhere does not exist/);
  });

  test('a history has versions and labels and no value', async () => {
    const { items } = await store().versions('/prod/db/url', undefined, never);
    assert.deepEqual(
      items.map(({ version, labels }) => ({ version, labels })),
      [
        { version: 1, labels: ['good'] },
        { version: 2, labels: [] },
      ],
    );
    assert.ok(items.every((item) => !('value' in item)));
  });

  test('tags are read on their own', async () => {
    assert.deepEqual(await store().tags('/prod/db/url', never), [
      { key: 'team', value: 'payments' },
    ]);
  });

  test('a read decrypts the newest version', async () => {
    const { version, value } = await store().read('/prod/db/url', never);
    assert.deepEqual([version, value.reveal()], [2, 'second']);
  });
}

async function collect<T>(
  next: (token: { readonly nextToken?: string }) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const items: T[] = [];
  let token: { readonly nextToken?: string } | undefined = {};
  while (token) {
    const page: Page<T> = await next(token);
    items.push(...page.items);
    token = page.nextToken === undefined ? undefined : { nextToken: page.nextToken };
  }
  return items;
}

async function seed(endpoint: string): Promise<void> {
  const options = { region: security.region, endpoint, credentials: securityKey };
  const secrets = new SecretsManagerClient(options);
  const parameters = new SSMClient(options);
  for (const Name of [...paged, 'Prod/db', 'prod/old']) {
    await secrets.send(new CreateSecretCommand({ Name, SecretString: 'x' }));
  }
  await secrets.send(new DeleteSecretCommand({ SecretId: 'prod/old' }));
  await secrets.send(new CreateSecretCommand({ Name: 'prod/binary', SecretBinary: bytes }));
  const Tags = [{ Key: 'team', Value: 'payments' }];
  const Description = 'Payments database';
  await secrets.send(
    new CreateSecretCommand({ Name: 'prod/db', SecretString: 'old', Description, Tags }),
  );
  await secrets.send(new UpdateSecretCommand({ SecretId: 'prod/db', SecretString: 'new' }));
  for (const name of paged) {
    await parameters.send(
      new PutParameterCommand({ Name: `/${name}`, Type: 'String', Value: 'x' }),
    );
  }
  const Name = '/prod/db/url';
  const first = { Name, Type: 'SecureString', Value: 'first', Tags } as const;
  await parameters.send(new PutParameterCommand(first));
  await parameters.send(
    new LabelParameterVersionCommand({ Name, ParameterVersion: 1, Labels: ['good'] }),
  );
  await parameters.send(new PutParameterCommand({ Name, Value: 'second', Overwrite: true }));
  await parameters.send(
    new PutParameterCommand({ Name: '/prod/list', Type: 'StringList', Value: 'a,b' }),
  );
  await parameters.send(new PutParameterCommand({ Name: 'plain', Type: 'String', Value: 'p' }));
}
