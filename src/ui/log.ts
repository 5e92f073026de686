import * as vscode from 'vscode';

import type { Log } from '../core/ports.ts';
import { redact } from '../core/redact.ts';
import { DisposableStore } from '../util/disposableStore.ts';
import type { Disposable } from '../util/disposableStore.ts';

/** The output channel "Secret Manager", made with the first line. The editor's log level decides what it keeps. */
export class OutputLog implements Log, Disposable {
  readonly #store = new DisposableStore();
  #made: vscode.LogOutputChannel | undefined;

  debug(message: string): void {
    const channel = this.#channel();
    // Redacting costs time, and debug lines are many.
    if (channel.logLevel !== vscode.LogLevel.Off && channel.logLevel <= vscode.LogLevel.Debug) {
      channel.debug(redact(message));
    }
  }

  info(message: string): void {
    this.#channel().info(redact(message));
  }

  warn(message: string): void {
    this.#channel().warn(redact(message));
  }

  error(message: string): void {
    this.#channel().error(redact(message));
  }

  show(): void {
    this.#channel().show();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #channel(): vscode.LogOutputChannel {
    this.#made ??= this.#store.add(
      vscode.window.createOutputChannel('Secret Manager', { log: true }),
    );
    return this.#made;
  }
}
