import * as l10n from '@vscode/l10n';

/** Whom a connection acts as, as far as it is known; the account is known once it was asked for. */
export interface GuardedAccount {
  readonly profile: string;
  readonly accountId?: string;
  readonly accountAlias?: string;
}

/** Patterns are matched as a whole, `*` standing for any text and `?` for one character, whatever the case. */
export function isProduction(patterns: readonly string[], account: GuardedAccount): boolean {
  const names = [account.profile, account.accountId, account.accountAlias].filter(
    (name) => name !== undefined,
  );
  return patterns.some((pattern) => names.some((name) => matchesGlob(pattern.trim(), name)));
}

/** What a person types before a write to production: the name by which they know the account. */
export function confirmationText({ profile, accountId, accountAlias }: GuardedAccount): string {
  return accountAlias ?? accountId ?? profile;
}

/** Says why what was typed does not confirm the write, or undefined. */
export function confirmationProblem(account: GuardedAccount, typed: string): string | undefined {
  const expected = confirmationText(account);
  return typed.trim() === expected
    ? undefined
    : l10n.t('This is production. Type “{0}” to write to it.', expected);
}

/**
 * Without a regular expression, so that no pattern can be one: only the last `*` is ever tried again, which bounds the
 * work by the product of both lengths.
 */
function matchesGlob(pattern: string, text: string): boolean {
  const wanted = Array.from(pattern.toLowerCase());
  const given = Array.from(text.toLowerCase());
  let at = 0;
  let star = -1;
  let retryFrom = 0;
  for (let index = 0; index < given.length;) {
    if (wanted[at] === '*') {
      star = at;
      retryFrom = index;
      at += 1;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[index])) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      retryFrom += 1;
      index = retryFrom;
      at = star + 1;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every((character) => character === '*');
}
