import assert from 'node:assert/strict';
import { Cancelled, isCancelled, UserError } from '../../../src/core/userError.ts';

suite('UserError', () => {
  test('is recognised by name, since each bundle has a class of its own', () => {
    const foreign = Object.assign(new Error('Denied.'), { name: 'UserError', remedies: [] });
    assert.ok(foreign instanceof UserError);
    assert.ok(new UserError('Denied.') instanceof UserError);
    assert.ok(!(new Error('Denied.') instanceof UserError));
    assert.ok(!({ name: 'UserError' } instanceof UserError));
  });

  test('a cancellation is one whoever threw it', () => {
    assert.ok(isCancelled(new Cancelled()));
    assert.ok(isCancelled(new DOMException('', 'AbortError')));
    assert.ok(!isCancelled(new UserError('Denied.')));
  });
});
