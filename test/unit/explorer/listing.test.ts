import assert from 'node:assert/strict';
import fc from 'fast-check';

import type { Page } from '../../../src/core/ports.ts';
import { Cancelled, UserError } from '../../../src/core/userError.ts';
import { Listing } from '../../../src/explorer/model/listing.ts';

suite('Listing', () => {
  test('whatever the pages, what is listed is all of it, sorted, each item once', async () => {
    const item = fc.integer({ min: 0, max: 40 }).map((key) => ({ arn: `arn:${key}`, key }));
    const pages = fc.array(fc.array(item, { maxLength: 6 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(pages, async (given) => {
        const listing = new Listing(script(given).source, byKey);
        await complete(listing);
        const expected = [...new Set(given.flat().map(({ key }) => key))].toSorted((a, b) => a - b);
        assert.deepEqual(
          listing.items.map(({ key }) => key),
          expected,
        );
      }),
    );
  });

  test('one step asks for one page, and for more only while nothing new comes', async () => {
    const { source, tokens } = script([[one], [], [one], [two], [three]]);
    const listing = new Listing(source, byKey);
    await listing.loadNext();
    assert.deepEqual(tokens, [undefined]);
    await listing.loadNext();
    assert.deepEqual(tokens, [undefined, '1', '2', '3']);
    assert.deepEqual(listing.items, [one, two]);
    assert.ok(!listing.isComplete);
  });

  test('a step ends after 25 pages in a row without anything new, and the next one goes on', async () => {
    const { source, tokens } = script([...Array.from({ length: 30 }, () => []), [one]]);
    const listing = new Listing(source, byKey);
    await listing.loadNext();
    assert.equal(tokens.length, 25);
    assert.ok(listing.isStarted && !listing.isComplete && listing.error === undefined);
    await listing.loadNext();
    assert.deepEqual(listing.items, [one]);
    assert.equal(tokens.length, 31);
  });

  test('what is complete asks for nothing more', async () => {
    const { source, tokens } = script([[one]]);
    const listing = new Listing(source, byKey);
    await listing.loadNext();
    await listing.loadNext();
    assert.ok(listing.isComplete);
    assert.equal(tokens.length, 1);
  });

  test('an empty account is complete, without items', async () => {
    const listing = new Listing(script([[]]).source, byKey);
    await listing.loadNext();
    assert.deepEqual(
      [listing.items, listing.isStarted, listing.isComplete, listing.error],
      [[], true, true, undefined],
    );
  });

  test('a failed page keeps what was loaded and is asked for again at the same place', async () => {
    const failure = new UserError('Secrets Manager is not reachable.');
    const { source, tokens, plan } = script([[one], [two]]);
    const listing = new Listing(source, byKey);
    await listing.loadNext();
    plan(failure);
    await listing.loadNext();
    assert.equal(listing.error, failure);
    assert.deepEqual(listing.items, [one]);
    await listing.loadNext();
    assert.equal(listing.error, undefined);
    assert.deepEqual(listing.items, [one, two]);
    assert.deepEqual(tokens, [undefined, '1', '1']);
  });

  for (const name of ['InvalidNextTokenException', 'InvalidNextToken']) {
    test(`after ${name} the listing starts again, and nothing is listed twice`, async () => {
      const { source, tokens, plan } = script([[one], [two], [three]]);
      const listing = new Listing(source, byKey);
      await listing.loadNext();
      await listing.loadNext();
      const cause = Object.assign(new Error('expired'), { name });
      plan(new UserError('The list has expired.', { cause }));
      await listing.loadNext();
      assert.deepEqual(listing.items, [one, two]);
      assert.ok(listing.error instanceof UserError);
      await listing.loadNext();
      assert.deepEqual(listing.items, [one, two, three]);
      assert.deepEqual(tokens, [undefined, '1', '2', undefined, '1', '2']);
    });
  }

  test('steps asked for at the same time are one step', async () => {
    const { source, tokens } = script([[one], [two]]);
    const listing = new Listing(source, byKey);
    await Promise.all([listing.loadNext(), listing.loadNext(), listing.loadNext()]);
    assert.equal(tokens.length, 1);
    assert.ok(!listing.isLoading);
  });

  test('a cancelled page is not taken, is no failure, and is asked for again', async () => {
    const held = holding();
    const listing = new Listing(held.source, byKey);
    const loading = listing.loadNext();
    assert.ok(listing.isLoading);
    listing.cancel();
    assert.ok(held.signals[0]?.aborted);
    held.answer({ items: [one] });
    await loading;
    assert.deepEqual([listing.items, listing.isStarted, listing.error], [[], false, undefined]);
    const again = listing.loadNext();
    held.answer({ items: [two] });
    await again;
    assert.deepEqual(listing.items, [two]);
  });

  test('a step right after a cancelled one does not wait for it', async () => {
    const held = holding();
    const listing = new Listing(held.source, byKey);
    const first = listing.loadNext();
    listing.cancel();
    const second = listing.loadNext();
    assert.equal(held.signals.length, 2);
    assert.ok(held.signals[1]?.aborted === false);
    held.answer({ items: [one] }, 1);
    await second;
    held.answer({ items: [two] }, 0);
    await first;
    assert.deepEqual(listing.items, [one]);
    assert.ok(!listing.isLoading);
  });

  test('a sign-in that the person has declined is kept as the error, so that nothing asks again by itself', async () => {
    const { source, plan } = script([[one]]);
    const declined = new Cancelled();
    plan(declined);
    const listing = new Listing(source, byKey);
    await listing.loadNext();
    assert.equal(listing.error, declined);
    assert.ok(!listing.isStarted);
  });

  test('a failure that comes after the cancellation is not told', async () => {
    const held = holding();
    const listing = new Listing(held.source, byKey);
    const loading = listing.loadNext();
    listing.cancel();
    held.fail(new Error('socket closed'));
    await loading;
    assert.equal(listing.error, undefined);
  });

  test('an item that is put stands in its place, once, as it was put last', async () => {
    const { source } = script([[one, three], [two]]);
    const listing = new Listing(source, byKey);
    await listing.loadNext();
    listing.put(two);
    const changed = { ...one, key: 9 };
    listing.put(changed);
    assert.deepEqual(listing.items, [two, three, changed]);
    await complete(listing);
    assert.deepEqual(listing.items, [two, three, changed]);
  });

  test('an item that is removed is gone, and the rest stays in order', async () => {
    const listing = new Listing(script([[three, one, two]]).source, byKey);
    await listing.loadNext();
    listing.remove(two.arn);
    listing.remove('arn:unknown');
    assert.deepEqual(listing.items, [one, three]);
  });
});

interface Item {
  readonly arn: string;
  readonly key: number;
}

const one: Item = { arn: 'arn:1', key: 1 };
const two: Item = { arn: 'arn:2', key: 2 };
const three: Item = { arn: 'arn:3', key: 3 };

function byKey(a: Item, b: Item): number {
  return a.key - b.key;
}

async function complete(listing: Listing<Item>): Promise<void> {
  while (!listing.isComplete) {
    await listing.loadNext();
  }
}

/** Pages in their order; a token is its page's number. `plan` makes the next request fail. */
function script(pages: readonly (readonly Item[])[]) {
  const tokens: (string | undefined)[] = [];
  let planned: Error | undefined;
  return {
    tokens,
    plan: (failure: Error): void => {
      planned = failure;
    },
    source: async (nextToken: string | undefined): Promise<Page<Item>> => {
      tokens.push(nextToken);
      if (planned) {
        const failure = planned;
        planned = undefined;
        throw failure;
      }
      const at = Number(nextToken ?? 0);
      const items = pages[at] ?? [];
      return at + 1 < pages.length ? { items, nextToken: String(at + 1) } : { items };
    },
  };
}

/** Requests that wait until the test answers them, the latest unless told otherwise. */
function holding() {
  const signals: AbortSignal[] = [];
  const waiting: PromiseWithResolvers<Page<Item>>[] = [];
  return {
    signals,
    answer: (page: Page<Item>, at = waiting.length - 1): void => waiting[at]?.resolve(page),
    fail: (error: Error): void => waiting.at(-1)?.reject(error),
    source: (_: string | undefined, signal: AbortSignal): Promise<Page<Item>> => {
      const request = Promise.withResolvers<Page<Item>>();
      signals.push(signal);
      waiting.push(request);
      return request.promise;
    },
  };
}
