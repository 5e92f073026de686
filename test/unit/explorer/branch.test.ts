import assert from 'node:assert/strict';

import type { Page } from '../../../src/core/ports.ts';
import type { Resource } from '../../../src/core/resources.ts';
import { UserError } from '../../../src/core/userError.ts';
import { Branch, type BranchOptions } from '../../../src/explorer/model/branch.ts';
import { parameter, secret } from './fakes.ts';

suite('Branch', () => {
  test('opening the branch costs one call, and opening it again none', async () => {
    const { branch, calls } = account(['a', 'b']);
    await branch.open('');
    await branch.open('');
    assert.deepEqual(calls, ['']);
  });

  test('a folder opened before the whole is complete costs one call for its prefix', async () => {
    const { branch, calls } = account(numbered('prod/', 300), { pageSize: 100 });
    await branch.open('');
    const view = await branch.open('prod/');
    assert.deepEqual(calls, ['', 'prod/']);
    assert.equal(view.items.length, 100);
  });

  test('once the whole is complete its folders cost nothing', async () => {
    const { branch, calls } = account(['prod/a', 'prod/b/c', 'top']);
    await branch.open('');
    assert.deepEqual(shown(await branch.open('prod/')), ['prod/b/', 'prod/a']);
    assert.deepEqual(shown(await branch.open('prod/b/')), ['prod/b/c']);
    assert.deepEqual(calls, ['']);
  });

  test('once a folder is complete the folders in it cost nothing', async () => {
    const { branch, calls } = account([...numbered('a/', 10), 'z/x/1', 'z/y/2'], { pageSize: 5 });
    await branch.open('');
    await branch.open('z/');
    await branch.open('z/x/');
    assert.deepEqual(calls, ['', 'z/']);
  });

  test('a folder that has one page only has no more to load', async () => {
    const { branch } = account(['prod/a', ...numbered('zz/', 10)], { pageSize: 3 });
    await branch.open('');
    assert.equal((await branch.open('prod/')).more, 0);
    assert.equal((await branch.open('')).more, 3);
  });

  test('more shows what is loaded already before it asks for another page', async () => {
    const { branch, calls } = account(numbered('', 6), { pageSize: 2 });
    await branch.open('');
    await branch.whole.loadNext();
    assert.equal((await branch.open('')).items.length, 2);
    await branch.more('');
    assert.equal((await branch.open('')).items.length, 4);
    assert.deepEqual(calls, ['', ' 2']);
    await branch.more('');
    assert.equal((await branch.open('')).items.length, 6);
    assert.deepEqual(calls, ['', ' 2', ' 4']);
  });

  test('more promises no more than what is hidden once everything is loaded', async () => {
    const { branch } = account(numbered('', 5), { pageSize: 2 });
    await branch.open('');
    while (!branch.whole.isComplete) {
      await branch.whole.loadNext();
    }
    await branch.more('');
    assert.deepEqual(await branch.open('').then(({ items, more }) => [items.length, more]), [4, 1]);
    await branch.more('');
    assert.deepEqual(await branch.open('').then(({ items, more }) => [items.length, more]), [5, 0]);
  });

  test('folders count as shown, so that a thousand folders come page by page too', async () => {
    const names = Array.from({ length: 5 }, (_, index) => `f${index}/x`);
    const { branch } = account([...names, 'top'], { pageSize: 100, shownPage: 3 });
    const view = await branch.open('');
    assert.deepEqual(shown(view), ['f0/', 'f1/', 'f2/']);
    await branch.more('');
    assert.deepEqual(shown(await branch.open('')), ['f0/', 'f1/', 'f2/', 'f3/', 'f4/', 'top']);
  });

  test('a failed page tells its error, keeps the rest, and retry goes on from there', async () => {
    const world = account(numbered('', 4), { pageSize: 2 });
    await world.branch.open('');
    const failure = new UserError('Too many requests.');
    world.failure = failure;
    await world.branch.more('');
    const failed = await world.branch.open('');
    assert.deepEqual([failed.items.length, failed.error, failed.more], [2, failure, 0]);
    world.failure = undefined;
    await world.branch.retry('');
    const healed = await world.branch.open('');
    assert.deepEqual([healed.items.length, healed.error, healed.more], [4, undefined, 0]);
    assert.deepEqual(world.calls, ['', ' 2', ' 2']);
  });

  test('a failed first page is not asked for again by opening, only by retry', async () => {
    const world = account(['a']);
    world.failure = new UserError('Denied.');
    await world.branch.open('');
    await world.branch.open('');
    assert.equal(world.calls.length, 1);
    world.failure = undefined;
    await world.branch.retry('');
    assert.deepEqual(shown(await world.branch.open('')), ['a']);
  });

  test('flat shows whole names in one list, and costs one call', async () => {
    const { branch, calls } = account(['b/x', 'a/y', 'top'], { layout: 'flat' });
    assert.deepEqual(shown(await branch.open('')), ['a/y', 'b/x', 'top']);
    assert.deepEqual(calls, ['']);
  });

  test('by name is by code unit; by change and by access the latest comes first, the unknown last', async () => {
    const items = [
      secret('old', { changedAt: 1, accessedAt: 30 }),
      secret('new', { changedAt: 3, accessedAt: 10 }),
      secret('never'),
      secret('Also never'),
    ];
    const order = async (sort: BranchOptions['sort']) =>
      shown(await account(items, { sort, layout: 'flat' }).branch.open(''));
    assert.deepEqual(await order('name'), ['Also never', 'never', 'new', 'old']);
    assert.deepEqual(await order('changed'), ['new', 'old', 'Also never', 'never']);
    assert.deepEqual(await order('accessed'), ['old', 'new', 'Also never', 'never']);
  });

  test('a parameter’s access is not told by AWS, so its last change stands in', async () => {
    const items = [parameter('/a', { changedAt: 1 }), parameter('/b', { changedAt: 2 })];
    const { branch } = account(items, { sort: 'accessed', layout: 'flat' });
    assert.deepEqual(shown(await branch.open('')), ['/b', '/a']);
  });

  test('what the filter does not match is not shown, nor are folders of such items', async () => {
    const { branch } = account(['prod/db', 'test/db', 'top'], {
      matches: ({ name }) => name.startsWith('prod'),
    });
    assert.deepEqual(shown(await branch.open('')), ['prod/']);
  });

  test('the same item in two listings is one loaded item', async () => {
    const { branch } = account(numbered('prod/', 4), { pageSize: 2 });
    await branch.open('');
    await branch.open('prod/');
    assert.deepEqual(
      Array.from(branch.loaded(), ({ name }) => name),
      ['prod/0', 'prod/1'],
    );
  });

  suite('an item that is put', () => {
    test('shows before any page has come, and after', async () => {
      const { branch } = account(numbered('', 10), { pageSize: 2 });
      branch.put(secret('9'));
      assert.deepEqual(shown(await branch.open('')), ['0', '1', '9']);
    });

    test('shows in its folder and brings the folder, though both lie behind what is shown', async () => {
      const { branch } = account(numbered('a', 5).concat(numbered('z/', 9)), { pageSize: 2 });
      await branch.open('');
      branch.put(secret('z/8'));
      assert.deepEqual(shown(await branch.open('')), ['z/', 'a0']);
      assert.deepEqual(shown(await branch.open('z/')), ['z/0', 'z/1', 'z/8']);
    });

    test('brings its folder, though that one lies behind the folders that are shown', async () => {
      const names = Array.from({ length: 5 }, (_, index) => `f${index}/x`);
      const { branch } = account(names, { shownPage: 2 });
      await branch.open('');
      branch.put(secret('f4/y'));
      assert.deepEqual(shown(await branch.open('')), ['f0/', 'f1/', 'f4/']);
    });

    test('shows although the filter does not match it: the person has asked for it by name', async () => {
      const { branch } = account(['a', 'b'], { matches: ({ name }) => name === 'a' });
      await branch.open('');
      branch.put(secret('b'));
      assert.deepEqual(shown(await branch.open('')), ['a', 'b']);
    });

    test('replaces what was loaded of it', async () => {
      const { branch } = account([secret('a', { description: 'old' })]);
      await branch.open('');
      branch.put(secret('a', { description: 'new' }));
      const { items } = await branch.open('');
      assert.deepEqual(
        items.map(({ description }) => description),
        ['new'],
      );
    });
  });

  suite('cancelling', () => {
    test('ends the folder’s request and those below it, and no other', async () => {
      const world = account(['a/x/1', 'b/2'], { hold: true });
      void world.branch.open('a/');
      void world.branch.open('a/x/');
      void world.branch.open('b/');
      assert.ok(world.branch.cancel('a/'));
      assert.deepEqual(
        world.signals.map(({ aborted }) => aborted),
        [true, true, false],
      );
    });

    test('tells when there was nothing to end', async () => {
      const { branch } = account(['a']);
      await branch.open('');
      assert.ok(!branch.cancel(''));
    });

    test('leaves a way to go on, and no error', async () => {
      const world = account(['a'], { hold: true, pageSize: 7 });
      const opening = world.branch.open('');
      world.branch.cancel('');
      world.release();
      assert.deepEqual(await opening, { folders: [], items: [], more: 7, error: undefined });
    });
  });
});

