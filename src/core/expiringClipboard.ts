import { Emitter } from '../util/emitter.ts';
import type { Event } from '../util/emitter.ts';
import type { Disposable } from '../util/disposableStore.ts';
import type { Clock } from './ports.ts';
import type { SecretValue } from './secretValue.ts';
import type { Timers } from './timers.ts';

/** The system's clipboard. */
interface ClipboardText {
  readText(): PromiseLike<string>;
  writeText(text: string): PromiseLike<void>;
}

export interface ClipboardCountdown {
  /** What was copied, by name. */
  readonly what: string;
  readonly secondsLeft: number;
}

export interface ExpiringClipboardOptions {
  readonly text: ClipboardText;
  readonly clock: Clock;
  readonly timers: Timers;
  /** How long a value stays; 0 means until something else is copied. Read at each copy. */
  readonly clearSeconds: () => number;
  /** A keyed one-way hash: the value is recognised again without being kept. */
  readonly digest: (text: string) => string;
  /** The clipboard could not be looked at, so what was copied may still be on it. */
  readonly onClearFailed: (what: string) => void;
}

interface Pending {
  readonly what: string;
  readonly digest: string;
  readonly until: number;
  readonly ticking: Disposable;
}

/** Copies; takes a value off the clipboard again after a while, unless somebody has copied something else since. */
export class ExpiringClipboard implements Disposable {
  readonly #options: ExpiringClipboardOptions;
  readonly #changed = new Emitter<ClipboardCountdown | undefined>();
  /** Copies and clearings one after the other: a clearing never takes what was copied while it looked. */
  #work: Promise<unknown> = Promise.resolve();
  #pending: Pending | undefined;

  readonly onDidChange: Event<ClipboardCountdown | undefined> = this.#changed.event;

  constructor(options: ExpiringClipboardOptions) {
    this.#options = options;
  }

  async copyPlain(text: string): Promise<void> {
    await this.#inTurn(async () => {
      await this.#options.text.writeText(text);
      this.#forget();
    });
  }

  async copyValue(value: SecretValue, what: string): Promise<void> {
    await this.#inTurn(async () => {
      const text = value.reveal();
      await this.#options.text.writeText(text);
      this.#forget();
      this.#expect(text, what);
    });
  }

  /** Takes the value off at once. Resolves when it is done, so that shutting down can wait for it. */
  async clearNow(): Promise<void> {
    await this.#inTurn(() => this.#clear(this.#pending));
  }

  dispose(): void {
    void this.clearNow(); // Never rejects: a failure is told through onClearFailed.
  }

  #expect(text: string, what: string): void {
    const { clock, timers, clearSeconds, digest } = this.#options;
    const seconds = clearSeconds();
    if (seconds <= 0 || text === '') {
      return;
    }
    const ticking = timers.every(1000, () => this.#tick());
    const until = clock.now() + seconds * 1000;
    this.#pending = { what, digest: digest(normalized(text)), until, ticking };
    this.#changed.fire({ what, secondsLeft: seconds });
  }

  /** Counts by the clock, not by the ticks: a computer that slept clears when it wakes. */
  #tick(): void {
    if (!this.#pending) {
      return;
    }
    const pending = this.#pending;
    const { what, until } = pending;
    const secondsLeft = Math.ceil((until - this.#options.clock.now()) / 1000);
    if (secondsLeft > 0) {
      this.#changed.fire({ what, secondsLeft });
    } else {
      void this.#inTurn(() => this.#clear(pending)); // As in dispose.
    }
  }

  /** Does nothing when the copy has been followed by another while this waited for its turn. */
  async #clear(pending: Pending | undefined): Promise<void> {
    if (!pending || pending !== this.#pending) {
      return;
    }
    this.#forget();
    const { text, digest, onClearFailed } = this.#options;
    try {
      if (digest(normalized(await text.readText())) === pending.digest) {
        await text.writeText('');
      }
    } catch {
      // The editor's reason (a browser's permission) tells nothing that the person can act on; that it failed does.
      onClearFailed(pending.what);
    }
  }

  #forget(): void {
    this.#pending?.ticking.dispose();
    this.#pending = undefined;
    this.#changed.fire(undefined);
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    const done = this.#work.then(task);
    this.#work = done.catch(() => undefined); // The caller of this task hears of its failure.
    return done;
  }
}

/** Some clipboards hand line ends back in the system's own form. */
function normalized(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
