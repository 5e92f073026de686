import assert from 'node:assert/strict';
import fc from 'fast-check';

import type { Page, ParameterFilter, SecretFilter } from '../../../src/core/ports.ts';
import { matchesLoaded, type FilterKind } from '../../../src/core/resourceFilter.ts';
import type { Resource } from '../../../src/core/resources.ts';
import { parameterQuery, secretQuery } from '../../../src/explorer/model/queries.ts';
import type { ViewOptions } from '../../../src/explorer/model/viewOptions.ts';
import { memoryParameter, MemoryParameterStore } from '../../fakes/memoryParameterStore.ts';
import { memorySecret, MemorySecretStore } from '../../fakes/memorySecretStore.ts';
import { ireland } from './fakes.ts';

const { signal } = new AbortController();

suite('queries', () => {
  suite('what is asked for a secrets’ folder', () => {
    const cases: readonly [FilterKind, string, string, readonly SecretFilter[] | 'nothing'][] = [
      ['name-prefix', 'prod', 'prod/db/', [{ key: 'name', values: ['prod/db/'] }]],
      ['name-prefix', 'prod/db/a', 'prod/', [{ key: 'name', values: ['prod/db/a'] }]],
      ['name-prefix', '/prod', '/prod/', [{ key: 'name', values: ['/prod/'] }]],
      ['name-prefix', 'prod', 'test/', 'nothing'],
      ['path', '/prod', 'prod/db/', [{ key: 'name', values: ['prod/db/'] }]],
      ['path', 'prod/db', 'prod/', [{ key: 'name', values: ['prod/db/'] }]],
      ['path', 'prod', 'production/', 'nothing'],
      ['path', '/', 'prod/', [{ key: 'name', values: ['prod/'] }]],
      ['name-contains', 'db', 'prod/', [{ key: 'name', values: ['prod/'] }]],
      ['loaded', 'db', 'prod/', [{ key: 'name', values: ['prod/'] }]],
      ['type', 'String', 'prod/', 'nothing'],
      [
        'tag',
        'team=pay',
        'prod/',
        [
          { key: 'name', values: ['prod/'] },
          { key: 'tag-key', values: ['team'] },
          { key: 'tag-value', values: ['pay'] },
        ],
      ],
      [
        'description',
        'billing',
        'prod/',
        [
          { key: 'name', values: ['prod/'] },
          { key: 'description', values: ['billing'] },
        ],
      ],
      [
        'all',
        'billing',
        'prod/',
        [
          { key: 'name', values: ['prod/'] },
          { key: 'all', values: ['billing'] },
        ],
      ],
    ];
    for (const [kind, text, folder, expected] of cases) {
      test(`with ${kind} “${text}” in ${folder}`, () => {
        const query = secretQuery(filtered(kind, text), folder);
        assert.deepEqual(query?.filters ?? 'nothing', expected);
      });
    }
  });

  suite('what is asked for a parameters’ folder', () => {
    const cases: readonly [FilterKind, string, string, readonly ParameterFilter[] | 'nothing'][] = [
      ['path', '/prod', '/prod/db/', [path('/prod/db')]],
      ['path', '/prod/db', '/prod/', [path('/prod/db')]],
      ['path', 'prod', '/production/', 'nothing'],
      ['path', '/', '/prod/', [path('/prod')]],
      ['loaded', 'db', '/prod/', [path('/prod')]],
      ['description', 'db', '/prod/', [path('/prod')]],
      [
        'name-prefix',
        'prod/db',
        '/prod/',
        [path('/prod'), { key: 'Name', option: 'BeginsWith', values: ['/prod/db'] }],
      ],
      [
        'name-contains',
        'db',
        '/prod/',
        [path('/prod'), { key: 'Name', option: 'Contains', values: ['db'] }],
      ],
      ['all', 'db', '/prod/', [path('/prod'), { key: 'Name', option: 'Contains', values: ['db'] }]],
      ['tag', 'team=pay', '/prod/', [path('/prod'), { key: 'tag:team', values: ['pay'] }]],
      ['tag', 'team', '/prod/', [path('/prod'), { key: 'tag:team' }]],
      [
        'type',
        'securestring',
        '/prod/',
        [path('/prod'), { key: 'Type', option: 'Equals', values: ['SecureString'] }],
      ],
      ['type', 'Blob', '/prod/', 'nothing'],
    ];
    for (const [kind, text, folder, expected] of cases) {
      test(`with ${kind} “${text}” in ${folder}`, () => {
        const query = parameterQuery(filtered(kind, text), folder);
        assert.deepEqual(query?.filters ?? 'nothing', expected);
      });
    }
  });

  test('without a filter the whole account is asked for without one', () => {
    assert.deepEqual(secretQuery(plain, '')?.filters, []);
    assert.deepEqual(parameterQuery(plain, ''), { filters: [] });
  });

  test('a folder shows exactly what the whole list shows below it, whatever the filter', async () => {
    await fc.assert(
      fc.asyncProperty(accounts, filters, folders, async (names, [kind, text], folder) => {
        const view = filtered(kind, text);
        for (const list of [secretLister(names, view), parameterLister(names, view)]) {
          const whole = await list('');
          const expected = whole.filter((name) => name.startsWith(folder));
          assert.deepEqual(await list(folder), expected);
        }
      }),
    );
  });

  test('secrets pending deletion are asked for only when they are to be shown', () => {
    assert.equal(secretQuery(plain, '')?.includePlannedDeletion, false);
    const shown = { ...plain, showPendingDeletion: true };
    assert.equal(secretQuery(shown, 'prod/')?.includePlannedDeletion, true);
  });

  test('pages come in the order in which they are shown', () => {
    assert.deepEqual(order('name'), ['name', undefined]);
    assert.deepEqual(order('changed'), ['last-changed-date', true]);
    assert.deepEqual(order('accessed'), ['last-accessed-date', true]);
  });
});

