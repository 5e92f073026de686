import assert from 'node:assert/strict';

import type { AwsFileTexts } from '../../../src/connections/awsFiles.ts';
import { Connections } from '../../../src/connections/connections.ts';
import type { Memory } from '../../../src/core/ports.ts';
import { UserError } from '../../../src/core/userError.ts';
import { Emitter } from '../../../src/util/emitter.ts';

suite('connections', () => {
  test('the files are read on the first use, and once', async () => {
    const { connections, files } = world({ config: '[default]\nregion = eu-west-1\n' });
    assert.equal(files.reads, 0);
    await Promise.all([connections.profiles(), connections.problems(), connections.active()]);
    await connections.allProfiles();
    assert.equal(files.reads, 1);
  });

  test('hidden profiles are left out of the shown ones only', async () => {
    const { connections, preferences } = world({ config: three });
    preferences.hidden = ['b', 'gone'];
    assert.deepEqual(ids(await connections.profiles()), ['default', 'c']);
    assert.deepEqual(ids(await connections.allProfiles()), ['default', 'b', 'c']);
  });

  test('a change of the files is told and read anew', async () => {
    const { connections, files } = world({ config: three });
    const told = listen(connections);
    await connections.profiles();
    files.texts = { config: '[profile new]\nregion = eu-west-3\n', problems: [] };
    files.changed.fire();
    assert.equal(told.count, 1);
    assert.deepEqual(ids(await connections.profiles()), ['new']);
  });

  test('an edit while the files are being read is not lost', async () => {
    const { connections, files } = world({ config: three });
    const early = connections.profiles();
    files.texts = { config: '[profile new]\nregion = eu-west-3\n', problems: [] };
    files.changed.fire();
    assert.deepEqual(ids(await connections.profiles()), ['new']);
    assert.deepEqual(ids(await early), ['default', 'b', 'c']);
  });

  test('files that cannot be read leave no old profile, and the problem says so', async () => {
    const { connections, files } = world({ config: three });
    await connections.profiles();
    files.failure = new Error('EIO: wJalrXUtnFEMI');
    files.changed.fire();
    assert.deepEqual(await connections.profiles(), []);
    assert.deepEqual(await connections.problems(), [
      'The AWS config and credentials files could not be read.',
    ]);
    files.failure = undefined;
    connections.reload();
    assert.equal((await connections.profiles()).length, 3);
    assert.deepEqual(await connections.problems(), []);
  });

  test('problems name the file and the line, those of reading first', async () => {
    const { connections } = world({
      config: '[profile half\n',
      credentials: '[a]\nb\n',
      problems: ['Something else.'],
    });
    assert.deepEqual(await connections.problems(), [
      'Something else.',
      'AWS config file, line 1: The section header is not closed with “]”, so the lines below it count as part of the section above.',
      'AWS credentials file, line 2: The line has no “=”, so it is not read.',
    ]);
  });

  test('an AWS_PROFILE that is not configured is a problem', async () => {
    const { connections } = world({ config: three }, { AWS_PROFILE: 'gone' });
    assert.deepEqual(await connections.problems(), [
      'AWS_PROFILE names “gone”, which is in neither the AWS config nor the credentials file.',
    ]);
  });

  test('the problem of a profile is that of its chain; the process’s own credentials have none', async () => {
    const { connections } = world({ config: '[profile a]\nrole_arn = r\nsource_profile = a\n' });
    assert.match((await connections.profileProblem('a')) ?? '', /in a circle/);
    assert.equal(await connections.profileProblem('<environment>'), undefined);
  });

  test('a profile’s own region comes first, then the pinned ones, none of them twice', async () => {
    const { connections } = world({ config: three });
    await connections.addRegion('b', 'us-east-1');
    await connections.addRegion('b', ' eu-west-2 ');
    await connections.addRegion('b', 'us-east-1');
    const b = { id: 'b', label: 'b', credentialKind: 'none', region: 'eu-west-2' } as const;
    assert.deepEqual(connections.regions(b), ['eu-west-2', 'us-east-1']);
    assert.deepEqual(connections.regions({ ...b, id: 'c' }), ['eu-west-2']);
  });

  test('pinned regions are remembered, and a removed one is forgotten', async () => {
    const memory = new MemoryFake();
    const c = { id: 'c', label: 'c', credentialKind: 'none' } as const;
    const { connections } = world({ config: three }, {}, memory);
    const told = listen(connections);
    await connections.addRegion('c', 'cn-north-1');
    await connections.addRegion('c', 'eusc-de-east-1');
    assert.deepEqual(world({}, {}, memory).connections.regions(c), [
      'cn-north-1',
      'eusc-de-east-1',
    ]);
    await connections.removeRegion('c', 'cn-north-1');
    await connections.removeRegion('c', 'never-pinned-1');
    assert.deepEqual(connections.regions(c), ['eusc-de-east-1']);
    assert.equal(told.count, 3);
  });

  test('a region pinned twice is kept once and told once', async () => {
    const { connections, memory } = world({ config: three });
    const told = listen(connections);
    await connections.addRegion('b', 'us-east-1');
    await connections.addRegion('b', 'us-east-1');
    assert.deepEqual(memory.get('regions'), { b: ['us-east-1'] });
    assert.equal(told.count, 1);
  });

  test('what is no region cannot be pinned', async () => {
    const { connections, memory } = world({ config: three });
    await assert.rejects(connections.addRegion('b', 'Ireland'), UserError);
    assert.equal(memory.get('regions'), undefined);
  });

  test('a memory of another shape is as good as none', async () => {
    for (const rubbish of [null, 'x', [1], { b: 'x', c: [1, 'us-east-1'] }, { profile: 1 }]) {
      const memory = new MemoryFake();
      memory.items.set('regions', rubbish);
      memory.items.set('activeConnection', rubbish);
      const { connections } = world({ config: three }, {}, memory);
      const b = { id: 'b', label: 'b', credentialKind: 'none' } as const;
      assert.deepEqual(connections.regions(b), []);
      assert.deepEqual(connections.regions({ ...b, id: 'constructor' }), []);
      assert.ok(connections.regions({ ...b, id: 'c' }).every((region) => region === 'us-east-1'));
      assert.deepEqual(await connections.active(), { profile: 'default', region: 'eu-west-1' });
    }
  });

  test('active is AWS_PROFILE’s, else default’s, else the first’s with a region', async () => {
    assert.deepEqual(await activeOf(three, { AWS_PROFILE: 'b' }), {
      profile: 'b',
      region: 'eu-west-2',
    });
    assert.deepEqual(await activeOf(three, { AWS_PROFILE: 'gone' }), {
      profile: 'default',
      region: 'eu-west-1',
    });
    assert.deepEqual(
      await activeOf('[profile x]\nrole_arn = r\n[profile y]\nregion = eu-west-2\n'),
      {
        profile: 'y',
        region: 'eu-west-2',
      },
    );
    assert.equal(await activeOf('[profile x]\nrole_arn = r\n'), undefined);
  });

  test('the active connection is remembered while its profile and region are there', async () => {
    const memory = new MemoryFake();
    const { connections, files, preferences } = world({ config: three }, {}, memory);
    let told = 0;
    connections.onDidChangeActive(() => (told += 1));
    await connections.addRegion('b', 'us-east-1');
    await connections.setActive({ profile: 'b', region: 'us-east-1' });
    assert.equal(told, 1);
    assert.deepEqual(await connections.active(), { profile: 'b', region: 'us-east-1' });
    await connections.removeRegion('b', 'us-east-1');
    assert.deepEqual(await connections.active(), { profile: 'b', region: 'eu-west-2' });
    preferences.hidden = ['b'];
    assert.deepEqual(await connections.active(), { profile: 'default', region: 'eu-west-1' });
    files.texts = { config: '[profile c]\nregion = eu-west-3\n', problems: [] };
    files.changed.fire();
    assert.deepEqual(await connections.active(), { profile: 'c', region: 'eu-west-3' });
  });

  test('the instance role is offered only when the setting asks for it', async () => {
    const { connections, files, memory, preferences } = world({});
    assert.deepEqual(await connections.profiles(), []);
    preferences.instance = true;
    assert.deepEqual(ids(await connections.profiles()), ['<instance>']);
    const settings = {
      hiddenProfiles: () => [],
      production: () => [],
      onDidChange: preferences.onDidChange,
    };
    const without = new Connections({ files, env: {}, memory, settings });
    assert.deepEqual(await without.profiles(), []);
  });

  test('production is told by the setting’s patterns, and a change of settings is told', () => {
    const { connections, preferences } = world({});
    const told = listen(connections);
    assert.ok(!connections.isProduction({ profile: 'prod' }));
    preferences.patterns = ['prod*'];
    preferences.changed.fire();
    assert.ok(connections.isProduction({ profile: 'prod' }));
    assert.equal(told.count, 1);
  });

  test('settings come from the files as they are now', async () => {
    const { connections, files } = world({ config: three });
    const connection = { profile: 'b', region: 'us-east-1' };
    assert.deepEqual((await connections.settingsFor(connection)).endpoints, {});
    files.texts = { config: '[profile b]\nendpoint_url = http://127.0.0.1:1\n', problems: [] };
    files.changed.fire();
    assert.equal((await connections.settingsFor(connection)).endpoints.ssm, 'http://127.0.0.1:1');
  });

  test('nothing is told after disposal', () => {
    const { connections, files, preferences } = world({});
    const told = listen(connections);
    connections.dispose();
    files.changed.fire();
    preferences.changed.fire();
    assert.equal(told.count, 0);
  });
});

