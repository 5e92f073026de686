import * as vscode from 'vscode';

import { DisposableStore } from '../util/disposableStore.ts';
import type { Disposable } from '../util/disposableStore.ts';
import { Emitter } from '../util/emitter.ts';
import type { Event } from '../util/emitter.ts';
import { booleanSetting, numberSetting, oneOfSetting, textListSetting } from './settingReaders.ts';
import type { SettingReader } from './settingReaders.ts';

/** One setting: its value now, and when it changes. Nobody else reads the configuration. */
export class Setting<T> implements Disposable {
  readonly #key: string;
  readonly #read: SettingReader<T>;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<T>());

  readonly onDidChange: Event<T> = this.#changed.event;

  constructor(key: string, read: SettingReader<T>) {
    this.#key = key;
    this.#read = read;
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${section}.${key}`)) {
          this.#changed.fire(this.value);
        }
      }),
    );
  }

  /** A value of the wrong type or out of range counts as the nearest right one. */
  get value(): T {
    return this.#read(vscode.workspace.getConfiguration(section).get<unknown>(this.#key));
  }

  dispose(): void {
    this.#store.dispose();
  }
}

const section = 'secretManager';

/** The settings of the explorer and of the read commands. */
export class Settings implements Disposable {
  readonly #store = new DisposableStore();

  readonly hiddenProfiles = this.#setting('profiles.hidden', textListSetting);
  readonly production = this.#setting('production', textListSetting);
  readonly instanceRole = this.#setting('profiles.instanceRole', booleanSetting(false));
  readonly clipboardClearSeconds = this.#setting(
    'clipboardClearSeconds',
    numberSetting({ fallback: 30, minimum: 0, maximum: 3600 }),
  );
  readonly layout = this.#setting('explorer.layout', oneOfSetting(['tree', 'flat']));
  readonly pageSize = this.#setting(
    'explorer.pageSize',
    numberSetting({ fallback: 100, minimum: 1, maximum: 100 }),
  );
  readonly indexLimit = this.#setting(
    'explorer.indexLimit',
    numberSetting({ fallback: 2000, minimum: 0, maximum: 50_000 }),
  );
  readonly badge = this.#setting('explorer.badge', booleanSetting(true));

  /** Hides or shows a profile; a machine setting, written for the whole machine. */
  async setHiddenProfiles(profiles: readonly string[]): Promise<void> {
    await this.#update('profiles.hidden', profiles);
  }

  async setLayout(layout: 'tree' | 'flat'): Promise<void> {
    await this.#update('explorer.layout', layout);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #setting<T>(key: string, read: SettingReader<T>): Setting<T> {
    return this.#store.add(new Setting(key, read));
  }

  async #update(key: string, value: unknown): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(section);
    await configuration.update(key, value, vscode.ConfigurationTarget.Global);
  }
}
