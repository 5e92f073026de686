import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Decoration, Face } from './model/face.ts';
import type { TooltipFacts } from './model/tooltips.ts';

/** Gives a face the editor's types. `click` is what a click does where the face asks for more than a selection. */
export function treeItem(
  id: string,
  face: Face,
  click: vscode.Command | undefined,
): vscode.TreeItem {
  const item = new vscode.TreeItem(face.label, collapsibleStates[face.expansion]);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon(
    face.icon,
    face.color === undefined ? undefined : new vscode.ThemeColor(face.color),
  );
  item.contextValue = face.contextValue;
  item.accessibilityInformation = { label: face.spoken };
  if (face.description !== undefined) {
    item.description = face.description;
  }
  if (face.decoration) {
    item.resourceUri = decorationUri(face.decoration);
  }
  if (click) {
    item.command = click;
  }
  return item;
}

const collapsibleStates = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** Untrusted Markdown: names and descriptions come from AWS, where anybody with a tag permission writes them. */
export function tooltipMarkdown({ title, text, facts }: TooltipFacts): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.appendMarkdown('**').appendText(title).appendMarkdown('**');
  if (text !== undefined) {
    markdown.appendMarkdown('\n\n').appendText(text);
  }
  for (const [name, value] of facts) {
    markdown.appendMarkdown('\n\n').appendText(`${name}: ${value}`);
  }
  return markdown;
}

const decorationScheme = 'secret-manager-decoration';

function decorationUri(decoration: Decoration): vscode.Uri {
  return vscode.Uri.from({ scheme: decorationScheme, path: `/${decoration}` });
}

/** Badges and colours of nodes; the words stand in the description, so a colour is never the only sign. */
export function registerDecorations(): vscode.Disposable {
  const decorations: Readonly<Record<string, vscode.FileDecoration>> = {
    '/production': {
      badge: 'P',
      tooltip: l10n.t('Production connection'),
      color: new vscode.ThemeColor('list.warningForeground'),
    },
    '/overdue': {
      badge: '!',
      tooltip: l10n.t('Rotation is overdue'),
      color: new vscode.ThemeColor('list.warningForeground'),
    },
    '/pendingDeletion': {
      badge: 'D',
      tooltip: l10n.t('Pending deletion'),
      color: new vscode.ThemeColor('disabledForeground'),
    },
  };
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: ({ scheme, path }) =>
      scheme === decorationScheme ? decorations[path] : undefined,
  });
}
