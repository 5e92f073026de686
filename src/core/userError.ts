/** What the person can do about it; the edge turns each into a button or a node's command. */
export type Remedy = 'retry' | 'sign-in' | 'open-config' | 'show-log' | 'trust-workspace';

/**
 * A failure told to a person: what happened, to what, and what to do next. `message` is shown as it is, so it holds
 * no value, no stack and no raw SDK text. `cause` goes to the log.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  /** By name: each of the two bundles has a class of its own, and both meet at the error boundary. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Error[Symbol.hasInstance](value) && (value as Error).name === 'UserError';
  }

  readonly remedies: readonly Remedy[];
  /** Whom "Sign In…" signs in. */
  readonly profile: string | undefined;

  constructor(
    message: string,
    options: { remedies?: readonly Remedy[]; cause?: unknown; profile?: string } = {},
  ) {
    super(message, { cause: options.cause });
    this.remedies = options.remedies ?? [];
    this.profile = options.profile;
  }
}

/** The person ended it. Nobody is told: they know. Recognised by `isCancelled`, never by its class. */
export class Cancelled extends Error {
  override readonly name = 'AbortError';

  constructor() {
    super('Cancelled');
  }
}

export function isCancelled(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
