import assert from 'node:assert/strict';

import type { Aws, Page } from '../../../src/core/ports.ts';
import type { Resource, SecretVersion } from '../../../src/core/resources.ts';
import { detailsOf, groupsOf, scheduleText } from '../../../src/explorer/model/details.ts';
import type { GroupKind, ResourceNode } from '../../../src/explorer/model/nodes.ts';
import { memoryParameter } from '../../fakes/memoryParameterStore.ts';
import { day, FakeAws, ireland, now, parameter, secret } from './fakes.ts';

suite('details', () => {
  test('a parameter has policies only where it has some', () => {
    assert.deepEqual(kinds(secret('a')), ['keys', 'versions', 'rotation', 'replicas', 'tags']);
    assert.deepEqual(kinds(parameter('/a')), ['versions', 'tags']);
    const policies = [{ type: 'NoChangeNotification', text: '{}' }];
    assert.deepEqual(kinds(parameter('/a', { policies })), ['versions', 'policies', 'tags']);
  });

  test('a secret’s versions come latest first, from all pages, each once', async () => {
    const aws = new FakeAws();
    const pages: Page<SecretVersion>[] = [
      { items: [version('old', [], now - 9 * day)], nextToken: 'next' },
      {
        items: [
          version('new', ['AWSCURRENT', 'green'], now - day),
          version('old', [], now - 9 * day),
        ],
      },
    ];
    const asked: (string | undefined)[] = [];
    aws.secrets(ireland).versions = async (_id, token) => {
      asked.push(token);
      return pages[asked.length - 1] ?? { items: [] };
    };
    assert.deepEqual(await facts(aws, secret('a'), 'versions'), [
      ['AWSCURRENT, green', '1 d ago · new'],
      ['no stage', '9 d ago · old'],
    ]);
    assert.deepEqual(asked, [undefined, 'next']);
  });

  test('a parameter’s versions come by number, with labels, age and the last part of who', async () => {
    const aws = new FakeAws();
    const history = [1, 10, 9].map((number) => ({
      version: number,
      labels: number === 9 ? ['live', 'blue'] : [],
      changedAt: now - number * day,
      changedBy: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
      value: 'x',
    }));
    aws.addParameters(ireland, [memoryParameter('/a', 'x', { history })]);
    assert.deepEqual(await facts(aws, parameter('/a'), 'versions'), [
      ['Version 10', '10 d ago · alice'],
      ['Version 9', 'live, blue · 9 d ago · alice'],
      ['Version 1', '1 d ago · alice'],
    ]);
  });

  test('rotation tells schedule, function and both dates', async () => {
    const resource = secret('a', {
      rotation: {
        enabled: true,
        afterDays: 30,
        lambdaArn: 'arn:aws:lambda:eu-west-1:111122223333:function:SecretsRotationPg',
        lastRotatedAt: now - 9 * day,
        nextRotationAt: now + 21 * day,
      },
    });
    assert.deepEqual(await facts(new FakeAws(), resource, 'rotation'), [
      ['Schedule', 'every 30 d'],
      ['Function', 'SecretsRotationPg'],
      ['Last rotated', '9 d ago (2026-02-20 12:00 UTC)'],
      ['Next rotation', '2026-03-22 12:00 UTC'],
    ]);
  });

  test('a service’s rotation names the service in place of a function', async () => {
    const resource = secret('a', { owningService: 'rds', rotation: { enabled: true } });
    assert.deepEqual(await facts(new FakeAws(), resource, 'rotation'), [
      ['Schedule', 'no schedule'],
      ['Function', 'managed by rds'],
    ]);
  });

  test('a rotation that was switched off says so, one that never was says “Never rotated”', async () => {
    const off = secret('a', { rotation: { enabled: false, lastRotatedAt: now - day } });
    const [schedule] = await facts(new FakeAws(), off, 'rotation');
    assert.deepEqual(schedule, ['Schedule', 'off']);
    assert.deepEqual(await facts(new FakeAws(), secret('a'), 'rotation'), [
      ['Never rotated', undefined],
    ]);
  });

  test('a schedule is told as AWS stores it, with its window', () => {
    assert.equal(
      scheduleText({ enabled: true, expression: 'cron(0 4 * * ? *)' }),
      'cron(0 4 * * ? *)',
    );
    assert.equal(
      scheduleText({ enabled: true, afterDays: 7, duration: '3h' }),
      'every 7 d, window 3h',
    );
    assert.equal(scheduleText({ enabled: true }), 'no schedule');
  });

  test('replicas that the list did not tell are asked for; the primary region comes first', async () => {
    const aws = new FakeAws();
    const described = secret('a', {
      primaryRegion: 'eu-west-1',
      replicas: [
        { region: 'us-east-1', status: 'InSync' },
        { region: 'eu-north-1', status: 'Failed', statusMessage: 'No key' },
      ],
    });
    aws.secrets(ireland).describe = async () => described;
    assert.deepEqual(await facts(aws, secret('a'), 'replicas'), [
      ['Primary', 'eu-west-1'],
      ['us-east-1', 'InSync'],
      ['eu-north-1', 'Failed · No key'],
    ]);
  });

  test('a policy tells its status and its attributes, and one that cannot be read tells its kind', async () => {
    const expiration = '{"Attributes":{"Timestamp":"2030-01-01T00:00:00Z"}}';
    const resource = parameter('/a', {
      policies: [
        { type: 'Expiration', status: 'Pending', text: expiration },
        { type: 'Expiration', text: 'not json' },
        { type: 'Odd', text: 'null' },
      ],
    });
    assert.deepEqual(await facts(new FakeAws(), resource, 'policies'), [
      ['Expiration', 'Pending · Timestamp 2030-01-01T00:00:00Z'],
      ['Expiration', ''],
      ['Odd', ''],
    ]);
  });

  for (const [group, text] of [
    ['versions', 'No versions'],
    ['replicas', 'Not replicated'],
    ['tags', 'No tags'],
  ] as const) {
    test(`a group without content says “${text}”`, async () => {
      const aws = new FakeAws();
      aws.secrets(ireland).versions = async () => ({ items: [] });
      aws.secrets(ireland).describe = async () => secret('a');
      assert.deepEqual(await facts(aws, secret('a'), group), [[text, undefined]]);
    });
  }
});

function kinds(resource: Resource): readonly GroupKind[] {
  return groupsOf(item(resource)).map(({ group }) => group);
}

function item(resource: Resource): ResourceNode {
  return { kind: 'resource', connection: ireland, resource, label: resource.name, place: 'branch' };
}

async function facts(
  aws: Aws,
  resource: Resource,
  group: GroupKind,
): Promise<readonly (readonly [string, string | undefined])[]> {
  const { signal } = new AbortController();
  const nodes = await detailsOf(
    { kind: 'group', group, parent: item(resource) },
    async () => aws,
    now,
    signal,
  );
  return nodes.map(({ label, description }) => [label, description]);
}

function version(id: string, stages: readonly string[], createdAt: number): SecretVersion {
  return { id, stages, createdAt, kmsKeyIds: [] };
}
