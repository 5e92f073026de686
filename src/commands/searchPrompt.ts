import type { PickItem } from '../core/ports.ts';
import type { Disposable } from '../util/disposableStore.ts';
import type { Event } from '../util/emitter.ts';

/** A pick list whose items arrive while the person types. */
export interface SearchPrompt {
  open<T>(options: { readonly title: string; readonly placeholder: string }): SearchSession<T>;
}

/** Shown from `open` to `dispose`. Items are shown as given: the caller has filtered them. */
export interface SearchSession<T> extends Disposable {
  readonly onDidChangeText: Event<string>;
  readonly onDidAccept: Event<T>;
  /** The person went away without a choice. */
  readonly onDidHide: Event<void>;
  /** Keeps the selection where an item with the same `id` is still there. */
  show(items: readonly SearchItem<T>[]): void;
  setBusy(busy: boolean): void;
}

export interface SearchItem<T> extends PickItem<T> {
  readonly id: string;
}
