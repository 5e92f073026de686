import type { Connection, Identity } from '../../core/connection.ts';
import type { Aws } from '../../core/ports.ts';
import { Emitter } from '../../util/emitter.ts';

export type IdentityState =
  | { readonly kind: 'known'; readonly identity: Identity }
  | { readonly kind: 'failed'; readonly error: unknown };

interface Asking {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Who each profile is, asked once when the profile is first opened. */
export class Identities {
  readonly #aws: () => Promise<Aws>;
  readonly #states = new Map<string, IdentityState>();
  readonly #asking = new Map<string, Asking>();
  readonly #changed = new Emitter<string>();

  /** Fires with the id of the profile whose state has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(aws: () => Promise<Aws>) {
    this.#aws = aws;
  }

  state(profile: string): IdentityState | undefined {
    return this.#states.get(profile);
  }

  identity(profile: string): Identity | undefined {
    const state = this.#states.get(profile);
    return state?.kind === 'known' ? state.identity : undefined;
  }

  /** Asks unless the answer is known or on its way. Never rejects: a failure, or a declined sign-in, becomes the state. */
  ask(connection: Connection): Promise<void> {
    const { profile } = connection;
    if (this.#states.has(profile)) {
      return Promise.resolve();
    }
    const underWay = this.#asking.get(profile);
    if (underWay) {
      return underWay.done;
    }
    const abort = new AbortController();
    const done = this.#ask(connection, abort.signal).finally(() => {
      if (this.#asking.get(profile)?.abort === abort) {
        this.#asking.delete(profile);
      }
    });
    this.#asking.set(profile, { abort, done });
    return done;
  }

  /** What was asked before tells nothing any more, whether it has been answered or not. */
  forget(profile?: string): void {
    const forgotten = profile === undefined ? [...this.#asking.keys()] : [profile];
    for (const each of forgotten) {
      this.#asking.get(each)?.abort.abort();
      this.#asking.delete(each);
    }
    if (profile === undefined) {
      this.#states.clear();
    } else {
      this.#states.delete(profile);
    }
  }

  async #ask(connection: Connection, signal: AbortSignal): Promise<void> {
    let state: IdentityState;
    try {
      const aws = await this.#aws();
      state = { kind: 'known', identity: await aws.identify(connection, signal) };
    } catch (error) {
      state = { kind: 'failed', error };
    }
    if (!signal.aborted) {
      this.#states.set(connection.profile, state);
      this.#changed.fire(connection.profile);
    }
  }
}
