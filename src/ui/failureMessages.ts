import * as vscode from 'vscode';

import { plainMessage } from '../core/plainMessage.ts';

import type { FailureView } from './errors.ts';

export interface FailureActions {
  readonly showLog: () => void;
  readonly openConfig: () => PromiseLike<void>;
  readonly signIn: (profile: string | undefined) => Promise<boolean>;
}

/** Failures as the editor's own messages. */
export class FailureMessages implements FailureView {
  readonly #actions: FailureActions;

  constructor(actions: FailureActions) {
    this.#actions = actions;
  }

  show(message: string, buttons: readonly string[]): PromiseLike<string | undefined> {
    return vscode.window.showErrorMessage(plainMessage(message), ...buttons);
  }

  showLog(): void {
    this.#actions.showLog();
  }

  openConfig(): PromiseLike<void> {
    return this.#actions.openConfig();
  }

  async manageTrust(): Promise<void> {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }

  signIn(profile: string | undefined): Promise<boolean> {
    return this.#actions.signIn(profile);
  }
}
