import assert from 'node:assert/strict';
import { arnProblem } from '../../../src/commands/addByArn.ts';
import { failureDetails } from '../../../src/core/failureDetails.ts';
import { plainMessage } from '../../../src/core/plainMessage.ts';

suite('texts from elsewhere', () => {
  test('make no command link in a message', () => {
    const text = plainMessage('No [Sign in](command:workbench.action.terminal.sendSequence).');
    assert.doesNotMatch(text, /\]\(/);
  });

  test('an ARN with a command link in it is none', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:[x](command:y)';
    assert.notEqual(arnProblem(arn), undefined);
  });

  test('the log withholds what a wrapped parser quotes', () => {
    const error = new Error('Failed: SyntaxError: Unexpected token, "swordfish" is not valid JSON');
    assert.doesNotMatch(failureDetails(error), /swordfish/);
  });
});
