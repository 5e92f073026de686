import assert from 'node:assert/strict';

import * as fc from 'fast-check';

import {
  confirmationProblem,
  confirmationText,
  isProduction,
} from '../../../src/connections/guardrails.ts';

suite('guardrails', () => {
  for (const [pattern, expected] of [
    ['prod', false],
    ['*prod*', true],
    ['PAYMENTS-*', true],
    ['payments-pro?', true],
    ['payments-pro??', false],
    ['1111*', true],
    ['acme-prod', true],
    [' acme-prod ', true],
    ['*', true],
    ['', false],
    ['  ', false],
    ['pay.*', false],
    ['(payments|x)-prod', false],
    ['[a-z]*', false],
  ] as const) {
    test(`the pattern "${pattern}" ${expected ? 'guards' : 'does not guard'} profile, account or alias`, () => {
      const account = {
        profile: 'payments-prod',
        accountId: '111122223333',
        accountAlias: 'Acme-Prod',
      };
      assert.equal(isProduction([pattern], account), expected);
    });
  }

  test('one pattern of many is enough, and none guards nothing', () => {
    assert.ok(isProduction(['a', 'b', 'c*'], { profile: 'cd' }));
    assert.ok(!isProduction([], { profile: 'cd' }));
  });

  test('an account that is not known yet is guarded by its profile name only', () => {
    assert.ok(!isProduction(['1111*', 'undefined'], { profile: 'p' }));
  });

  test('any pattern matches what the same regular expression matches', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 12 });
    const pattern = fc.string({
      unit: fc.constantFrom('a', 'b', 'é', '*', '?'),
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(pattern, text, (pattern, profile) => {
        const regexp = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'u');
        assert.equal(isProduction([pattern], { profile }), regexp.test(profile));
      }),
      { numRuns: 5000 },
    );
  });

  test('a pattern that would hang a regular expression is answered at once', () => {
    const start = performance.now();
    assert.ok(!isProduction([`${'*a'.repeat(100)}b`], { profile: 'a'.repeat(20_000) }));
    assert.ok(performance.now() - start < 1000);
  });

  test('a write is confirmed with the alias, else the account id, else the profile', () => {
    const account = { profile: 'p', accountId: '111122223333', accountAlias: 'acme' };
    assert.equal(confirmationText(account), 'acme');
    assert.equal(confirmationText({ profile: 'p', accountId: '111122223333' }), '111122223333');
    assert.equal(confirmationText({ profile: 'p' }), 'p');
  });

  test('only that text confirms a write, in its own case', () => {
    const account = { profile: 'p', accountAlias: 'acme' };
    assert.equal(confirmationProblem(account, ' acme '), undefined);
    for (const typed of ['', 'ACME', 'p', 'acme2']) {
      assert.equal(
        confirmationProblem(account, typed),
        'This is production. Type “acme” to write to it.',
      );
    }
  });
});
