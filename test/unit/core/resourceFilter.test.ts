import assert from 'node:assert/strict';

import {
  describeFilter,
  filterProblem,
  matchesLoaded,
  parameterFilters,
  secretFilters,
} from '../../../src/core/resourceFilter.ts';
import type { FilterKind, ResourceFilter } from '../../../src/core/resourceFilter.ts';
import { parameter, secret } from '../commands/fakeServices.ts';

interface Row {
  readonly filter: ResourceFilter;
  readonly secrets: ReturnType<typeof secretFilters>;
  readonly parameters: ReturnType<typeof parameterFilters>;
}

const rows: readonly Row[] = [
  {
    filter: { kind: 'name-prefix', text: 'prod/' },
    secrets: [{ key: 'name', values: ['prod/', '/prod/'] }],
    parameters: [{ key: 'Name', option: 'BeginsWith', values: ['/prod/'] }],
  },
  {
    filter: { kind: 'name-prefix', text: ' /prod ' },
    secrets: [{ key: 'name', values: ['prod', '/prod'] }],
    parameters: [{ key: 'Name', option: 'BeginsWith', values: ['/prod'] }],
  },
  {
    filter: { kind: 'name-prefix', text: 'api' },
    secrets: [{ key: 'name', values: ['api', '/api'] }],
    parameters: [{ key: 'Name', option: 'BeginsWith', values: ['api', '/api'] }],
  },
  {
    filter: { kind: 'name-contains', text: 'db' },
    secrets: [],
    parameters: [{ key: 'Name', option: 'Contains', values: ['db'] }],
  },
  {
    filter: { kind: 'name-contains', text: 'rds!' },
    secrets: [],
    parameters: 'none',
  },
  {
    filter: { kind: 'path', text: 'prod/payments/' },
    secrets: [{ key: 'name', values: ['prod/payments/', '/prod/payments/'] }],
    parameters: [{ key: 'Path', option: 'Recursive', values: ['/prod/payments'] }],
  },
  { filter: { kind: 'path', text: '/' }, secrets: [], parameters: [] },
  {
    filter: { kind: 'tag', text: 'team' },
    secrets: [{ key: 'tag-key', values: ['team'] }],
    parameters: [{ key: 'tag:team' }],
  },
  {
    filter: { kind: 'tag', text: 'team = pay=ments' },
    secrets: [
      { key: 'tag-key', values: ['team'] },
      { key: 'tag-value', values: ['pay=ments'] },
    ],
    parameters: [{ key: 'tag:team', values: ['pay=ments'] }],
  },
  {
    filter: { kind: 'description', text: 'Card data' },
    secrets: [{ key: 'description', values: ['Card data'] }],
    parameters: [],
  },
  {
    filter: { kind: 'type', text: 'securestring' },
    secrets: 'none',
    parameters: [{ key: 'Type', option: 'Equals', values: ['SecureString'] }],
  },
  {
    filter: { kind: 'all', text: 'payments' },
    secrets: [{ key: 'all', values: ['payments'] }],
    parameters: [{ key: 'Name', option: 'Contains', values: ['payments'] }],
  },
  {
    filter: { kind: 'all', text: 'two words' },
    secrets: [{ key: 'all', values: ['two words'] }],
    parameters: 'none',
  },
  { filter: { kind: 'loaded', text: 'ü' }, secrets: [], parameters: [] },
];

