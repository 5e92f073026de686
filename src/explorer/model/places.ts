import { connectionKey, type Connection, type Profile } from '../../core/connection.ts';
import type { Resource, ResourceKind } from '../../core/resources.ts';
import type { BranchView } from './branch.ts';
import { folderChain, folderLabel } from './folders.ts';
import type { BranchNode, FolderNode, Node, ResourceNode } from './nodes.ts';

/** The folder that a node stands for: a branch is the folder of everything. */
export function placeOf(
  node: Node,
): { readonly branch: BranchNode; readonly prefix: string } | undefined {
  switch (node.kind) {
    case 'branch':
      return { branch: node, prefix: '' };
    case 'folder':
      return { branch: node.branch, prefix: node.prefix };
    default:
      return undefined;
  }
}

/** The node that is refreshed with a node: folders, items and their details are loaded by what holds them. */
export function refreshedWith(node: Node | undefined): Node | undefined {
  switch (node?.kind) {
    case 'profile':
    case 'region':
    case 'branch':
    case 'shared':
      return node;
    case 'folder':
      return node.branch;
    case 'resource': {
      const { connection, resource, place } = node;
      return place === 'shared'
        ? { kind: 'shared', connection }
        : { kind: 'branch', connection, resources: resource.kind };
    }
    case 'group':
    case 'detail':
    case 'loadMore':
    case 'problem':
      return refreshedWith(node.parent);
    case 'pins':
    case 'pin':
    case undefined:
      return undefined;
  }
}

/** Whether a part of a connection's content stands below a node that `refreshedWith` gave. */
export function holds(
  refreshed: Node | undefined,
  connection: Connection,
  part: ResourceKind | 'shared',
): boolean {
  switch (refreshed?.kind) {
    case undefined:
      return true;
    case 'profile':
      return connection.profile === refreshed.profile.id;
    case 'region':
      return isSame(connection, refreshed.connection);
    case 'branch':
      return isSame(connection, refreshed.connection) && part === refreshed.resources;
    case 'shared':
      return isSame(connection, refreshed.connection) && part === 'shared';
    default:
      return false;
  }
}

function isSame(a: Connection, b: Connection): boolean {
  return connectionKey(a) === connectionKey(b);
}

/** The innermost folder that holds a name, or the branch itself. */
export function holderOf(
  layout: 'tree' | 'flat',
  branch: BranchNode,
  name: string,
): BranchNode | FolderNode {
  return innermost(branch, layout === 'tree' ? folderChain(name) : []);
}

function innermost(branch: BranchNode, chain: readonly string[]): BranchNode | FolderNode {
  const prefix = chain.at(-1);
  if (prefix === undefined) {
    return branch;
  }
  const outer = chain.at(-2) ?? '';
  return folderNode(
    branch,
    prefix,
    folderLabel(prefix, outer, () => false),
  );
}

/** The folders and the items directly in a folder. */
export function contentNodes(
  branch: BranchNode,
  prefix: string,
  { folders, items }: Pick<BranchView, 'folders' | 'items'>,
): readonly (FolderNode | ResourceNode)[] {
  return [
    ...folders.map(({ prefix: below, label }) => folderNode(branch, below, label)),
    ...items.map((resource) => resourceNode(branch.connection, resource, prefix)),
  ];
}

function folderNode(branch: BranchNode, prefix: string, label: string): FolderNode {
  return { kind: 'folder', branch, prefix, label };
}

export function resourceNode(
  connection: Connection,
  resource: Resource,
  prefix: string,
): ResourceNode {
  const label = resource.name.slice(prefix.length);
  return { kind: 'resource', connection, resource, label, place: 'branch' };
}

export function sharedNode(connection: Connection, resource: Resource): ResourceNode {
  return { kind: 'resource', connection, resource, label: resource.name, place: 'shared' };
}

export interface Surroundings {
  readonly layout: 'tree' | 'flat';
  readonly profile: (id: string) => Profile | undefined;
  readonly homeRegion: (profile: Profile) => string | undefined;
}

/** The node one level up, equal in id to the one among whose children `node` stands. */
export function parentOf(node: Node, around: Surroundings): Node | undefined {
  switch (node.kind) {
    case 'pins':
    case 'profile':
      return undefined;
    case 'pin':
      return { kind: 'pins' };
    case 'region': {
      const profile = around.profile(node.connection.profile);
      return profile && { kind: 'profile', profile };
    }
    case 'branch':
    case 'shared': {
      const { connection } = node;
      const profile = around.profile(connection.profile);
      const isHome = profile !== undefined && connection.region === around.homeRegion(profile);
      return { kind: 'region', connection, isHome };
    }
    case 'folder':
      return innermost(node.branch, folderChain(`${node.prefix}item`).slice(0, -1));
    case 'resource': {
      const { connection, resource, place } = node;
      return place === 'shared'
        ? { kind: 'shared', connection }
        : holderOf(
            around.layout,
            { kind: 'branch', connection, resources: resource.kind },
            resource.name,
          );
    }
    case 'detail':
      return { kind: 'group', group: node.group, parent: node.parent };
    case 'group':
    case 'loadMore':
    case 'problem':
      return node.parent;
  }
}
