import assert from 'node:assert/strict';
import { SharedTasks } from '../../../src/aws/sharedTasks.ts';
import { isCancelled } from '../../../src/core/userError.ts';

const never = new AbortController().signal;

suite('Shared tasks', () => {
  test('those who ask at the same time wait for one run', async () => {
    const tasks = new SharedTasks<number>();
    let runs = 0;
    const task = async () => {
      runs += 1;
      return Promise.resolve(runs);
    };
    const both = [tasks.run('a', never, task), tasks.run('a', never, task)];
    assert.deepEqual(await Promise.all(both), [1, 1]);
    assert.equal(await tasks.run('a', never, task), 2, 'an ended run is not kept');
  });

  test('different keys run apart', async () => {
    const tasks = new SharedTasks<string>();
    const both = ['a', 'b'].map(async (key) => tasks.run(key, never, async () => key));
    assert.deepEqual(await Promise.all(both), ['a', 'b']);
  });

  test('one who gives up does not end it for the others', async () => {
    const tasks = new SharedTasks<string>();
    const { promise, resolve } = Promise.withResolvers<string>();
    const impatient = new AbortController();
    let inner: AbortSignal | undefined;
    const task = async (signal: AbortSignal) => {
      inner = signal;
      return promise;
    };
    const gone = tasks.run('a', impatient.signal, task);
    const stays = tasks.run('a', never, task);
    impatient.abort();
    await assert.rejects(gone, isCancelled);
    assert.equal(inner?.aborted, false);
    resolve('done');
    assert.equal(await stays, 'done');
  });

  test('when the last one gives up the run is aborted, and the next starts anew', async () => {
    const tasks = new SharedTasks<string>();
    const signals: AbortSignal[] = [];
    const task = async (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<string>(() => undefined);
    };
    for (const controller of [new AbortController(), new AbortController()]) {
      const run = tasks.run('a', controller.signal, task);
      controller.abort();
      await assert.rejects(run, isCancelled);
    }
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, true],
    );
  });

  test('a failure reaches all who wait, and is not kept', async () => {
    const tasks = new SharedTasks<string>();
    const both = [tasks.run('a', never, failing), tasks.run('a', never, failing)];
    assert.deepEqual(
      (await Promise.allSettled(both)).map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.equal(await tasks.run('a', never, async () => 'fine'), 'fine');
  });

  test('after a clear a new run starts beside the old one', async () => {
    const tasks = new SharedTasks<string>();
    const { promise, resolve } = Promise.withResolvers<string>();
    const old = tasks.run('a', never, async () => promise);
    tasks.clear();
    assert.equal(await tasks.run('a', never, async () => 'new'), 'new');
    resolve('old');
    assert.equal(await old, 'old');
  });

  test('who has given up before starts nothing', async () => {
    const tasks = new SharedTasks<string>();
    await assert.rejects(tasks.run('a', AbortSignal.abort(), failing), isCancelled);
  });
});

async function failing(): Promise<string> {
  throw new Error('It ran.');
}
