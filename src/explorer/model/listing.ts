import type { Page } from '../../core/ports.ts';

export type PageSource<T> = (
  nextToken: string | undefined,
  signal: AbortSignal,
) => Promise<Page<T>>;

/** AWS may answer empty pages with a token for long; after this many in a row the person decides whether to go on. */
const maxEmptyPages = 25;

/**
 * One paged answer, kept sorted and free of duplicates while its pages arrive. A failed page keeps what was loaded
 * and the place to go on from; `error` tells until a later page succeeds.
 */
export class Listing<T extends { readonly arn: string }> {
  readonly #source: PageSource<T>;
  readonly #compare: (a: T, b: T) => number;
  readonly #arns = new Set<string>();
  #items: T[] = [];
  #nextToken: string | undefined;
  #started = false;
  #complete = false;
  #error: unknown;
  #abort = new AbortController();
  #loading: Promise<void> | undefined;

  constructor(source: PageSource<T>, compare: (a: T, b: T) => number) {
    this.#source = source;
    this.#compare = compare;
  }

  get items(): readonly T[] {
    return this.#items;
  }

  has(arn: string): boolean {
    return this.#arns.has(arn);
  }

  get isStarted(): boolean {
    return this.#started;
  }

  get isComplete(): boolean {
    return this.#complete;
  }

  get isLoading(): boolean {
    return this.#loading !== undefined;
  }

  get error(): unknown {
    return this.#error;
  }

  /**
   * Loads until something new has come or there is no more. Never rejects: a failure becomes `error`, and so does a
   * sign-in that the person has declined, lest the background asks for it again and again.
   */
  loadNext(): Promise<void> {
    if (this.#loading) {
      return this.#loading;
    }
    const loading = this.#load().finally(() => {
      if (this.#loading === loading) {
        this.#loading = undefined;
      }
    });
    this.#loading = loading;
    return loading;
  }

  /** Ends a request under way; what was loaded stays and the next `loadNext` goes on from there. */
  cancel(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#loading = undefined;
  }

  /** Adds or replaces one item that was learnt otherwise, for example from DescribeSecret after a write. */
  put(item: T): void {
    this.remove(item.arn);
    this.#merge([item]);
  }

  remove(arn: string): void {
    if (this.#arns.delete(arn)) {
      this.#items = this.#items.filter((item) => item.arn !== arn);
    }
  }

  async #load(): Promise<void> {
    const { signal } = this.#abort;
    try {
      for (let empty = 0; !this.#complete && empty < maxEmptyPages; empty += 1) {
        const page = await this.#source(this.#nextToken, signal);
        if (signal.aborted) {
          return;
        }
        this.#started = true;
        this.#error = undefined;
        this.#nextToken = page.nextToken;
        this.#complete = page.nextToken === undefined;
        if (this.#merge(page.items)) {
          return;
        }
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (isExpiredPageToken(error)) {
        this.#nextToken = undefined;
      }
      this.#error = error;
    }
  }

  /** True when at least one item was new. Linear in what is loaded: both sides are sorted. */
  #merge(page: readonly T[]): boolean {
    const fresh = page.filter((item) => !this.#arns.has(item.arn) && this.#arns.add(item.arn));
    if (fresh.length === 0) {
      return false;
    }
    fresh.sort(this.#compare);
    const last = this.#items.at(-1);
    const first = fresh[0];
    if (last === undefined || (first !== undefined && this.#compare(last, first) <= 0)) {
      this.#items.push(...fresh);
    } else {
      this.#items = mergeSorted(this.#items, fresh, this.#compare);
    }
    return true;
  }
}

/** A page token lives for a while only; then the listing starts again and duplicates fall away. */
function isExpiredPageToken(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && cause.name.startsWith('InvalidNextToken');
}

function mergeSorted<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
): T[] {
  const merged: T[] = [];
  let at = 0;
  for (const item of right) {
    for (let next = left[at]; next !== undefined && compare(next, item) <= 0; next = left[at]) {
      merged.push(next);
      at += 1;
    }
    merged.push(item);
  }
  for (; at < left.length; at += 1) {
    const next = left[at];
    if (next !== undefined) {
      merged.push(next);
    }
  }
  return merged;
}
