import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

import type { Links } from '../commands/services.ts';
import { UserError } from '../core/userError.ts';

/** Opens web pages in the person's browser. */
export class BrowserLinks implements Links {
  async open(url: string): Promise<void> {
    if (!isWebPage(url)) {
      throw new UserError(l10n.t('The address is not a web page, so it was not opened.'));
    }
    // The editor takes a string as it stands; through a Uri, `%2F` and `%252F` would change (microsoft/vscode#85930).
    await vscode.env.openExternal(url as unknown as vscode.Uri);
  }
}

/** An address can come from the AWS config or an endpoint's answer: no other scheme may reach the system. Plain http only for this computer. */
function isWebPage(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal);
}
