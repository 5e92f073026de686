import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { startProxy, type Proxy } from '../../faults/proxy.ts';
import {
  nameAt,
  perApplication,
  positionOfName,
  rangeOfPrefix,
} from '../../faults/synthetic/names.ts';
import { scan, union } from '../../faults/synthetic/scan.ts';
import { syntheticAccount, syntheticKey } from '../../sandbox/accounts.ts';
import { callJson, callRest, type Answered } from './calls.ts';

const sizes = { secrets: 2345, parameters: 1234 };
const names = Array.from({ length: sizes.secrets }, (_, position) => nameAt(position));
const parameterNames = names.slice(0, sizes.parameters).map((name) => `/${name}`);

suite('Synthetic accounts of the proxy', () => {
  let proxy: Proxy;

  suiteSetup(async () => {
    // Nothing listens there: a synthetic account must need no emulator.
    proxy = await startProxy({
      target: 'http://127.0.0.1:1',
      synthetic: { [syntheticAccount]: sizes },
    });
  });

  suiteTeardown(() => proxy.stop());

  const call = (service: string, operation: string, params: unknown): Promise<Answered> =>
    callJson(proxy.url, service, operation, params, { accessKeyId: syntheticKey.accessKeyId });

  async function allNames(service: string, operation: string, field: string, params: object) {
    const found: string[] = [];
    let NextToken: unknown;
    let calls = 0;
    do {
      const answer = await call(service, operation, {
        ...params,
        ...(NextToken === undefined ? {} : { NextToken }),
      });
      assert.equal(answer.status, 200, answer.text);
      const items = answer.json[field] as { readonly Name: string }[];
      found.push(...items.map((item) => item.Name));
      NextToken = answer.json['NextToken'];
      calls += 1;
    } while (NextToken !== undefined);
    return { found, calls };
  }

  const secrets = (params: object) =>
    allNames('secretsmanager', 'ListSecrets', 'SecretList', params);
  const parameters = (params: object) =>
    allNames('ssm', 'DescribeParameters', 'Parameters', params);

  test('the pages hold every secret once, in the order of the names, and the last has no token', async () => {
    const { found, calls } = await secrets({ MaxResults: 100, SortBy: 'name', SortOrder: 'asc' });
    assert.deepEqual(found, names);
    assert.equal(calls, Math.ceil(sizes.secrets / 100));
  });

  test('a full last page has no token', async () => {
    const Filters = [{ Key: 'name', Values: ['app-0001/dev/auth/'] }];
    const { found, calls } = await secrets({ Filters, MaxResults: 10 });
    assert.equal(found.length, 10);
    assert.equal(calls, 1);
  });

  test('descending is ascending backwards', async () => {
    const { found } = await secrets({ MaxResults: 97, SortBy: 'name', SortOrder: 'desc' });
    assert.deepEqual(found, names.toReversed());
  });

  const secretFilters: readonly (readonly [string, string[], (name: string) => boolean])[] = [
    ['name', ['app-0002/prod'], (name) => name.startsWith('app-0002/prod')],
    [
      'name',
      ['app-0002', 'app-0001/dev/p', 'app-0001/dev/pa'],
      (name) => name.startsWith('app-0002') || name.startsWith('app-0001/dev/p'),
    ],
    ['name', ['!app-0001'], (name) => !name.startsWith('app-0001')],
    ['name', ['nothing'], () => false],
    ['tag-value', ['prod'], (name) => name.split('/')[1] === 'prod'],
    ['tag-value', ['!prod'], (name) => name.split('/')[1] !== 'prod'],
    ['tag-key', ['Env'], () => true],
    ['tag-key', ['env'], () => false],
    ['all', ['Payments API'], (name) => name.endsWith('/payments/api-key')],
    ['all', ['payments', 'ledger'], (name) => /\/(payments|ledger)\//.test(name)],
    ['description', ['smtp'], (name) => name.endsWith('/smtp')],
    ['owning-service', ['rds'], () => false],
  ];
  for (const [Key, Values, expected] of secretFilters) {
    test(`secrets by ${Key} ${Values.join(' or ')} are exactly those`, async () => {
      const { found } = await secrets({ Filters: [{ Key, Values }], MaxResults: 100 });
      assert.deepEqual(
        found,
        names.filter((name) => expected(name)),
      );
    });
  }

  const parameterFilters: readonly (readonly [object, (name: string) => boolean])[] = [
    [
      { Key: 'Name', Option: 'BeginsWith', Values: ['/app-0001/staging'] },
      (name) => name.startsWith('/app-0001/staging'),
    ],
    [
      { Key: 'Name', Values: ['/app-0001/dev/auth/smtp'] },
      (name) => name === '/app-0001/dev/auth/smtp',
    ],
    [{ Key: 'Name', Option: 'Contains', Values: ['ledg'] }, (name) => name.includes('ledg')],
    [
      { Key: 'Name', Option: 'Contains', Values: ['dev/cart/q', 'jwt'] },
      (name) => name.includes('dev/cart/q') || name.includes('jwt'),
    ],
    [
      { Key: 'Path', Option: 'Recursive', Values: ['/app-0001/prod'] },
      (name) => name.startsWith('/app-0001/prod/'),
    ],
    [
      { Key: 'Path', Option: 'OneLevel', Values: ['/app-0001/prod/auth'] },
      (name) => name.startsWith('/app-0001/prod/auth/'),
    ],
    [{ Key: 'Path', Option: 'OneLevel', Values: ['/app-0001'] }, () => false],
    [{ Key: 'Type', Values: ['StringList'] }, (name) => name.endsWith('/smtp')],
    [{ Key: 'tag:Environment', Values: ['test'] }, (name) => name.split('/')[2] === 'test'],
    [{ Key: 'Tier', Values: ['Advanced'] }, () => false],
  ];
  for (const [filter, expected] of parameterFilters) {
    test(`parameters by ${JSON.stringify(filter)} are exactly those`, async () => {
      const { found } = await parameters({ ParameterFilters: [filter], MaxResults: 50 });
      assert.deepEqual(
        found,
        parameterNames.filter((name) => expected(name)),
      );
    });
  }

  test('the pages hold every parameter once and are as large as asked for', async () => {
    const { found, calls } = await parameters({ MaxResults: 50 });
    assert.deepEqual(found, parameterNames);
    assert.equal(calls, Math.ceil(sizes.parameters / 50));
  });

  test('a token of one query is no token of another', async () => {
    const first = await call('secretsmanager', 'ListSecrets', { MaxResults: 1 });
    const { NextToken } = first.json;
    const other = await call('secretsmanager', 'ListSecrets', { NextToken, SortBy: 'name' });
    assert.equal(other.json['__type'], 'InvalidNextTokenException');
    const made = await call('ssm', 'DescribeParameters', { NextToken: 'made up' });
    assert.equal(made.json['__type'], 'InvalidNextToken');
  });

  for (const MaxResults of [0, 101, 'ten']) {
    test(`a page of ${MaxResults} secrets is refused`, async () => {
      const answer = await call('secretsmanager', 'ListSecrets', { MaxResults });
      assert.equal(answer.json['__type'], 'ValidationException');
    });
  }

  test('a secret is described and read by name and by ARN', async () => {
    const byName = await call('secretsmanager', 'DescribeSecret', { SecretId: names[1000] });
    const { ARN, Name } = byName.json;
    assert.equal(Name, names[1000]);
    const value = await call('secretsmanager', 'GetSecretValue', { SecretId: ARN });
    assert.match(String(value.json['SecretString']), /not-a-secret-1000/);
  });

  test('what the account does not hold is not found', async () => {
    const secret = await call('secretsmanager', 'DescribeSecret', {
      SecretId: nameAt(sizes.secrets),
    });
    assert.equal(secret.json['__type'], 'ResourceNotFoundException');
    const Name = `/${nameAt(sizes.parameters)}`;
    const parameter = await call('ssm', 'GetParameter', { Name });
    assert.equal(parameter.json['__type'], 'ParameterNotFound');
  });

  test('no value is in a list', async () => {
    const listed = await call('secretsmanager', 'ListSecrets', { MaxResults: 100 });
    const described = await call('ssm', 'DescribeParameters', { MaxResults: 50 });
    assert.ok(!listed.text.includes('not-a-secret'));
    assert.ok(!described.text.includes('not-a-secret'));
  });

  test('sizes are set over HTTP, and nonsense is refused', async () => {
    const other = await startProxy({ target: 'http://127.0.0.1:1' });
    try {
      const path = '/_proxy/synthetic';
      const bad = await callRest(other.url, 'POST', path, { params: { [syntheticAccount]: 5 } });
      assert.equal(bad.status, 400);
      await callRest(other.url, 'POST', path, {
        params: { [syntheticAccount]: { secrets: 2, parameters: 0 } },
      });
      const answer = await callJson(
        other.url,
        'secretsmanager',
        'ListSecrets',
        {},
        {
          accessKeyId: syntheticKey.accessKeyId,
        },
      );
      assert.equal((answer.json['SecretList'] as unknown[]).length, 2);
    } finally {
      await other.stop();
    }
  });
});

suite('Names of synthetic items', () => {
  const count = 500_000;
  const position = fc.nat({ max: count - 1 });

  test('half a million names are in order and different', () => {
    let before = '';
    for (let index = 0; index < count; index++) {
      const name = nameAt(index);
      assert.ok(before < name, `${before} < ${name}`);
      before = name;
    }
  });

  test('a name leads back to its position', () => {
    fc.assert(
      fc.property(position, (index) => {
        assert.equal(positionOfName(nameAt(index), count), index);
      }),
    );
  });

  test('the range of a prefix holds the names that begin with it and ends where they end', () => {
    fc.assert(
      fc.property(position, fc.nat({ max: 40 }), (index, length) => {
        const prefix = nameAt(index).slice(0, length);
        const { start, end } = rangeOfPrefix(prefix, count);
        assert.ok(start <= index && index < end);
        assert.ok(nameAt(start).startsWith(prefix) && nameAt(end - 1).startsWith(prefix));
        assert.ok(start === 0 || !nameAt(start - 1).startsWith(prefix));
        assert.ok(end === count || !nameAt(end).startsWith(prefix));
      }),
    );
  });

  test('an application is a thousand names', () => {
    assert.equal(perApplication, 1000);
    assert.deepEqual(rangeOfPrefix('app-0007/', count), { start: 6000, end: 7000 });
  });

  test('pages of any size over any ranges give each match once, in order', () => {
    const range = fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 20 })).map(([start, length]) => ({
      start,
      end: start + length,
    }));
    fc.assert(
      fc.property(
        fc.array(range, { maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        (ranges, size, divisor, descending) => {
          const matches = (index: number) => index % divisor === 0;
          const found: number[] = [];
          let from: number | undefined = 0;
          while (from !== undefined) {
            const page = scan(union(ranges), matches, { from, size, descending });
            assert.ok(page.positions.length <= size);
            found.push(...page.positions);
            from = page.next;
          }
          const expected = Array.from({ length: 90 }, (_, index) => index).filter(
            (index) =>
              matches(index) && ranges.some(({ start, end }) => start <= index && index < end),
          );
          assert.deepEqual(found, descending ? expected.toReversed() : expected);
        },
      ),
    );
  });
});
