import assert from 'node:assert/strict';

import { ExpiringClipboard } from '../../../src/core/expiringClipboard.ts';
import type { ClipboardCountdown } from '../../../src/core/expiringClipboard.ts';
import { SecretValue } from '../../../src/core/secretValue.ts';
import { deferred, ManualTimers, settled } from '../commands/fakeServices.ts';

class FakeClipboard {
  text = '';
  isReadable = true;
  writes = 0;
  /** Set to make the next reading wait. */
  reading: Promise<void> = Promise.resolve();

  async readText(): Promise<string> {
    await this.reading;
    if (!this.isReadable) {
      throw new Error('NotAllowedError');
    }
    return this.text;
  }

  writeText(text: string): Promise<void> {
    this.text = text;
    this.writes += 1;
    return Promise.resolve();
  }
}

function setUp(clearSeconds = 30) {
  const system = new FakeClipboard();
  const timers = new ManualTimers();
  const failed: string[] = [];
  const shown: (number | undefined)[] = [];
  const clipboard = new ExpiringClipboard({
    text: system,
    timers,
    clock: { now: () => timers.now },
    clearSeconds: () => clearSeconds,
    digest: (text) => `hash of ${text.length}:${text.slice(0, 2)}`,
    onClearFailed: (what) => failed.push(what),
  });
  clipboard.onDidChange((countdown?: ClipboardCountdown) => shown.push(countdown?.secondsLeft));
  const copy = (text: string, what = 'prod/db') =>
    clipboard.copyValue(SecretValue.text(text), what);
  return { system, timers, failed, shown, clipboard, copy };
}

suite('ExpiringClipboard', () => {
  test('a value is cleared when its time is over', async () => {
    const { system, timers, copy } = setUp();
    await copy('swordfish');
    timers.advance(29_000);
    await settled();
    assert.equal(system.text, 'swordfish');
    timers.advance(1000);
    await settled();
    assert.equal(system.text, '');
    assert.equal(timers.waiting, 0);
  });

  test('what was copied elsewhere since then is left alone', async () => {
    const { system, timers, copy } = setUp();
    await copy('swordfish');
    system.text = 'a sentence';
    timers.advance(30_000);
    await settled();
    assert.equal(system.text, 'a sentence');
    assert.equal(timers.waiting, 0);
  });

  test('the next value has its whole time, and the first one’s timer is gone', async () => {
    const { system, timers, copy } = setUp();
    await copy('first');
    timers.advance(20_000);
    await copy('second');
    assert.equal(timers.waiting, 1);
    timers.advance(29_000);
    await settled();
    assert.equal(system.text, 'second');
    timers.advance(1000);
    await settled();
    assert.equal(system.text, '');
  });

  test('copying a name ends the countdown and the name stays', async () => {
    const { system, timers, copy, clipboard, shown } = setUp();
    await copy('swordfish');
    await clipboard.copyPlain('prod/db');
    assert.equal(timers.waiting, 0);
    assert.equal(shown.at(-1), undefined);
    timers.advance(60_000);
    await settled();
    assert.equal(system.text, 'prod/db');
  });

  test('a clearing that waits for the clipboard does not take the value copied meanwhile', async () => {
    const { system, timers, copy } = setUp();
    await copy('first');
    const { promise, resolve: release } = deferred<void>();
    system.reading = promise;
    timers.advance(30_000);
    await settled();
    const second = copy('second');
    release();
    await second;
    await settled();
    assert.equal(system.text, 'second');
    assert.equal(timers.waiting, 1);
  });

  test('a clearing that comes due behind a copy does not take that copy', async () => {
    const { system, timers, copy } = setUp();
    await copy('first');
    timers.advance(29_500);
    const second = copy('second');
    timers.advance(500);
    await second;
    await settled();
    assert.equal(system.text, 'second');
    timers.advance(30_000);
    await settled();
    assert.equal(system.text, '');
  });

  test('the countdown counts down by the second', async () => {
    const { timers, shown, copy } = setUp(3);
    await copy('swordfish');
    timers.advance(2000);
    assert.deepEqual(shown, [undefined, 3, 2, 1]);
  });

  test('a computer that slept clears at the first tick', async () => {
    const { system, timers, copy } = setUp();
    await copy('swordfish');
    timers.now += 3_600_000;
    timers.advance(0);
    await settled();
    assert.equal(system.text, '');
  });

  test('zero seconds mean never', async () => {
    const { system, timers, shown, copy } = setUp(0);
    await copy('swordfish');
    timers.advance(3_600_000);
    await settled();
    assert.equal(system.text, 'swordfish');
    assert.deepEqual(shown, [undefined]);
  });

  test('a value with line ends is recognised after the system changed them', async () => {
    const { system, timers, copy } = setUp();
    await copy('a\nb');
    system.text = 'a\r\nb';
    timers.advance(30_000);
    await settled();
    assert.equal(system.text, '');
  });

  test('clearing now works before the time is over, and only on the value', async () => {
    const { system, clipboard, copy } = setUp();
    await copy('swordfish');
    await clipboard.clearNow();
    assert.equal(system.text, '');
    system.text = 'mine';
    await clipboard.clearNow();
    assert.equal(system.text, 'mine');
  });

  test('disposing clears at once', async () => {
    const { system, timers, clipboard, copy } = setUp();
    await copy('swordfish');
    clipboard.dispose();
    await settled();
    assert.equal(system.text, '');
    assert.equal(timers.waiting, 0);
  });

  test('a clipboard that cannot be read is reported by what may be left on it', async () => {
    const { system, timers, failed, copy } = setUp();
    await copy('swordfish', 'prod/db');
    system.isReadable = false;
    timers.advance(30_000);
    await settled();
    assert.deepEqual(failed, ['prod/db']);
    assert.equal(timers.waiting, 0);
  });

  test('a failed copy fails for its caller and the next one works', async () => {
    const { system, clipboard, copy } = setUp();
    const writeText = system.writeText.bind(system);
    system.writeText = () => Promise.reject(new Error('refused'));
    await assert.rejects(clipboard.copyPlain('x'), /refused/);
    system.writeText = writeText;
    await copy('swordfish');
    assert.equal(system.text, 'swordfish');
  });

  test('the value is not kept in the object', async () => {
    const { clipboard, copy } = setUp();
    await copy('swordfish');
    const { inspect } = await import('node:util');
    assert.doesNotMatch(inspect(clipboard, { depth: 9, showHidden: true }), /swordfish/);
  });
});
