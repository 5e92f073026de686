import assert from 'node:assert/strict';
import fc from 'fast-check';

import { compareText, folderChain, folderView } from '../../../src/explorer/model/folders.ts';

suite('folders', () => {
  test('every item stands in exactly one folder, which its chain names', () => {
    fc.assert(
      fc.property(names, (given) => {
        const items = [...new Set(given)].map((name) => ({ name }));
        const places = walk(items, '', []);
        assert.equal(places.length, items.length);
        for (const { name, chain } of places) {
          assert.deepEqual(chain, folderChain(name));
        }
      }),
    );
  });

  test('a folder counts what lies below it at any depth', () => {
    fc.assert(
      fc.property(names, (given) => {
        const items = given.map((name) => ({ name }));
        for (const { prefix, count } of folderView(items, '').folders) {
          assert.equal(count, items.filter(({ name }) => below(name, prefix)).length);
        }
      }),
    );
  });

  test('a folder’s label is its own segment, and folders are sorted by it', () => {
    const view = folderView([{ name: 'b/x/y' }, { name: 'a/z' }, { name: 'top' }], '');
    assert.deepEqual(view.folders, [
      { prefix: 'a/', label: 'a', count: 1 },
      { prefix: 'b/', label: 'b', count: 1 },
    ]);
    assert.deepEqual(view.items, [{ name: 'top' }]);
    assert.deepEqual(folderView([{ name: 'b/x/y' }], 'b/').folders, [
      { prefix: 'b/x/', label: 'x', count: 1 },
    ]);
  });

  test('a leading slash belongs to the first folder, and is left out of its label', () => {
    assert.deepEqual(folderChain('/prod/payments/db'), ['/prod/', '/prod/payments/']);
    assert.equal(folderView([{ name: '/prod/db' }], '').folders[0]?.label, 'prod');
    assert.deepEqual(folderChain('/db'), []);
  });

  test('`prod/` and `/prod/` are two folders, told apart by the slash', () => {
    const { folders } = folderView([{ name: 'prod/a' }, { name: '/prod/b' }], '');
    assert.deepEqual(
      folders.map(({ prefix, label }) => [prefix, label]),
      [
        ['/prod/', '/prod'],
        ['prod/', 'prod'],
      ],
    );
  });

  test('a folder between two slashes is shown as a slash', () => {
    assert.deepEqual(folderChain('a//b'), ['a/', 'a//']);
    assert.deepEqual(folderView([{ name: 'a//b' }], 'a/').folders, [
      { prefix: 'a//', label: '/', count: 1 },
    ]);
    assert.equal(folderView([{ name: '//b' }], '').folders[0]?.label, '/');
  });

  test('a trailing slash makes no folder of its own', () => {
    assert.deepEqual(folderChain('a/b/'), ['a/']);
    assert.deepEqual(folderView([{ name: 'a/b/' }], 'a/').items, [{ name: 'a/b/' }]);
    assert.deepEqual(folderView([{ name: 'a/' }], '').items, [{ name: 'a/' }]);
  });

  test('an item whose name is a folder’s stands beside the folder, not in it as well', () => {
    const items = [{ name: 'a/' }, { name: 'a/b' }];
    assert.deepEqual(folderView(items, '').items, [{ name: 'a/' }]);
    assert.deepEqual(folderView(items, 'a/').items, [{ name: 'a/b' }]);
  });

  test('an item and a folder may have the same name', () => {
    const view = folderView([{ name: 'db' }, { name: 'db/password' }], '');
    assert.equal(view.folders[0]?.prefix, 'db/');
    assert.deepEqual(view.items, [{ name: 'db' }]);
  });

  test('items keep the order in which they were given', () => {
    const items = ['c', 'a', 'b'].map((name) => ({ name }));
    assert.deepEqual(folderView(items, '').items, items);
  });

  test('text is compared by code unit, as Secrets Manager sorts names', () => {
    assert.deepEqual(['b', 'a', 'B', '_', '1', 'a'].toSorted(compareText), [
      '1',
      'B',
      '_',
      'a',
      'a',
      'b',
    ]);
  });
});

const names = fc.array(
  fc
    .array(fc.constantFrom('a', 'b', '/', '/', 'prod'), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.join('')),
  { maxLength: 12 },
);

function below(name: string, prefix: string): boolean {
  return folderChain(name).includes(prefix);
}

interface Named {
  readonly name: string;
}

/** Opens every folder, as a person would, and notes where each item turns up. */
function walk(
  items: readonly Named[],
  prefix: string,
  chain: readonly string[],
): readonly { readonly name: string; readonly chain: readonly string[] }[] {
  const view = folderView(items, prefix);
  return [
    ...view.items.map(({ name }) => ({ name, chain })),
    ...view.folders.flatMap((folder) => walk(items, folder.prefix, [...chain, folder.prefix])),
  ];
}
