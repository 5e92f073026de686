import * as vscode from 'vscode';

import type { SearchItem, SearchPrompt, SearchSession } from '../commands/searchPrompt.ts';
import { DisposableStore } from '../util/disposableStore.ts';
import { Emitter } from '../util/emitter.ts';
import { quickPickItems } from './quickPickItem.ts';
import type { ValueItem } from './quickPickItem.ts';

/** The search list as a quick pick. */
export class QuickPickSearch implements SearchPrompt {
  open<T>(options: { readonly title: string; readonly placeholder: string }): SearchSession<T> {
    return new QuickPickSession<T>(options);
  }
}

class QuickPickSession<T> implements SearchSession<T> {
  readonly #store = new DisposableStore();
  readonly #pick = this.#store.add(vscode.window.createQuickPick<ValueItem<T>>());
  readonly #text = this.#store.add(new Emitter<string>());
  readonly #accepted = this.#store.add(new Emitter<T>());
  readonly #hidden = this.#store.add(new Emitter<void>());

  readonly onDidChangeText = this.#text.event;
  readonly onDidAccept = this.#accepted.event;
  readonly onDidHide = this.#hidden.event;

  constructor({ title, placeholder }: { readonly title: string; readonly placeholder: string }) {
    this.#pick.title = title;
    this.#pick.placeholder = placeholder;
    this.#pick.keepScrollPosition = true;
    this.#store.add(this.#pick.onDidChangeValue((text) => this.#text.fire(text)));
    this.#store.add(this.#pick.onDidHide(() => this.#hidden.fire()));
    this.#store.add(this.#pick.onDidAccept(() => this.#accept()));
    this.#pick.show();
  }

  show(items: readonly SearchItem<T>[]): void {
    const activeId = idOf(this.#pick.activeItems[0]);
    const rows = quickPickItems(items, { alwaysShow: true });
    this.#pick.items = rows;
    const active = activeId === undefined ? undefined : rows.find((row) => idOf(row) === activeId);
    if (active) {
      this.#pick.activeItems = [active];
    }
  }

  setBusy(busy: boolean): void {
    this.#pick.busy = busy;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #accept(): void {
    const item = this.#pick.selectedItems[0]?.item;
    if (item) {
      this.#accepted.fire(item.value);
    }
  }
}

function idOf<T>(row: ValueItem<T> | undefined): string | undefined {
  const item: Partial<SearchItem<T>> | undefined = row?.item;
  return item?.id;
}
