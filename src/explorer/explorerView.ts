import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { describeFilter } from '../core/resourceFilter.ts';
import { systemTimers } from '../core/timers.ts';
import { DisposableStore } from '../util/disposableStore.ts';
import { BackgroundIndex } from './model/backgroundIndex.ts';
import type { Emptiness } from './model/explorerConnections.ts';
import type { ExplorerModel } from './model/explorerModel.ts';
import type { FaceContext } from './model/face.ts';
import { faceOf } from './model/faces.ts';
import { nodeId, refOf, type Node } from './model/nodes.ts';
import { tooltipOf } from './model/tooltips.ts';
import { tooltipMarkdown, treeItem } from './treeItem.ts';

const viewId = 'secretManager.explorer';
const countMilliseconds = 100;
const agingMilliseconds = 60_000;

export interface ExplorerViewOptions {
  readonly faces: () => FaceContext;
  readonly indexLimit: () => number;
  /** How many loaded secrets need a person; shown on the view's icon. */
  readonly overdue: () => number;
  /** The root was asked for: the first sign that somebody looks. */
  readonly onPainted: () => void;
  /** Which welcome text an empty tree shows. */
  readonly emptiness: () => Promise<Emptiness>;
}

/** The tree as the editor sees it: asks the model for children and gives each node its face. */
export class ExplorerView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #model: ExplorerModel;
  readonly #options: ExplorerViewOptions;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<Node | undefined>());
  readonly #tree: vscode.TreeView<Node>;
  readonly #index: BackgroundIndex;
  /** The editor knows a node by the very object that `getChildren` gave it last. */
  readonly #nodes = new Map<string, Node>();
  #counting: vscode.Disposable | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(model: ExplorerModel, options: ExplorerViewOptions) {
    this.#model = model;
    this.#options = options;
    this.#tree = this.#store.add(
      vscode.window.createTreeView(viewId, {
        treeDataProvider: this,
        canSelectMany: true,
        showCollapseAll: true,
        dragAndDropController: dragController,
      }),
    );
    this.#index = this.#store.add(
      new BackgroundIndex({
        pending: () =>
          [...model.branches.all()]
            .filter(({ connection }) => !this.#hasSessionEnded(connection.profile))
            .map(({ connection, kind, branch }) => ({
              listing: branch.whole,
              grew: () => model.repaint({ kind: 'branch', connection, resources: kind }),
            })),
        limit: options.indexLimit,
        schedule: (run, milliseconds) => systemTimers.after(milliseconds, run),
      }),
    );
    this.#store.add(model.onDidChange((node) => this.#repaint(node)));
    this.#store.add(
      this.#tree.onDidChangeVisibility(({ visible }) => this.#index.setVisible(visible)),
    );
    this.#store.add(systemTimers.every(agingMilliseconds, () => this.#age()));
    this.#store.add(this.#tree.onDidCollapseElement(({ element }) => model.cancel(element)));
    this.#index.setVisible(this.#tree.visible);
    this.#showFilter();
  }

  get selection(): readonly Node[] {
    return this.#tree.selection;
  }

  dispose(): void {
    this.#counting?.dispose();
    this.#store.dispose();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    const children = await this.#model.children(node);
    if (node === undefined) {
      await this.#showRootState(children.length === 0);
      this.#options.onPainted();
    }
    if (node?.kind === 'branch' || node?.kind === 'folder') {
      this.#countOverdue();
    }
    this.#index.wake();
    return children.map((child) => this.#remember(child));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const face = faceOf(node, this.#options.faces());
    const command =
      face.command === undefined
        ? undefined
        : { command: `secretManager.${face.command}`, title: face.label, arguments: [node] };
    // The editor applies a changed expansion only to an item that is new to it.
    const id = face.expansion === 'expanded' ? `${nodeId(node)}/expanded` : nodeId(node);
    return treeItem(id, face, command);
  }

  /** Asked for when the pointer rests on the node. */
  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    const facts = tooltipOf(node, this.#options.faces());
    if (facts) {
      item.tooltip = tooltipMarkdown(facts);
    }
    return item;
  }

  getParent(node: Node): Node | undefined {
    const parent = this.#model.parent(node);
    return parent && this.#known(parent);
  }

  async reveal(node: Node): Promise<void> {
    await this.#tree.reveal(this.#known(node), { select: true, focus: true });
  }

  /** Ages and remaining times go on; painting asks AWS for nothing that is known. */
  #age(): void {
    if (this.#tree.visible) {
      this.#repaint(undefined);
    }
  }

  /** Nobody shall be asked for an MFA code because of what happens in the background. */
  #hasSessionEnded(profile: string): boolean {
    const expiresAt = this.#model.identities.identity(profile)?.expiresAt;
    return expiresAt !== undefined && expiresAt <= this.#options.faces().now;
  }

  #repaint(node: Node | undefined): void {
    this.#showFilter();
    if (node === undefined) {
      this.#nodes.clear();
      this.#changed.fire(undefined);
      return;
    }
    const known = this.#nodes.get(nodeId(node));
    if (known) {
      this.#changed.fire(known); // What was never asked for is nowhere to be painted.
    }
  }

  #known(node: Node): Node {
    return this.#nodes.get(nodeId(node)) ?? node;
  }

  #remember(node: Node): Node {
    this.#nodes.set(nodeId(node), node);
    return node;
  }

  /** Looks at everything that is loaded: once for all that the editor paints at a time. */
  #countOverdue(): void {
    this.#counting ??= systemTimers.after(countMilliseconds, () => {
      this.#counting = undefined;
      this.#showBadge(this.#options.overdue());
    });
  }

  #showBadge(count: number): void {
    const tooltip =
      count === 1
        ? l10n.t('1 secret is overdue for rotation')
        : l10n.t('{0} secrets are overdue for rotation', count);
    this.#tree.badge = count === 0 ? undefined : { value: count, tooltip };
  }

  #showFilter(): void {
    const { filter, showPendingDeletion } = this.#model.view;
    this.#tree.message = filter ? l10n.t('Filter: {0}', describeFilter(filter)) : '';
    setContext('secretManager.filtered', filter !== undefined);
    setContext('secretManager.showsPendingDeletion', showPendingDeletion);
  }

  /** Which welcome text stands in for an empty tree. */
  async #showRootState(isEmpty: boolean): Promise<void> {
    const state = isEmpty ? await this.#options.emptiness() : 'ready';
    await vscode.commands.executeCommand('setContext', 'secretManager.explorerState', state);
  }
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}

/** Dragging a node hands its name over; what a drop makes of it is the editor's affair. */
const dragController: vscode.TreeDragAndDropController<Node> = {
  dragMimeTypes: ['text/plain'],
  dropMimeTypes: [],
  handleDrag(nodes, dataTransfer) {
    const names = nodes.flatMap((node) => refOf(node)?.name ?? []);
    if (names.length > 0) {
      dataTransfer.set('text/plain', new vscode.DataTransferItem(names.join('\n')));
    }
  },
};
