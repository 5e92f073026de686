import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { explainAwsFailure } from '../../../src/core/awsFailures.ts';
import { Cancelled, UserError } from '../../../src/core/userError.ts';
import { failureCases, listCall, local, secretCall } from './awsFailureCases.ts';

suite('Explaining AWS failures', () => {
  for (const { rule, call, error, says, remedy } of failureCases) {
    test(rule, () => {
      const explained = explainAwsFailure(Object.assign(new Error(), error), call);
      assert.ok(explained instanceof UserError, inspect(explained));
      assert.match(explained.message, says);
      assert.ok(explained.remedies.includes(remedy), explained.remedies.join());
    });
  }

  test('no sentence repeats what AWS or the SDK wrote', () => {
    for (const { call, error } of failureCases) {
      const marked = { ...error, message: `${error.message ?? ''} RAW-TEXT` };
      const explained = explainAwsFailure(Object.assign(new Error(), marked), call);
      assert.ok(explained instanceof UserError);
      assert.doesNotMatch(explained.message, /RAW-TEXT|hunter2/);
    }
  });

  test('no sentence shouts, begs or leaves a placeholder open', () => {
    for (const { call, error } of failureCases) {
      const explained = explainAwsFailure(Object.assign(new Error(), error), call);
      assert.ok(explained instanceof UserError);
      assert.doesNotMatch(explained.message, /!|please|Error:|\{\d\}|undefined|\n/i);
    }
  });

  test('an HTTP status alone decides nothing', () => {
    const error = Object.assign(new Error('odd'), { $metadata: { httpStatusCode: 403 } });
    assert.equal(explainAwsFailure(error, listCall), error);
  });

  test('an unnamed error from a failing server is a failure inside AWS', () => {
    const error = Object.assign(new Error('UnknownError'), {
      name: 'Unknown',
      $metadata: { httpStatusCode: 503 },
    });
    const explained = explainAwsFailure(error, listCall);
    assert.ok(explained instanceof UserError);
    assert.match(explained.message, /failed inside AWS/);
  });

  test('a cause tells what its wrapper does not', () => {
    const cause = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    const explained = explainAwsFailure(new Error('wrapped', { cause }), local);
    assert.ok(explained instanceof UserError);
    assert.match(explained.message, /connection refused/);
  });

  test('an aborted request is a cancellation, not a failure', () => {
    const error = Object.assign(new Error('Request aborted'), { name: 'AbortError' });
    assert.ok(explainAwsFailure(error, listCall) instanceof Cancelled);
  });

  test('what is already explained stays as it is', () => {
    const error = new UserError('Known.');
    assert.equal(explainAwsFailure(error, listCall), error);
  });

  test('an unknown failure is passed on unchanged', () => {
    const error = new TypeError('x is not a function');
    assert.equal(explainAwsFailure(error, listCall), error);
  });

  test('a value in a truncated answer reaches neither the message nor the log', () => {
    const body = '{"Name":"prod/db","SecretString":"hunter2';
    const error = Object.assign(new SyntaxError(`Unterminated string in JSON: ${body}`), {
      $responseBodyText: body,
      $response: { body },
      $metadata: { httpStatusCode: 200, requestId: 'r-1' },
    });
    const explained = explainAwsFailure(error, secretCall);
    assert.ok(explained instanceof UserError);
    const everything = inspect(explained, { depth: Infinity, showHidden: true });
    assert.doesNotMatch(everything, /hunter2/);
    assert.match(everything, /SyntaxError \(HTTP 200, request id r-1\)/);
  });

  test('the log learns the error’s name, code, status and request id', () => {
    const error = Object.assign(new Error('Rate exceeded'), {
      name: 'ThrottlingException',
      $metadata: { httpStatusCode: 400, requestId: 'r-2', attempts: 3 },
    });
    const explained = explainAwsFailure(error, listCall);
    assert.ok(explained instanceof UserError && explained.cause instanceof Error);
    assert.equal(
      explained.cause.message,
      'ThrottlingException (HTTP 400, request id r-2, 3 attempts): Rate exceeded',
    );
  });
});
