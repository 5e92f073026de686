import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

import type { Connection } from '../core/connection.ts';
import { DisposableStore } from '../util/disposableStore.ts';
import type { Disposable } from '../util/disposableStore.ts';

export interface ActiveConnection {
  readonly connection: Connection;
  readonly isProduction: boolean;
}

/** The active connection at the bottom of the window. */
export class ConnectionStatusBar implements Disposable {
  readonly #store = new DisposableStore();
  readonly #item = this.#store.add(
    vscode.window.createStatusBarItem(
      'secretManager.connection',
      vscode.StatusBarAlignment.Left,
      10,
    ),
  );

  constructor() {
    this.#item.name = l10n.t('AWS Connection');
    this.#item.command = 'secretManager.selectConnection';
  }

  show(active: ActiveConnection | undefined): void {
    if (!active) {
      this.#item.hide();
      return;
    }
    const { connection, isProduction } = active;
    const text = `${connection.profile} · ${connection.region}`;
    this.#item.text = `$(${isProduction ? 'lock' : 'account'}) ${text.replaceAll('$(', '$ (')}`;
    this.#item.backgroundColor = isProduction
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.#item.tooltip = tooltip(active);
    this.#item.accessibilityInformation = { label: spoken(active), role: 'button' };
    this.#item.show();
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function tooltip({ connection: { profile, region }, isProduction }: ActiveConnection): string {
  return isProduction
    ? l10n.t('Production: profile {0} in {1}. Click to select another connection.', profile, region)
    : l10n.t('Profile {0} in {1}. Click to select another connection.', profile, region);
}

function spoken({ connection: { profile, region }, isProduction }: ActiveConnection): string {
  return isProduction
    ? l10n.t('AWS connection, production: profile {0}, region {1}', profile, region)
    : l10n.t('AWS connection: profile {0}, region {1}', profile, region);
}
