import assert from 'node:assert/strict';

import { BackgroundIndex, type Indexed } from '../../../src/explorer/model/backgroundIndex.ts';
import { settled } from './fakes.ts';

suite('BackgroundIndex', () => {
  test('loads one page a second while the view is visible, until all is loaded', async () => {
    const { index, list, timers } = world([fakeListing(3)]);
    index.setVisible(true);
    assert.deepEqual(timers.waits, [1000]);
    for (let page = 1; page <= 3; page += 1) {
      await timers.elapse();
      assert.equal(list(0).loads, page);
      assert.equal(list(0).grown, page);
    }
    assert.equal(timers.pending, 0);
  });

  test('loads nothing while the view is hidden', async () => {
    const { index, list, timers } = world([fakeListing(3)]);
    index.wake();
    assert.equal(timers.pending, 0);
    index.setVisible(true);
    index.setVisible(false);
    assert.equal(timers.pending, 0);
    await timers.elapse();
    assert.equal(list(0).loads, 0);
  });

  test('leaves alone what was never opened, what failed, and what has reached the limit', () => {
    const { index, timers } = world([
      { ...fakeListing(3), isStarted: false },
      { ...fakeListing(3), error: new Error('Denied.') },
      { ...fakeListing(3), items: { length: 2000 } },
    ]);
    index.setVisible(true);
    assert.equal(timers.pending, 0);
  });

  test('a page that fails ends it', async () => {
    const failing = fakeListing(3);
    failing.onLoad = () => {
      failing.error = new Error('Throttled.');
    };
    const { index, timers } = world([failing]);
    index.setVisible(true);
    await timers.elapse();
    assert.equal(failing.loads, 1);
    assert.equal(timers.pending, 0);
  });

  test('the shortest list comes first', async () => {
    const { index, list, timers } = world([
      { ...fakeListing(2), items: { length: 500 } },
      { ...fakeListing(1), items: { length: 100 } },
    ]);
    index.setVisible(true);
    await timers.elapse();
    assert.deepEqual([list(0).loads, list(1).loads], [0, 1]);
    await timers.elapse();
    assert.deepEqual([list(0).loads, list(1).loads], [1, 1]);
  });

  test('being woken many times is being woken once', () => {
    const { index, timers } = world([fakeListing(3)]);
    index.setVisible(true);
    index.wake();
    index.wake();
    assert.equal(timers.pending, 1);
  });

  test('hiding and showing the view while a page loads does not double the pace', async () => {
    const slow = fakeListing(9);
    const gate = Promise.withResolvers<undefined>();
    slow.gate = gate.promise;
    const { index, timers } = world([slow]);
    index.setVisible(true);
    await timers.elapse();
    index.setVisible(false);
    index.setVisible(true);
    index.wake();
    assert.equal(timers.pending, 0);
    gate.resolve(undefined);
    await settled();
    assert.equal(timers.pending, 1);
  });

  test('after it is disposed nothing is loaded any more', async () => {
    const { index, list, timers } = world([fakeListing(3)]);
    index.setVisible(true);
    await timers.elapse();
    index.dispose();
    index.wake();
    await timers.elapse();
    assert.equal(list(0).loads, 1);
    assert.equal(timers.pending, 0);
  });
});

interface FakeListing {
  isStarted: boolean;
  isComplete: boolean;
  error: unknown;
  items: { length: number };
  pages: number;
  loads: number;
  grown: number;
  gate: Promise<undefined>;
  onLoad: () => void;
}

function fakeListing(pages: number): FakeListing {
  return {
    isStarted: true,
    isComplete: false,
    error: undefined,
    items: { length: 0 },
    pages,
    loads: 0,
    grown: 0,
    gate: Promise.resolve(undefined),
    onLoad: () => {},
  };
}

function world(listings: readonly FakeListing[]) {
  const timers = new FakeTimers();
  const pending = listings.map((listing): Indexed => ({
    listing: {
      get isStarted() {
        return listing.isStarted;
      },
      get isComplete() {
        return listing.isComplete;
      },
      get error() {
        return listing.error;
      },
      get items() {
        return listing.items;
      },
      async loadNext() {
        listing.loads += 1;
        listing.onLoad();
        await listing.gate;
        listing.isComplete = listing.loads === listing.pages;
      },
    },
    grew: () => {
      listing.grown += 1;
    },
  }));
  const index = new BackgroundIndex({
    pending: () => pending,
    limit: () => 2000,
    schedule: (run, milliseconds) => timers.schedule(run, milliseconds),
  });
  const list = (at: number): FakeListing => listings[at] ?? fakeListing(0);
  return { index, list, timers };
}

class FakeTimers {
  readonly waits: number[] = [];
  readonly #due = new Set<() => void>();

  get pending(): number {
    return this.#due.size;
  }

  schedule(run: () => void, milliseconds: number): { dispose(): void } {
    this.waits.push(milliseconds);
    this.#due.add(run);
    return { dispose: () => this.#due.delete(run) };
  }

  /** What is due runs, and what it starts comes as far as it can. */
  async elapse(): Promise<void> {
    const due = [...this.#due];
    this.#due.clear();
    for (const run of due) {
      run();
    }
    await settled();
  }
}
