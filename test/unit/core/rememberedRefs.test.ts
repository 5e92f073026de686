import assert from 'node:assert/strict';

import { RememberedRefs } from '../../../src/core/rememberedRefs.ts';
import { MemoryMap, secretRef, virginia } from '../commands/fakeServices.ts';

const a = secretRef('a');
const b = secretRef('b');

suite('RememberedRefs', () => {
  test('what is put first again moves to the front and stands there once', async () => {
    const recents = new RememberedRefs(new MemoryMap(), 'recents');
    await recents.addFirst(a);
    await recents.addFirst(b);
    await recents.addFirst(a);
    assert.deepEqual(recents.all(), [a, b]);
  });

  test('only the last twenty recents stay', async () => {
    const recents = new RememberedRefs(new MemoryMap(), 'recents');
    for (let index = 0; index < 25; index += 1) {
      await recents.addFirst(secretRef(`s${index}`));
    }
    assert.equal(recents.all().length, 20);
    assert.equal(recents.all()[0]?.name, 's24');
  });

  test('the same secret through another connection is another item', async () => {
    const pins = new RememberedRefs(new MemoryMap(), 'pins');
    const elsewhere = { ...a, connection: virginia };
    await pins.addLast(a);
    await pins.addLast(elsewhere);
    await pins.remove(a);
    assert.deepEqual(pins.all(), [elsewhere]);
    assert.ok(!pins.has(a));
  });

  test('nothing but names, ARNs and connections reaches the memory', async () => {
    const memory = new MemoryMap();
    const loaded = { ...a, value: 'swordfish', connection: { ...a.connection, token: 'x' } };
    await new RememberedRefs(memory, 'pins').addLast(loaded);
    assert.deepEqual(memory.values.get('pins'), [a]);
  });

  test('what is stored wrongly is left out', () => {
    const memory = new MemoryMap();
    memory.values.set('pins', [
      a,
      null,
      'x',
      { ...b, kind: 'key' },
      { ...b, connection: undefined },
    ]);
    assert.deepEqual(new RememberedRefs(memory, 'pins').all(), [a]);
    memory.values.set('pins', { 0: a });
    assert.deepEqual(new RememberedRefs(memory, 'pins').all(), []);
  });
});
