import type { Disposable } from './disposableStore.ts';

/** Subscribes a listener; shaped like `vscode.Event` so that pure code and the editor can share it. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** The pure rooms' event source. Listeners are called in the order in which they subscribed. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of this.#listeners) {
      listener(value);
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
