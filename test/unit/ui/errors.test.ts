import assert from 'node:assert/strict';

import { Cancelled, UserError } from '../../../src/core/userError.ts';
import { withErrorBoundary } from '../../../src/ui/errors.ts';
import type { FailureBoundary } from '../../../src/ui/errors.ts';
import { settled } from '../commands/fakeServices.ts';

interface Shown {
  readonly message: string;
  readonly buttons: readonly string[];
}

/** Presses the given buttons, one message after the other, then none. */
function boundaryPressing(...presses: readonly string[]) {
  const left = [...presses];
  const shown: Shown[] = [];
  const done: string[] = [];
  const logged: string[] = [];
  let signInResult = true;
  const boundary: FailureBoundary = {
    log: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (message) => logged.push(message),
    },
    view: {
      show: (message, buttons) => {
        shown.push({ message, buttons });
        return Promise.resolve(left.shift());
      },
      showLog: () => done.push('log'),
      openConfig: () => {
        done.push('config');
        return Promise.resolve();
      },
      manageTrust: () => {
        done.push('trust');
        return Promise.resolve();
      },
      signIn: (profile) => {
        done.push(`sign in ${profile ?? '?'}`);
        return Promise.resolve(signInResult);
      },
    },
  };
  return {
    boundary,
    shown,
    done,
    logged,
    declineSignIn: () => {
      signInResult = false;
    },
  };
}

const action = { doing: 'copying a value', profile: 'developer' };

/** Fails as often as told, then succeeds. */
function failing(failure: Error, times: number) {
  let runs = 0;
  const run = async (): Promise<void> => {
    await Promise.resolve();
    runs += 1;
    if (runs <= times) {
      throw failure;
    }
  };
  return { run, runs: () => runs };
}

suite('withErrorBoundary', () => {
  test('success and cancellation are silent', async () => {
    const { boundary, shown, logged } = boundaryPressing();
    await withErrorBoundary(boundary, action, () => Promise.resolve());
    await withErrorBoundary(boundary, action, () => Promise.reject(new Cancelled()));
    await withErrorBoundary(boundary, action, () =>
      Promise.reject(new DOMException('x', 'AbortError')),
    );
    await settled();
    assert.deepEqual([shown, logged], [[], []]);
  });

  test('a failure that is written for people is shown as it is, with a button for each remedy', async () => {
    const { boundary, shown } = boundaryPressing();
    const error = new UserError('Access denied.', {
      remedies: ['retry', 'sign-in', 'open-config', 'show-log', 'trust-workspace'],
    });
    await withErrorBoundary(boundary, action, () => Promise.reject(error));
    await settled();
    assert.deepEqual(shown, [
      {
        message: 'Access denied.',
        buttons: ['Retry', 'Sign In…', 'Open AWS Config', 'Show Log', 'Manage Workspace Trust'],
      },
    ]);
  });

  test('an unknown failure is one sentence without its text, and the log has the details', async () => {
    const { boundary, shown, logged, done } = boundaryPressing('Show Log');
    const error = new TypeError('x is undefined', { cause: new Error('deeper') });
    await withErrorBoundary(boundary, action, () => Promise.reject(error));
    await settled();
    assert.deepEqual(shown, [
      {
        message: 'Something unexpected happened while copying a value. The log has the details.',
        buttons: ['Show Log'],
      },
    ]);
    assert.match(logged[0] ?? '', /^copying a value: TypeError: x is undefined\n\s+at /);
    assert.match(logged[0] ?? '', /Caused by: Error: deeper/);
    assert.deepEqual(done, ['log']);
  });

  test('the log takes no parser’s message and no other members, where a value can be', async () => {
    const { boundary, logged } = boundaryPressing();
    await withErrorBoundary(boundary, action, parseBadly);
    const carrying = Object.assign(new Error('failed'), { request: { SecretString: 'swordfish' } });
    await withErrorBoundary(boundary, action, () => Promise.reject(carrying));
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what is not an Error is the point here.
    await withErrorBoundary(boundary, action, () => Promise.reject('swordfish'));
    assert.equal(logged.length, 3);
    assert.doesNotMatch(logged.join('\n'), /swordfish|sword/);
  });

  test('causes in a circle end', async () => {
    const { boundary, logged } = boundaryPressing();
    const error = new Error('a');
    error.cause = error;
    await withErrorBoundary(boundary, action, () => Promise.reject(error));
    assert.equal(logged.length, 1);
  });

  test('“Retry” runs the action again, as often as it fails', async () => {
    const { boundary, shown } = boundaryPressing('Retry', 'Retry');
    const { run, runs } = failing(new UserError('Throttled.', { remedies: ['retry'] }), 2);
    await withErrorBoundary(boundary, action, run);
    await settled();
    assert.equal(runs(), 3);
    assert.equal(shown.length, 2);
  });

  test('after a sign-in the interrupted action runs again', async () => {
    const { boundary, done } = boundaryPressing('Sign In…');
    const { run, runs } = failing(new UserError('Expired.', { remedies: ['sign-in'] }), 1);
    await withErrorBoundary(boundary, action, run);
    await settled();
    assert.deepEqual(done, ['sign in developer']);
    assert.equal(runs(), 2);
  });

  test('the failure itself says whom to sign in, before the action does', async () => {
    const { boundary, done } = boundaryPressing('Sign In…');
    const error = new UserError('Expired.', { remedies: ['sign-in'], profile: 'source' });
    await withErrorBoundary(boundary, action, failing(error, 1).run);
    await settled();
    assert.deepEqual(done, ['sign in source']);
  });

  test('“Retry” of what fails after a sign-in does not sign in again', async () => {
    const { boundary, done } = boundaryPressing('Sign In…', 'Retry');
    const error = new UserError('Expired.', { remedies: ['sign-in', 'retry'] });
    const { run, runs } = failing(error, 2);
    await withErrorBoundary(boundary, action, run);
    await settled();
    assert.deepEqual(done, ['sign in developer']);
    assert.equal(runs(), 3);
  });

  test('a declined sign-in runs nothing again', async () => {
    const { boundary, declineSignIn } = boundaryPressing('Sign In…');
    declineSignIn();
    const { run, runs } = failing(new UserError('Expired.', { remedies: ['sign-in'] }), 1);
    await withErrorBoundary(boundary, action, run);
    await settled();
    assert.equal(runs(), 1);
  });

  test('the other buttons do what they say', async () => {
    const { boundary, done } = boundaryPressing('Open AWS Config', 'Manage Workspace Trust');
    const error = new UserError('x', { remedies: ['open-config', 'trust-workspace'] });
    await withErrorBoundary(boundary, action, () => Promise.reject(error));
    await withErrorBoundary(boundary, action, () => Promise.reject(error));
    await settled();
    assert.deepEqual(done, ['config', 'trust']);
  });

  test('the action does not wait for the message to be answered', async () => {
    const { boundary } = boundaryPressing();
    const unanswered: FailureBoundary = {
      ...boundary,
      view: { ...boundary.view, show: () => new Promise(() => undefined) },
    };
    await withErrorBoundary(unanswered, action, () => Promise.reject(new UserError('x')));
  });
});

async function parseBadly(): Promise<void> {
  await Promise.resolve();
  JSON.parse('swordfish');
}
