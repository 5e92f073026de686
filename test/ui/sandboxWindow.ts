import { setTimeout as delay } from 'node:timers/promises';
import { isRecord } from '../faults/apiRequest.ts';
import type { JournalEntry } from '../faults/journal.ts';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import type { TreePath, TreeView } from './support/treeView.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './support/workbench.ts';

/** Every call that hands out a value that was not asked for. GetParameterHistory is asked for with `WithDecryption: false`. */
export const valueOperations: readonly string[] = [
  'GetSecretValue',
  'BatchGetSecretValue',
  'GetParameter',
  'GetParameters',
  'GetParametersByPath',
];

export const secretsPath = ['security', 'eu-west-1', 'Secrets'] as const;
export const parametersPath = ['security', 'eu-west-1', 'Parameters'] as const;

/** A sandbox and a window on it, with the explorer open. */
export class SandboxWindow {
  readonly sandbox: Sandbox;
  readonly workbench: Workbench;

  private constructor(sandbox: Sandbox, workbench: Workbench) {
    this.sandbox = sandbox;
    this.workbench = workbench;
  }

  static async open(
    options: Partial<WorkbenchOptions> & { readonly sandbox?: Sandbox } = {},
  ): Promise<SandboxWindow> {
    const { sandbox = await startSandbox(), ...workbenchOptions } = options;
    try {
      const workbench = await openWorkbench({
        env: sandbox.env,
        workspace: sandbox.workspace,
        ...workbenchOptions,
      });
      await workbench.openExplorer();
      return new SandboxWindow(sandbox, workbench);
    } catch (error) {
      await sandbox.stop();
      throw error;
    }
  }

  get tree(): TreeView {
    return this.workbench.explorer;
  }

  async close(): Promise<void> {
    await this.workbench.close();
    await this.sandbox.stop();
  }

  calls(operation?: string): readonly JournalEntry[] {
    return this.sandbox.proxy.journal.filter(
      (entry) => operation === undefined || entry.operation === operation,
    );
  }

  /** The calls that `act` makes, when nothing else is under way. */
  async callsOf(act: () => Promise<unknown>): Promise<readonly JournalEntry[]> {
    await this.#quiet();
    const before = this.calls().length;
    await act();
    await this.#quiet();
    return this.calls().slice(before);
  }

  async costOf(act: () => Promise<unknown>): Promise<readonly string[]> {
    return (await this.callsOf(act)).map(({ operation }) => operation);
  }

  /** The codicon of a row. */
  async icon(path: TreePath): Promise<string> {
    const { index } = await this.tree.row(path);
    const className = await this.workbench.page
      .locator(
        `[id="workbench.parts.sidebar"] .monaco-list-row[data-index="${String(index)}"] .custom-view-tree-node-item-icon`,
      )
      .first()
      .getAttribute('class');
    return /codicon-(?!colored)([a-z-]+)/.exec(className ?? '')?.[1] ?? '';
  }

  async labels(path: TreePath): Promise<readonly string[]> {
    return (await this.tree.expand(path)).map(({ label }) => label);
  }

  /** Restarts the window on the same server: what the extension remembers is all that is left. */
  async reload(): Promise<void> {
    const { workbench } = this;
    await workbench.page.reload();
    await workbench.waitUntilReady();
    await workbench.openExplorer();
  }

  async #quiet(): Promise<void> {
    for (let before = -1, now = this.calls().length; now !== before; now = this.calls().length) {
      before = now;
      await delay(400);
    }
  }
}

/** A parameter of a call. */
export function parameter(call: JournalEntry | undefined, name: string): unknown {
  return isRecord(call?.params) ? call.params[name] : undefined;
}
