import * as vscode from 'vscode';
import type { Invocation, TableEntry } from './commandTable.ts';
import { profileOf, refOf, type Node } from './explorer/model/nodes.ts';
import { withErrorBoundary, type FailureBoundary } from './ui/errors.ts';

/** Registers the table behind the one error boundary. */
export function registerCommands(
  table: Readonly<Record<string, TableEntry>>,
  boundary: FailureBoundary,
  selection: () => readonly Node[],
): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(table).map(([id, { doing, run }]) =>
      vscode.commands.registerCommand(`secretManager.${id}`, async (...args: unknown[]) => {
        const invocation = invocationOf(args, selection);
        const profile = profileOf(invocation.node);
        await withErrorBoundary(
          boundary,
          { doing, ...(profile === undefined ? {} : { profile }) },
          async () => {
            await run(invocation);
          },
        );
      }),
    ),
  );
}

/** What a key binding passes to act on the tree's selection, as a menu acts on its node. */
const onSelection = 'selection';

/** The tree passes the clicked node and, with several selected, all of them; the palette passes nothing. */
function invocationOf(args: readonly unknown[], selection: () => readonly Node[]): Invocation {
  const [first, all] = args;
  const nodes = first === onSelection ? selection() : Array.isArray(all) ? (all as Node[]) : [];
  const node = isNode(first) ? first : nodes[0];
  const targets = nodes.length > 0 ? nodes : node ? [node] : [];
  const refs = targets.flatMap((target) => refOf(target) ?? []);
  return { node, ref: refOf(node) ?? refs[0], refs };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
