import assert from 'node:assert/strict';

import {
  booleanSetting,
  numberSetting,
  oneOfSetting,
  textListSetting,
} from '../../../src/ui/settingReaders.ts';

suite('settingReaders', () => {
  test('a number of the wrong type counts as the default, one out of range as the limit', () => {
    const read = numberSetting({ fallback: 30, minimum: 0, maximum: 3600 });
    assert.deepEqual(
      [10, 0, -5, 1e9, 2.6, '10', null, undefined, Number.NaN].map(read),
      [10, 0, 0, 3600, 3, 30, 30, 30, 30],
    );
  });

  test('a choice that does not exist counts as the first', () => {
    const read = oneOfSetting(['tree', 'flat']);
    assert.deepEqual(['flat', 'tree', 'list', 1].map(read), ['flat', 'tree', 'tree', 'tree']);
  });

  test('a list keeps its texts and drops everything else', () => {
    assert.deepEqual(textListSetting(['prod*', 1, null, 'x']), ['prod*', 'x']);
    assert.deepEqual(textListSetting('prod*'), []);
  });

  test('a switch of the wrong type counts as the default', () => {
    assert.deepEqual([true, false, 'true', undefined].map(booleanSetting(true)), [
      true,
      false,
      true,
      true,
    ]);
  });
});
