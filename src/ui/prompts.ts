import * as vscode from 'vscode';

import { plainMessage } from '../core/plainMessage.ts';
import type { PickItem, Prompts } from '../core/ports.ts';
import { busy } from './busy.ts';
import { quickPickItems } from './quickPickItem.ts';

/** The person at the editor. */
export class EditorPrompts implements Prompts {
  async pick<T>(
    items: readonly PickItem<T>[],
    options: { readonly title: string; readonly placeholder: string },
  ): Promise<T | undefined> {
    const picked = await vscode.window.showQuickPick(quickPickItems(items), {
      title: options.title,
      placeHolder: options.placeholder,
      matchOnDescription: true,
      ignoreFocusOut: true,
    });
    return picked?.item?.value;
  }

  async input(options: Parameters<Prompts['input']>[0]): Promise<string | undefined> {
    const { title, prompt, value, placeholder, validate } = options;
    return await vscode.window.showInputBox({
      title,
      prompt: plainMessage(prompt),
      ...(value !== undefined && { value }),
      ...(placeholder !== undefined && { placeHolder: placeholder }),
      ...(validate && {
        validateInput: (text: string) => {
          const problem = validate(text);
          return problem === undefined ? undefined : plainMessage(problem);
        },
      }),
      ignoreFocusOut: true,
    });
  }

  async confirm(
    question: string,
    { detail, verb }: { readonly detail?: string; readonly verb: string },
  ): Promise<boolean> {
    const options = { modal: true, ...(detail !== undefined && { detail }) };
    return (await vscode.window.showWarningMessage(plainMessage(question), options, verb)) === verb;
  }

  inform(message: string): void {
    void vscode.window.showInformationMessage(plainMessage(message));
  }

  async busy<T>(title: string, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return await busy(showProgress, plainMessage(title), task);
  }
}

/** Resolves when the task ends; calls back when the person presses Cancel. */
async function showProgress(
  title: string,
  ended: Promise<unknown>,
  onCancel: () => void,
): Promise<void> {
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (_progress, token) => {
      const listener = token.onCancellationRequested(onCancel);
      try {
        await Promise.race([ended, cancelled(token)]);
      } finally {
        listener.dispose();
      }
    },
  );
}

function cancelled(token: vscode.CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    token.onCancellationRequested(() => resolve());
  });
}