const plain: ViewOptions = { sort: 'name', showPendingDeletion: false };

function order(sort: ViewOptions['sort']): readonly unknown[] {
  const { sortBy, descending } = secretQuery({ ...plain, sort }, '') ?? {};
  return [sortBy, descending];
}

function filtered(kind: FilterKind, text: string): ViewOptions {
  return { ...plain, filter: { kind, text } };
}

function path(value: string): ParameterFilter {
  return { key: 'Path', option: 'Recursive', values: [value] };
}

const segment = fc.constantFrom('prod', 'pro', 'db', 'd');
const name = fc
  .tuple(fc.constantFrom('', '/'), fc.array(segment, { minLength: 1, maxLength: 3 }))
  .map(([slash, segments]) => slash + segments.join('/'));
const accounts = fc.uniqueArray(name, { maxLength: 12 });
const folders = fc.constantFrom('/prod/', 'prod/', '/prod/db/', 'pro/', 'prod/db/');
const filters = fc.tuple(
  fc.constantFrom<FilterKind>(
    'name-prefix',
    'name-contains',
    'path',
    'tag',
    'description',
    'type',
    'all',
    'loaded',
  ),
  fc.constantFrom('prod', '/prod', 'prod/d', 'db', '/', 'd', 'String', 'team', 'team=db'),
);

/** An account whose tags and descriptions go by the names' lengths, so that some match and some do not. */
function secretLister(names: readonly string[], view: ViewOptions): Lister {
  const store = new MemorySecretStore(
    ireland,
    names.map((each) => memorySecret(each, 'x', traits(each))),
  );
  return lister(view, async (folder, nextToken) => {
    const query = secretQuery(view, folder);
    return query
      ? store.list({ ...query, ...token(nextToken), pageSize: 3 }, signal)
      : { items: [] };
  });
}

function parameterLister(names: readonly string[], view: ViewOptions): Lister {
  const legal = names.filter((each) => each.startsWith('/') || !each.includes('/'));
  const unique = new Map(legal.map((each) => [each.replace(/^\/([^/]+)$/, '$1'), each]));
  const store = new MemoryParameterStore(
    ireland,
    Array.from(unique.values(), (each) => memoryParameter(each, 'x', traits(each))),
  );
  return lister(view, async (folder, nextToken) => {
    const query = parameterQuery(view, folder);
    return query
      ? store.list({ ...query, ...token(nextToken), pageSize: 3 }, signal)
      : { items: [] };
  });
}

function traits(each: string) {
  const tags = each.length % 2 === 0 ? [{ key: 'team', value: 'db' }] : [];
  return { tags, description: each.length % 3 === 0 ? 'prod d' : 'else' };
}

type Lister = (folder: string) => Promise<readonly string[]>;

/** All pages, narrowed by what AWS cannot apply, as the tree does it. */
function lister(
  { filter }: ViewOptions,
  page: (folder: string, nextToken: string | undefined) => Promise<Page<Resource>>,
): Lister {
  return async (folder) => {
    const found: Resource[] = [];
    let nextToken: string | undefined;
    do {
      const answer = await page(folder, nextToken);
      found.push(...answer.items);
      ({ nextToken } = answer);
    } while (nextToken !== undefined);
    return found
      .filter((resource) => !filter || matchesLoaded(filter, resource))
      .map((resource) => resource.name)
      .toSorted();
  };
}

function token(nextToken: string | undefined): { readonly nextToken?: string } {
  return nextToken === undefined ? {} : { nextToken };
}
