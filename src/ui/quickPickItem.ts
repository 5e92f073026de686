import * as vscode from 'vscode';

import type { PickItem } from '../core/ports.ts';

export interface ValueItem<T> extends vscode.QuickPickItem {
  /** Absent for a heading. */
  readonly item?: PickItem<T>;
}

/** The editor's rows for a list: each heading becomes a row of its own. */
export function quickPickItems<T>(
  items: readonly PickItem<T>[],
  options: { readonly alwaysShow?: boolean } = {},
): ValueItem<T>[] {
  return items.flatMap((item) => {
    const row = quickPickItem(item, options.alwaysShow ?? false);
    return item.separator === undefined
      ? [row]
      : [{ label: item.separator, kind: vscode.QuickPickItemKind.Separator }, row];
  });
}

function quickPickItem<T>(item: PickItem<T>, alwaysShow: boolean): ValueItem<T> {
  return {
    label: plain(item.label),
    ...(item.description !== undefined && { description: plain(item.description) }),
    ...(item.detail !== undefined && { detail: plain(item.detail) }),
    ...(item.icon !== undefined && { iconPath: new vscode.ThemeIcon(item.icon) }),
    alwaysShow,
    item,
  };
}

/** Names come from AWS: `$(name)` in them is text, not an icon. */
function plain(text: string): string {
  return text.replaceAll('$(', String.raw`\$(`);
}
