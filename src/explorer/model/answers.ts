interface Answer<A, T> {
  readonly about: A;
  readonly basis: unknown;
  readonly abort: AbortController;
  readonly value: Promise<T>;
}

/** What was asked for is kept, failures too, until it is dropped: painting the tree anew costs no call. */
export class Answers<A, T> {
  readonly #answers = new Map<string, Answer<A, T>>();

  /** Asks when there is no answer yet, or when it was made from another `basis` than this. */
  get(
    key: string,
    { about, basis }: { readonly about: A; readonly basis: unknown },
    ask: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const known = this.#answers.get(key);
    if (known && known.basis === basis) {
      return known.value;
    }
    known?.abort.abort();
    const abort = new AbortController();
    const value = ask(abort.signal);
    this.#answers.set(key, { about, basis, abort, value });
    return value;
  }

  /** Forgets what is unwanted and ends its requests. */
  drop(unwanted: (about: A, key: string) => boolean): void {
    for (const [key, { about, abort }] of this.#answers) {
      if (unwanted(about, key)) {
        abort.abort();
        this.#answers.delete(key);
      }
    }
  }
}