interface AccountOptions extends Partial<BranchOptions> {
  /** How many are shown at a time, where it is not the size of AWS's page. */
  readonly shownPage?: number;
  readonly hold?: boolean;
}

/** An account whose pages have `pageSize` items. `calls` notes prefix and token. */
function account(content: readonly (string | Resource)[], options: AccountOptions = {}) {
  const { pageSize = 100, shownPage = pageSize, hold = false, ...rest } = options;
  const resources = content
    .map((each) => (typeof each === 'string' ? secret(each) : each))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const gate = Promise.withResolvers<undefined>();
  const world = {
    calls: [] as string[],
    signals: [] as AbortSignal[],
    failure: undefined as Error | undefined,
    release: (): void => gate.resolve(undefined),
    branch: new Branch(
      async (prefix, nextToken, signal): Promise<Page<Resource>> => {
        world.calls.push(nextToken === undefined ? prefix : `${prefix} ${nextToken}`);
        world.signals.push(signal);
        if (hold) {
          await gate.promise;
        }
        if (world.failure) {
          throw world.failure;
        }
        const below = resources.filter(({ name }) => name.startsWith(prefix));
        const end = Number(nextToken ?? 0) + pageSize;
        const items = below.slice(end - pageSize, end);
        return end < below.length ? { items, nextToken: String(end) } : { items };
      },
      { layout: 'tree', sort: 'name', matches: () => true, ...rest, pageSize: shownPage },
    ),
  };
  return world;
}

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

function shown({
  folders,
  items,
}: {
  readonly folders: readonly { readonly prefix: string }[];
  readonly items: readonly Resource[];
}): readonly string[] {
  return [...folders.map(({ prefix }) => prefix), ...items.map(({ name }) => name)];
}
