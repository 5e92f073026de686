import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { AwsConfigFiles } from '../../../src/ui/awsConfigFiles.ts';

suite('AWS config files', () => {
  const files: AwsConfigFiles[] = [];
  let home = '';

  setup(async () => {
    home = await mkdtemp(join(tmpdir(), 'aws-config-files-'));
    await mkdir(join(home, '.aws'));
  });

  teardown(async () => {
    for (const item of files.splice(0)) {
      item.dispose();
    }
    await rm(home, { recursive: true, force: true });
  });

  function open(env: Readonly<Record<string, string>> = {}): AwsConfigFiles {
    const opened = new AwsConfigFiles({ HOME: home, ...env });
    files.push(opened);
    return opened;
  }

  test('the files are found in the home folder, and missing ones are no problem', async () => {
    assert.deepEqual(await open().read(), { problems: [] });
    await writeFile(join(home, '.aws', 'config'), 'c');
    assert.deepEqual(await open().read(), { config: 'c', problems: [] });
    await writeFile(join(home, '.aws', 'credentials'), '');
    assert.deepEqual(await open().read(), { config: 'c', credentials: '', problems: [] });
  });

  test('the home folder is HOME, then USERPROFILE, then HOMEDRIVE with HOMEPATH', async () => {
    await writeFile(join(home, '.aws', 'config'), 'c');
    const nowhere = join(home, 'nowhere');
    for (const [env, found] of [
      [{ HOME: home, USERPROFILE: nowhere }, 'c'],
      [{ HOME: '', USERPROFILE: home, HOMEPATH: nowhere }, 'c'],
      [{ HOME: '', HOMEDRIVE: '', HOMEPATH: home }, 'c'],
      [{ HOME: nowhere, USERPROFILE: home }, undefined],
    ] as const) {
      assert.equal((await open(env).read()).config, found);
    }
  });

  test('the variables name other files, ~/ being the home folder', async () => {
    await writeFile(join(home, 'mine'), 'c');
    await writeFile(join(home, 'keys'), 'k');
    const env = {
      AWS_CONFIG_FILE: '~/mine',
      AWS_SHARED_CREDENTIALS_FILE: join(home, 'keys'),
    };
    assert.deepEqual(await open(env).read(), { config: 'c', credentials: 'k', problems: [] });
  });

  test('a folder, a device and an endless file are told, and the other file is read', async () => {
    await writeFile(join(home, '.aws', 'credentials'), 'k');
    const folder = join(home, '.aws');
    assert.deepEqual(await open({ AWS_CONFIG_FILE: folder }).read(), {
      credentials: 'k',
      problems: [`${folder} is a folder. AWS needs a file there.`],
    });
    const large = join(home, 'large');
    await writeFile(large, Buffer.alloc(16 * 1024 * 1024 + 1));
    const special = process.platform === 'win32' ? [] : ['/dev/zero'];
    for (const path of [large, ...special]) {
      assert.deepEqual(await open({ AWS_CONFIG_FILE: path }).read(), {
        credentials: 'k',
        problems: [`${path} is not a regular file of at most 16 MB, so it was not read.`],
      });
    }
  });

  test('a pipe that nobody writes to is told instead of waited for', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const pipe = join(home, 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    const { problems } = await open({ AWS_CONFIG_FILE: pipe }).read();
    assert.deepEqual(problems, [
      `${pipe} is not a regular file of at most 16 MB, so it was not read.`,
    ]);
  });

  test('a file without the right to read it is told', async function () {
    const path = join(home, '.aws', 'config');
    await writeFile(path, 'c');
    await chmod(path, 0);
    await chmod(home, 0o755);
    if (process.platform === 'win32') {
      this.skip();
    }
    // Root may read everything, so it steps down to a user who may not.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) {
      process.seteuid?.(65_534);
    }
    try {
      assert.deepEqual(await open().read(), {
        problems: [
          `${path} may not be read: permission denied. Give your user the right to read it.`,
        ],
      });
    } finally {
      if (isRoot) {
        process.seteuid?.(0);
      }
    }
  });

  test('a file below something that is no folder is told with the reason', async () => {
    await writeFile(join(home, 'file'), '');
    const path = join(home, 'file', 'config');
    const { problems } = await open({ AWS_CONFIG_FILE: path }).read();
    const missingOnWindows = process.platform === 'win32';
    assert.deepEqual(problems, missingOnWindows ? [] : [`${path} could not be read (ENOTDIR).`]);
  });

  for (const [title, change] of [
    ['an edit', () => writeFile(join(home, '.aws', 'config'), 'edited')],
    [
      'a replacement by renaming',
      async () => {
        const fresh = join(home, '.aws', 'config.tmp');
        await writeFile(fresh, 'edited');
        await rename(fresh, join(home, '.aws', 'config'));
      },
    ],
    ['a file made later', () => writeFile(join(home, '.aws', 'credentials'), 'made')],
    ['a deletion', () => rm(join(home, '.aws', 'config'))],
  ] as const) {
    test(`${title} is told once, within two seconds`, async () => {
      await writeFile(join(home, '.aws', 'config'), 'before');
      const opened = open();
      await opened.read();
      const told = counter(opened);
      await change();
      const start = performance.now();
      await told.first;
      assert.ok(performance.now() - start < 2000);
      assert.notDeepEqual(await opened.read(), { config: 'before', problems: [] });
      await pause(800);
      assert.equal(told.count, 1);
    });
  }

  test('a folder of AWS files made later is noticed', async () => {
    await rm(join(home, '.aws'), { recursive: true });
    const opened = open();
    await opened.read();
    const told = counter(opened);
    await mkdir(join(home, '.aws'));
    await writeFile(join(home, '.aws', 'config'), 'made');
    await told.first;
    assert.equal((await opened.read()).config, 'made');
  });

  test('nothing is told when nothing changed, files missing or not', async () => {
    await writeFile(join(home, '.aws', 'config'), 'same');
    const opened = open();
    const told = counter(opened);
    await opened.read();
    await opened.read();
    await pause(1500);
    assert.equal(told.count, 0);
  });

  test('nothing is told before the first reading or after disposal', async () => {
    const unread = open();
    const disposed = open();
    await disposed.read();
    const told = [counter(unread), counter(disposed)];
    disposed.dispose();
    told.push(counter(disposed));
    await disposed.read();
    await writeFile(join(home, '.aws', 'config'), 'edited');
    await pause(1500);
    assert.deepEqual(
      told.map(({ count }) => count),
      [0, 0, 0],
    );
  });
});

interface Counter {
  readonly count: number;
  readonly first: Promise<void>;
}

function counter(files: AwsConfigFiles): Counter {
  let notice = 0;
  const first = new Promise<void>((resolve) => {
    files.onDidChange(() => {
      notice += 1;
      resolve();
    });
  });
  return {
    first,
    get count() {
      return notice;
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
