import type { Disposable } from '../../util/disposableStore.ts';
import type { Listing } from './listing.ts';

/** A listing that the index goes on loading, and what to do when it grew. */
export interface Indexed {
  readonly listing: Pick<Listing<never>, 'isStarted' | 'isComplete' | 'error' | 'loadNext'> & {
    readonly items: { readonly length: number };
  };
  readonly grew: () => void;
}

export interface IndexPorts {
  /** What was opened and is not complete. Asked anew before each page. */
  readonly pending: () => readonly Indexed[];
  /** How many items a listing may hold before the index leaves the rest to the person; 0 switches it off. */
  readonly limit: () => number;
  readonly schedule: (run: () => void, milliseconds: number) => Disposable;
}

/** One page a second: a hundredth of ListSecrets' rate and a tenth of DescribeParameters'. */
const pause = 1000;

/** Goes on loading what the person has opened while the view is visible, one page at a time. A failure ends it. */
export class BackgroundIndex implements Disposable {
  readonly #ports: IndexPorts;
  #timer: Disposable | undefined;
  #loading = false;
  #visible = false;

  constructor(ports: IndexPorts) {
    this.#ports = ports;
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible) {
      this.wake();
    } else {
      this.#stop();
    }
  }

  /** Something was opened or refreshed. */
  wake(): void {
    if (this.#visible && !this.#loading && !this.#timer && this.#next()) {
      this.#timer = this.#ports.schedule(() => void this.#step(), pause);
    }
  }

  dispose(): void {
    this.#visible = false;
    this.#stop();
  }

  async #step(): Promise<void> {
    this.#timer = undefined;
    const next = this.#next();
    if (next) {
      this.#loading = true;
      await next.listing.loadNext();
      this.#loading = false;
      next.grew();
    }
    this.wake();
  }

  /** The shortest first, so that a small account is complete early. */
  #next(): Indexed | undefined {
    const limit = this.#ports.limit();
    return this.#ports
      .pending()
      .filter(
        ({ listing }) =>
          listing.isStarted &&
          !listing.isComplete &&
          listing.error === undefined &&
          listing.items.length < limit,
      )
      .toSorted((a, b) => a.listing.items.length - b.listing.items.length)[0];
  }

  #stop(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
  }
}