suite('resourceFilter', () => {
  for (const { filter, secrets, parameters } of rows) {
    test(`${filter.kind} “${filter.text}” asks AWS what AWS can answer`, () => {
      assert.deepEqual(secretFilters(filter), secrets);
      assert.deepEqual(parameterFilters(filter), parameters);
    });
  }

  test('a prefix and a path match with and without the slash in front', () => {
    for (const text of ['prod/pay', '/prod/pay']) {
      const filter: ResourceFilter = { kind: 'name-prefix', text };
      assert.ok(matchesLoaded(filter, secret('prod/payments')));
      assert.ok(matchesLoaded(filter, parameter('/prod/payments')));
      assert.ok(!matchesLoaded(filter, secret('x/prod/payments')));
      assert.ok(!matchesLoaded({ kind: 'path', text }, secret('prod/payments')));
      assert.ok(matchesLoaded({ kind: 'path', text }, secret('prod/pay/a')));
    }
    assert.ok(matchesLoaded({ kind: 'path', text: '/' }, parameter('x')));
  });

  test('a part of the name matches whatever its case', () => {
    assert.ok(matchesLoaded({ kind: 'loaded', text: 'PAY' }, secret('prod/payments')));
    assert.ok(!matchesLoaded({ kind: 'loaded', text: 'pax' }, secret('prod/payments')));
    assert.ok(matchesLoaded({ kind: 'name-contains', text: 'pay' }, secret('prod/payments')));
    assert.ok(!matchesLoaded({ kind: 'name-contains', text: 'pax' }, secret('prod/payments')));
  });

  test('a tag is compared as a whole, key and value on the same tag', () => {
    const tagged = {
      ...secret('a'),
      tags: [
        { key: 'team', value: 'payments' },
        { key: 'env', value: 'prod' },
      ],
    };
    assert.ok(matchesLoaded({ kind: 'tag', text: 'team' }, tagged));
    assert.ok(matchesLoaded({ kind: 'tag', text: 'team=payments' }, tagged));
    assert.ok(!matchesLoaded({ kind: 'tag', text: 'team=prod' }, tagged));
    assert.ok(!matchesLoaded({ kind: 'tag', text: 'tea' }, tagged));
    assert.ok(matchesLoaded({ kind: 'tag', text: 'team' }, parameter('/a')));
  });

  test('a description is looked for among loaded parameters and left to AWS for secrets', () => {
    const described = { ...parameter('/a'), description: 'Card data' };
    assert.ok(matchesLoaded({ kind: 'description', text: 'card' }, described));
    assert.ok(!matchesLoaded({ kind: 'description', text: 'cart' }, described));
    assert.ok(!matchesLoaded({ kind: 'description', text: 'card' }, parameter('/a')));
    assert.ok(matchesLoaded({ kind: 'description', text: 'card' }, secret('a')));
  });

  test('a type matches parameters of that type and no secret', () => {
    const filter: ResourceFilter = { kind: 'type', text: 'SecureString' };
    assert.ok(matchesLoaded(filter, { ...parameter('/a'), type: 'SecureString' }));
    assert.ok(!matchesLoaded(filter, parameter('/a')));
    assert.ok(!matchesLoaded(filter, secret('a')));
  });

  test('words are left to AWS for secrets and mean the name for parameters', () => {
    assert.ok(matchesLoaded({ kind: 'all', text: 'zzz' }, secret('a')));
    assert.ok(!matchesLoaded({ kind: 'all', text: 'zzz' }, parameter('/a')));
    assert.ok(matchesLoaded({ kind: 'all', text: 'A' }, parameter('/a')));
  });

  test('a text that AWS would refuse is refused with the reason', () => {
    const problems: readonly (readonly [FilterKind, string, RegExp])[] = [
      ['name-prefix', ' ', /Type what to look for/],
      ['name-prefix', '!prod', /AWS reads “!”/],
      ['name-prefix', 'pröd', /letters without accents/],
      ['all', 'a'.repeat(512), /less than 512/],
      ['description', 'a*b', /letters without accents/],
      ['tag', '=prod', /key before/],
      ['tag', `${'k'.repeat(129)}=v`, /at most 128/],
      ['tag', 'team=a*', /letters without accents/],
      ['type', 'Secret', /String, StringList, SecureString/],
      ['name-contains', 'a'.repeat(1025), /at most 1024/],
    ];
    for (const [kind, text, problem] of problems) {
      assert.match(filterProblem(kind, text) ?? '', problem, `${kind} ${text}`);
    }
  });

  test('a text that AWS takes has no problem', () => {
    const texts: readonly (readonly [FilterKind, string])[] = [
      ['name-prefix', 'rds!cluster-1'],
      ['path', '/prod/payments'],
      ['tag', 'aws:cloudformation:stack-name=a@b+c'],
      ['description', 'two words'],
      ['type', 'stringlist'],
      ['all', 'a'.repeat(511)],
      ['name-contains', 'ü'],
      ['loaded', 'ü!'],
    ];
    for (const [kind, text] of texts) {
      assert.equal(filterProblem(kind, text), undefined, `${kind} ${text}`);
    }
  });

  test('the filter is told in the words that were typed', () => {
    assert.equal(describeFilter({ kind: 'name-prefix', text: ' prod/' }), 'prefix prod/');
    assert.equal(describeFilter({ kind: 'path', text: 'prod/a/' }), 'path /prod/a/');
    assert.equal(describeFilter({ kind: 'path', text: '/' }), 'path /');
    assert.equal(describeFilter({ kind: 'type', text: 'string' }), 'type String');
  });
});
