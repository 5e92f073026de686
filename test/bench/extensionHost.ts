import { registerHooks } from 'node:module';
import { fakeHost } from '../fakes/vscodeApi.ts';
import type { HostNode } from '../fakes/vscodeHost.ts';

/** The modules of the AWS SDK, bundled or not, that are loaded from now on. */
export function watchSdkModules(): ReadonlySet<string> {
  const seen = new Set<string>();
  registerHooks({
    load: (url, context, next) => {
      if (/\/dist\/aws\/|\/node_modules\/@(?:aws-sdk|smithy|aws)\//.test(url)) {
        seen.add(url);
      }
      return next(url, context);
    },
  });
  return seen;
}

/**
 * A node's children, painted: the editor asks for the item of each. It asks by messages, so that two paintings are never
 * in the same turn of the event loop.
 */
export async function paint(node?: HostNode): Promise<readonly HostNode[]> {
  await nextTurn();
  const children = await fakeHost.tree.getChildren(node);
  for (const child of children) {
    fakeHost.tree.getTreeItem(child);
  }
  const problem = children.find(({ kind }) => kind === 'problem');
  if (problem) {
    throw new Error(`The tree says: ${fakeHost.tree.getTreeItem(problem).label}`);
  }
  return children;
}

/** Opens one node after the other by the kind and label of each, and gives the children of the last. */
export async function expand(
  ...path: readonly (readonly [kind: string, label: string])[]
): Promise<readonly HostNode[]> {
  let children = await paint();
  for (const [kind, label] of path) {
    children = await paint(child(children, kind, label));
  }
  return children;
}

export function child(children: readonly HostNode[], kind: string, label?: string): HostNode {
  const found = children.find(
    (node) =>
      node.kind === kind &&
      (label === undefined || fakeHost.tree.getTreeItem(node).label === label),
  );
  if (!found) {
    const labels = children.map((node) => fakeHost.tree.getTreeItem(node).label);
    throw new Error(`No ${kind} ${label ?? ''} among ${labels.join(', ')}.`);
  }
  return found;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