const three =
  '[default]\nregion = eu-west-1\n[profile b]\nregion = eu-west-2\n[profile c]\nrole_arn = r\n';

class FilesFake {
  readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  texts: AwsFileTexts;
  failure: Error | undefined;
  reads = 0;

  constructor(texts: Partial<AwsFileTexts>) {
    this.texts = { problems: [], ...texts };
  }

  read(): Promise<AwsFileTexts> {
    this.reads += 1;
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.texts);
  }
}

class PreferencesFake {
  readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  hidden: readonly string[] = [];
  patterns: readonly string[] = [];
  instance = false;

  hiddenProfiles(): readonly string[] {
    return this.hidden;
  }

  production(): readonly string[] {
    return this.patterns;
  }

  instanceRole(): boolean {
    return this.instance;
  }
}

class MemoryFake implements Memory {
  readonly items = new Map<string, unknown>();

  readonly get: Memory['get'] = (key) => this.items.get(key);

  update(key: string, value: unknown): Promise<void> {
    this.items.set(key, structuredClone(value));
    return Promise.resolve();
  }
}

interface World {
  readonly connections: Connections;
  readonly files: FilesFake;
  readonly preferences: PreferencesFake;
  readonly memory: MemoryFake;
}

function world(
  texts: Partial<AwsFileTexts>,
  env: Readonly<Record<string, string>> = {},
  memory = new MemoryFake(),
): World {
  const files = new FilesFake(texts);
  const preferences = new PreferencesFake();
  const connections = new Connections({ files, env, memory, settings: preferences });
  return { connections, files, preferences, memory };
}

function activeOf(
  config: string,
  env: Readonly<Record<string, string>> = {},
): ReturnType<Connections['active']> {
  return world({ config }, env).connections.active();
}

function ids(profiles: readonly { readonly id: string }[]): readonly string[] {
  return profiles.map(({ id }) => id);
}

function listen(connections: Connections): { count: number } {
  const told = { count: 0 };
  connections.onDidChange(() => (told.count += 1));
  return told;
}
