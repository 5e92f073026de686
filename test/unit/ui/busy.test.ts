import assert from 'node:assert/strict';

import { Cancelled } from '../../../src/core/userError.ts';
import { busy } from '../../../src/ui/busy.ts';
import type { ShowProgress } from '../../../src/ui/busy.ts';
import { deferred, ManualTimers, settled } from '../commands/fakeServices.ts';

function progress() {
  const titles: string[] = [];
  const cancels: (() => void)[] = [];
  let isShown = false;
  const show: ShowProgress = async (title, ended, onCancel) => {
    titles.push(title);
    cancels.push(onCancel);
    isShown = true;
    await ended;
    isShown = false;
  };
  return { show, titles, cancel: () => cancels[0]?.(), isShown: () => isShown };
}

suite('busy', () => {
  test('what is done within a second shows nothing', async () => {
    const timers = new ManualTimers();
    const { show, titles } = progress();
    assert.equal(await busy(show, 'Reading…', () => Promise.resolve(7), timers), 7);
    timers.advance(5000);
    assert.deepEqual(titles, []);
    assert.equal(timers.waiting, 0);
  });

  test('what takes longer shows its progress until it ends', async () => {
    const timers = new ManualTimers();
    const { show, titles, isShown } = progress();
    const { promise, resolve: finish } = deferred<number>();
    const result = busy(show, 'Reading…', () => promise, timers);
    timers.advance(1000);
    assert.deepEqual([titles, isShown()], [['Reading…'], true]);
    finish(7);
    assert.equal(await result, 7);
    await settled();
    assert.equal(isShown(), false);
  });

  test('cancelling aborts the task and ends the wait even if the task does not heed it', async () => {
    const timers = new ManualTimers();
    const { show, cancel } = progress();
    let signal: AbortSignal | undefined;
    const result = busy(
      show,
      'Reading…',
      (given) => {
        signal = given;
        return new Promise(() => undefined);
      },
      timers,
    );
    timers.advance(1000);
    cancel();
    await assert.rejects(result, Cancelled);
    assert.equal(signal?.aborted, true);
  });

  test('a failure passes through and takes the progress away', async () => {
    const timers = new ManualTimers();
    const { show, isShown } = progress();
    const { promise, reject: fail } = deferred<void>();
    const result = busy(show, 'Reading…', () => promise, timers);
    timers.advance(1000);
    fail(new Error('denied'));
    await assert.rejects(result, /denied/);
    await settled();
    assert.equal(isShown(), false);
  });
});
