import { connectionKey, type Connection, type Profile } from '../../core/connection.ts';
import {
  resourceKey,
  type Resource,
  type ResourceKind,
  type ResourceRef,
} from '../../core/resources.ts';
import type { Remedy } from '../../core/userError.ts';

/** What the tree shows, as plain data. `explorer/nodeFaces.ts` gives each kind its face. */
export type Node =
  | { readonly kind: 'pins' }
  | { readonly kind: 'pin'; readonly ref: ResourceRef }
  | ProfileNode
  | { readonly kind: 'region'; readonly connection: Connection; readonly isHome: boolean }
  | BranchNode
  | { readonly kind: 'shared'; readonly connection: Connection }
  | FolderNode
  | ResourceNode
  | { readonly kind: 'group'; readonly group: GroupKind; readonly parent: ResourceNode }
  | DetailNode
  | LoadMoreNode
  | ProblemNode;

export interface ProfileNode {
  readonly kind: 'profile';
  readonly profile: Profile;
}

/** "Secrets" or "Parameters" of a region. */
export interface BranchNode {
  readonly kind: 'branch';
  readonly connection: Connection;
  readonly resources: ResourceKind;
}

export interface FolderNode {
  readonly kind: 'folder';
  readonly branch: BranchNode;
  readonly prefix: string;
  readonly label: string;
}

export interface ResourceNode {
  readonly kind: 'resource';
  readonly connection: Connection;
  readonly resource: Resource;
  /** What the tree calls it in its place: the name's last segment inside a folder, else the whole name. */
  readonly label: string;
  /** `branch` for the account's own listing, `shared` for what was added by ARN or is shared by another account. */
  readonly place: 'branch' | 'shared';
}

export type GroupKind = 'keys' | 'versions' | 'rotation' | 'replicas' | 'tags' | 'policies';

/** A leaf that tells one fact about a secret or a parameter. */
export interface DetailNode {
  readonly kind: 'detail';
  readonly detail: 'key' | 'version' | 'fact' | 'tag' | 'empty';
  readonly parent: ResourceNode;
  readonly group: GroupKind;
  readonly id: string;
  readonly label: string;
  readonly description?: string;
}

export interface LoadMoreNode {
  readonly kind: 'loadMore';
  readonly parent: Node;
  /** How many the next step brings at the most. */
  readonly count: number;
}

export interface ProblemNode {
  readonly kind: 'problem';
  /** Absent for a problem of the configuration as a whole. */
  readonly parent?: Node;
  readonly message: string;
  readonly remedies: readonly Remedy[];
  /** The profile that "Sign in…" signs in. */
  readonly profile?: string;
}

/** Stable across refreshes, so that the tree keeps its expansion and selection. */
export function nodeId(node: Node): string {
  switch (node.kind) {
    case 'pins':
      return 'pins';
    case 'pin':
      return `pins/${resourceKey(node.ref)}`;
    case 'profile':
      return `profile/${node.profile.id}`;
    case 'region':
      return `region/${connectionKey(node.connection)}`;
    case 'branch':
      return `branch/${connectionKey(node.connection)}/${node.resources}`;
    case 'shared':
      return `shared/${connectionKey(node.connection)}`;
    case 'folder':
      return `${nodeId(node.branch)}/folder/${node.prefix}`;
    case 'resource':
      return `${node.place}/${connectionKey(node.connection)}/${node.resource.kind}/item/${node.resource.arn}`;
    case 'group':
      return `${nodeId(node.parent)}/${node.group}`;
    case 'detail':
      return `${nodeId(node.parent)}/${node.group}/${node.id}`;
    case 'loadMore':
      return `${nodeId(node.parent)}/more`;
    case 'problem':
      return `${node.parent ? nodeId(node.parent) : ''}/problem/${node.message}`;
  }
}

/** What a command acts on, or undefined for a node that stands for no secret or parameter. */
export function refOf(node: Node | undefined): ResourceRef | undefined {
  switch (node?.kind) {
    case 'pin':
      return node.ref;
    case 'resource': {
      const { kind, name, arn } = node.resource;
      return { connection: node.connection, kind, name, arn };
    }
    case 'group':
    case 'detail':
      return refOf(node.parent);
    default:
      return undefined;
  }
}

/** The profile a node belongs to. */
export function profileOf(node: Node | undefined): string | undefined {
  switch (node?.kind) {
    case 'profile':
      return node.profile.id;
    case 'pin':
      return node.ref.connection.profile;
    case 'region':
    case 'branch':
    case 'shared':
    case 'resource':
      return node.connection.profile;
    case 'folder':
      return node.branch.connection.profile;
    case 'group':
    case 'detail':
      return node.parent.connection.profile;
    case 'loadMore':
      return profileOf(node.parent);
    case 'problem':
      return node.profile ?? profileOf(node.parent);
    default:
      return undefined;
  }
}
