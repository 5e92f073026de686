import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

import type { Links } from '../commands/services.ts';
import { plainMessage } from '../core/plainMessage.ts';
import type { SignInPrompts } from '../core/ports.ts';
import { DisposableStore } from '../util/disposableStore.ts';

/** What a sign-in asks of the person. */
export class EditorSignInPrompts implements SignInPrompts {
  readonly #links: Links;

  constructor(links: Links) {
    this.#links = links;
  }

  async mfaCode({
    profile,
    serial,
    signal,
  }: Parameters<SignInPrompts['mfaCode']>[0]): Promise<string | undefined> {
    return await whileRunning(signal, async (token) => {
      const typed = await vscode.window.showInputBox(
        {
          title: l10n.t('Sign In as {0}', profile),
          prompt: plainMessage(l10n.t('The code that the MFA device {0} shows', serial)),
          placeHolder: l10n.t('Six digits'),
          password: true,
          ignoreFocusOut: true,
          validateInput: mfaCodeProblem,
        },
        token,
      );
      return typed?.replaceAll(/\s/g, '');
    });
  }

  async deviceCode({
    profile,
    userCode,
    verificationUri,
    signal,
  }: Parameters<SignInPrompts['deviceCode']>[0]): Promise<boolean> {
    const accepted = await whileRunning(signal, async (token) => {
      const picked = await vscode.window.showQuickPick(
        [
          {
            label: l10n.t('Copy Code and Open Browser'),
            description: userCode,
            detail: l10n.t('Enter the code at {0}, then come back.', originOf(verificationUri)),
            iconPath: new vscode.ThemeIcon('link-external'),
          },
        ],
        {
          title: l10n.t('Sign In as {0}', profile),
          placeHolder: l10n.t('The code is {0}', userCode),
          ignoreFocusOut: true,
        },
        token,
      );
      return picked !== undefined;
    });
    if (!accepted || signal?.aborted) {
      return false;
    }
    await vscode.env.clipboard.writeText(userCode);
    await this.#links.open(verificationUri);
    return true;
  }
}

/** Takes the question away when the call that asked it has ended. */
async function whileRunning<T>(
  signal: AbortSignal | undefined,
  ask: (token: vscode.CancellationToken) => Promise<T>,
): Promise<T> {
  const store = new DisposableStore();
  const source = store.add(new vscode.CancellationTokenSource());
  const cancel = (): void => source.cancel();
  signal?.addEventListener('abort', cancel);
  store.add({ dispose: () => signal?.removeEventListener('abort', cancel) });
  if (signal?.aborted) {
    source.cancel();
  }
  try {
    return await ask(source.token);
  } finally {
    store.dispose();
  }
}

function mfaCodeProblem(text: string): string | undefined {
  return /^\d{6}$/.test(text.replaceAll(/\s/g, ''))
    ? undefined
    : l10n.t('An MFA code has six digits.');
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
