import assert from 'node:assert/strict';

import { DisposableStore } from '../../../src/util/disposableStore.ts';

suite('DisposableStore', () => {
  test('gives back what is added, so that ownership is written where a thing is made', () => {
    const item = { dispose: () => {}, name: 'timer' };
    assert.equal(new DisposableStore().add(item), item);
  });

  test('disposes the last added first', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    for (const name of ['a', 'b', 'c']) {
      store.add({ dispose: () => order.push(name) });
    }
    store.dispose();
    assert.deepEqual(order, ['c', 'b', 'a']);
  });

  test('disposes each thing once, however often it is added or disposed', () => {
    let disposed = 0;
    const item = { dispose: () => (disposed += 1) };
    const store = new DisposableStore();
    store.add(item);
    store.add(item);
    store.dispose();
    store.dispose();
    assert.equal(disposed, 1);
  });

  test('what is added too late is disposed at once', () => {
    let disposed = 0;
    const store = new DisposableStore();
    store.dispose();
    store.add({ dispose: () => (disposed += 1) });
    assert.equal(disposed, 1);
  });

  test('what a dispose adds is disposed as well', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    store.add({ dispose: () => store.add({ dispose: () => order.push('late') }) });
    store.dispose();
    assert.deepEqual(order, ['late']);
  });
});
