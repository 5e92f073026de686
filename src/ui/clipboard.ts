import { createHmac, randomBytes } from 'node:crypto';

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

import type { ValueClipboard } from '../commands/services.ts';
import { ExpiringClipboard } from '../core/expiringClipboard.ts';
import type { ClipboardCountdown } from '../core/expiringClipboard.ts';
import { plainMessage } from '../core/plainMessage.ts';
import type { Clock } from '../core/ports.ts';
import type { SecretValue } from '../core/secretValue.ts';
import type { Timers } from '../core/timers.ts';
import { DisposableStore } from '../util/disposableStore.ts';
import type { Disposable } from '../util/disposableStore.ts';

export interface ClipboardOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly clearSeconds: () => number;
  /** The command behind the countdown: it calls `clearNow`. */
  readonly clearCommand: string;
}

const shownMilliseconds = 4000;

/** The editor's clipboard with the countdown in the status bar. */
export class Clipboard implements ValueClipboard, Disposable {
  readonly #store = new DisposableStore();
  readonly #clipboard: ExpiringClipboard;
  readonly #item: vscode.StatusBarItem;

  constructor({ clock, timers, clearSeconds, clearCommand }: ClipboardOptions) {
    const key = randomBytes(32);
    this.#item = this.#store.add(
      vscode.window.createStatusBarItem(
        'secretManager.clipboard',
        vscode.StatusBarAlignment.Right,
        1000,
      ),
    );
    this.#item.name = l10n.t('Clipboard Countdown');
    this.#item.command = clearCommand;
    this.#clipboard = this.#store.add(
      new ExpiringClipboard({
        text: vscode.env.clipboard,
        clock,
        timers,
        clearSeconds,
        digest: (text) => createHmac('sha256', key).update(text).digest('hex'),
        onClearFailed: warnOfLeftValue,
      }),
    );
    this.#store.add(this.#clipboard.onDidChange((countdown) => this.#show(countdown)));
  }

  async copyPlain(text: string, what: string): Promise<void> {
    await this.#clipboard.copyPlain(text);
    vscode.window.setStatusBarMessage(l10n.t('Copied {0}.', firstLine(what)), shownMilliseconds);
  }

  async copyValue(value: SecretValue, what: string): Promise<void> {
    await this.#clipboard.copyValue(value, what);
    vscode.window.setStatusBarMessage(
      l10n.t('Copied the value of {0}.', firstLine(what)),
      shownMilliseconds,
    );
  }

  /** For the countdown's command, and for a shutdown that can wait. */
  async clearNow(): Promise<void> {
    await this.#clipboard.clearNow();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #show(countdown: ClipboardCountdown | undefined): void {
    void vscode.commands.executeCommand(
      'setContext',
      'secretManager.clipboardHoldsValue',
      countdown !== undefined,
    );
    if (!countdown) {
      this.#item.hide();
      return;
    }
    const { what, secondsLeft } = countdown;
    const text = l10n.t('Clipboard clears in {0} s', secondsLeft);
    this.#item.text = `$(clippy) ${text}`;
    this.#item.tooltip = l10n.t('Holds the value of {0}. Click to clear now.', what);
    this.#item.accessibilityInformation = { label: text, role: 'button' };
    this.#item.show();
  }
}

function warnOfLeftValue(what: string): void {
  void vscode.window.showWarningMessage(
    l10n.t(
      'The clipboard could not be checked, so the value of {0} may still be on it. Copy something else to replace it.',
      plainMessage(what),
    ),
  );
}

/** The status bar reads `$(name)` as an icon and shows one line. */
function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').replaceAll('$(', '$ (');
}
