import * as l10n from '@vscode/l10n';
import type { Identity } from '../../core/connection.ts';
import { duration } from '../../core/relativeTime.ts';
import type { Resource } from '../../core/resources.ts';
import { UserError } from '../../core/userError.ts';
import type { BareFace, Face, FaceContext } from './face.ts';
import { refOf, type GroupKind, type Node, type ProfileNode, type ResourceNode } from './nodes.ts';
import { resourceFace } from './resourceFaces.ts';

export function faceOf(node: Node, context: FaceContext): Face {
  const face = bareFace(node, context);
  return { ...face, spoken: [face.label, face.description].filter(Boolean).join(', ') };
}

function bareFace(node: Node, context: FaceContext): BareFace {
  switch (node.kind) {
    case 'pins':
      return {
        label: l10n.t('Pinned'),
        icon: 'pinned',
        contextValue: 'pins',
        expansion: 'expanded',
      };
    case 'pin': {
      const { name, connection, kind } = node.ref;
      return {
        label: name,
        description: `${connection.region} · ${connection.profile}`,
        icon: kind === 'secret' ? 'key' : 'symbol-string',
        contextValue: `${kind};pin`,
        expansion: 'none',
        command: 'revealPin',
      };
    }
    case 'profile':
      return profileFace(node, context);
    case 'region': {
      const { region } = node.connection;
      return {
        label: region,
        ...optional('description', context.regionName(region)),
        icon: 'globe',
        contextValue: node.isHome ? 'region;home' : 'region',
        expansion: 'collapsed',
      };
    }
    case 'branch':
      return node.resources === 'secret'
        ? {
            label: l10n.t('Secrets'),
            icon: 'key',
            contextValue: 'branch;secret',
            expansion: 'collapsed',
          }
        : {
            label: l10n.t('Parameters'),
            icon: 'symbol-string',
            contextValue: 'branch;parameter',
            expansion: 'collapsed',
          };
    case 'shared':
      return {
        label: l10n.t('Shared with Me'),
        icon: 'live-share',
        contextValue: 'shared',
        expansion: 'collapsed',
      };
    case 'folder':
      return { label: node.label, icon: 'folder', contextValue: 'folder', expansion: 'collapsed' };
    case 'resource':
      return resourceFace(node, context.now, isPinned(node, context));
    case 'group':
      return groupFace(node.group, node.parent, context);
    case 'detail':
      return {
        label: node.label,
        ...optional('description', node.description),
        icon: detailIcons[node.detail],
        contextValue: `detail;${node.detail}`,
        expansion: 'none',
      };
    case 'loadMore':
      return {
        label: l10n.t('Load {0} more…', node.count),
        icon: 'ellipsis',
        contextValue: 'loadMore',
        expansion: 'none',
        command: 'loadMore',
      };
    case 'problem':
      return {
        label: node.message,
        icon: 'warning',
        color: 'list.warningForeground',
        contextValue: ['problem', ...node.remedies].join(';'),
        expansion: 'none',
        command: 'remedy',
      };
  }
}

const detailIcons = {
  key: 'symbol-key',
  version: 'git-commit',
  fact: 'info',
  tag: 'tag',
  empty: 'circle-slash',
} as const;

function profileFace({ profile }: ProfileNode, context: FaceContext): BareFace {
  const state = context.identityState(profile.id);
  const isProduction = context.isProduction(profile.id);
  const signIn =
    state?.kind === 'failed' &&
    state.error instanceof UserError &&
    state.error.remedies.includes('sign-in');
  const identity = state?.kind === 'known' ? state.identity : undefined;
  const description = [
    ...(isProduction ? [l10n.t('production')] : []),
    ...(signIn ? [l10n.t('Sign in…')] : []),
    ...(identity ? identityWords(identity, context.now) : []),
  ].join(' · ');
  return {
    label: profile.label,
    ...optional('description', description),
    icon: 'account',
    ...(isProduction ? { color: 'list.warningForeground', decoration: 'production' as const } : {}),
    contextValue: [
      'profile',
      ...(signIn ? ['signIn'] : []),
      ...(isProduction ? ['production'] : []),
    ].join(';'),
    expansion: 'collapsed',
  };
}

function identityWords(identity: Identity, now: number): readonly string[] {
  const { accountId, accountAlias, arn, expiresAt } = identity;
  return [
    accountAlias === undefined ? accountId : `${accountId} (${accountAlias})`,
    callerName(arn),
    ...(expiresAt === undefined
      ? []
      : [expiresAt > now ? l10n.t('{0} left', duration(expiresAt - now)) : l10n.t('expired')]),
  ];
}

/** `assumed-role/Admin/session` is Admin; `user/team/alice` is alice; the root user is root. */
export function callerName(arn: string): string {
  const [kind = '', ...path] = (arn.split(':').at(5) ?? '').split('/');
  return (kind === 'assumed-role' ? path.at(-2) : path.at(-1)) ?? kind;
}

function groupFace(group: GroupKind, parent: ResourceNode, context: FaceContext): BareFace {
  const labels: Readonly<Record<GroupKind, string>> = {
    keys: l10n.t('Keys'),
    versions: l10n.t('Versions'),
    rotation: l10n.t('Rotation'),
    replicas: l10n.t('Replicas'),
    tags: l10n.t('Tags'),
    policies: l10n.t('Policies'),
  };
  const face = { label: labels[group], icon: groupIcons[group], contextValue: `group;${group}` };
  if (group !== 'keys') {
    return {
      ...face,
      expansion: 'collapsed',
      ...optional('description', groupWords(group, parent.resource)),
    };
  }
  const ref = refOf(parent);
  const names = ref && context.keys(ref);
  return names
    ? { ...face, expansion: 'expanded', description: String(names.length) }
    : {
        ...face,
        expansion: 'none',
        description: l10n.t('click to list names'),
        command: 'showKeys',
      };
}

const groupIcons: Readonly<Record<GroupKind, string>> = {
  keys: 'json',
  versions: 'history',
  rotation: 'sync',
  replicas: 'multiple-windows',
  tags: 'tag',
  policies: 'law',
};

function groupWords(group: GroupKind, resource: Resource): string | undefined {
  if (resource.kind === 'parameter') {
    return group === 'versions' ? l10n.t('version {0}', resource.version) : undefined;
  }
  switch (group) {
    case 'tags':
      return String(resource.tags.length);
    case 'rotation':
      return resource.rotation?.enabled ? undefined : l10n.t('off');
    default:
      return undefined;
  }
}

function isPinned(node: ResourceNode, context: FaceContext): boolean {
  const ref = refOf(node);
  return ref !== undefined && context.isPinned(ref);
}

/** An empty text is left out, so that the tree shows no stray separator. */
function optional<K extends string>(key: K, text: string | undefined): { [P in K]?: string } {
  return (text ? { [key]: text } : {}) as { [P in K]?: string };
}
