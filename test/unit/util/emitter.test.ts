import assert from 'node:assert/strict';

import { Emitter } from '../../../src/util/emitter.ts';

suite('Emitter', () => {
  test('calls its listeners in the order in which they subscribed', () => {
    const heard: string[] = [];
    const emitter = new Emitter<number>();
    emitter.event((value) => heard.push(`a${value}`));
    emitter.event((value) => heard.push(`b${value}`));
    emitter.fire(1);
    emitter.fire(2);
    assert.deepEqual(heard, ['a1', 'b1', 'a2', 'b2']);
  });

  test('a listener that was disposed hears nothing more, the others do', () => {
    const heard: string[] = [];
    const emitter = new Emitter<string>();
    const first = emitter.event((value) => heard.push(`a${value}`));
    emitter.event((value) => heard.push(`b${value}`));
    first.dispose();
    first.dispose();
    emitter.fire('1');
    assert.deepEqual(heard, ['b1']);
  });

  test('a listener may end its own subscription', () => {
    let heard = 0;
    const emitter = new Emitter<undefined>();
    const subscription = emitter.event(() => {
      heard += 1;
      subscription.dispose();
    });
    emitter.fire(undefined);
    emitter.fire(undefined);
    assert.equal(heard, 1);
  });

  test('after it was disposed nobody hears anything', () => {
    let heard = 0;
    const emitter = new Emitter<undefined>();
    emitter.event(() => (heard += 1));
    emitter.dispose();
    emitter.fire(undefined);
    assert.equal(heard, 0);
  });

  test('its event can be passed on alone', () => {
    const heard: number[] = [];
    const emitter = new Emitter<number>();
    const { event } = emitter;
    event((value) => heard.push(value));
    emitter.fire(7);
    assert.deepEqual(heard, [7]);
  });
});
