import * as l10n from '@vscode/l10n';
import { ago, duration } from '../../core/relativeTime.ts';
import type { Parameter, Secret } from '../../core/resources.ts';
import type { BareFace } from './face.ts';
import type { ResourceNode } from './nodes.ts';

export function resourceFace(node: ResourceNode, now: number, isPinned: boolean): BareFace {
  const { resource, label, place, connection } = node;
  const face =
    resource.kind === 'secret'
      ? secretFace(resource, connection.region, now)
      : parameterFace(resource, now);
  const traits = [
    face.contextValue,
    ...(isPinned ? ['pinned'] : []),
    ...(place === 'shared' ? ['shared'] : []),
  ];
  return { ...face, label, expansion: 'collapsed', contextValue: traits.join(';') };
}

/** What is pending deletion rotates no more. */
export function isOverdue({ rotation, deletedAt }: Secret, now: number): boolean {
  const next = rotation?.enabled ? rotation.nextRotationAt : undefined;
  return deletedAt === undefined && next !== undefined && next < now;
}

type ResourceFace = Omit<BareFace, 'label' | 'expansion'>;

function secretFace(secret: Secret, region: string, now: number): ResourceFace {
  const { rotation, deletedAt, owningService } = secret;
  const overdue = isOverdue(secret, now);
  return {
    description: secretWords(secret, region, now).join(' · '),
    icon: deletedAt === undefined ? (overdue ? 'warning' : 'key') : 'trash',
    ...(overdue ? { color: 'list.warningForeground', decoration: 'overdue' as const } : {}),
    ...(deletedAt === undefined
      ? {}
      : { color: 'disabledForeground', decoration: 'pendingDeletion' as const }),
    contextValue: [
      'secret',
      ...(rotation?.enabled ? ['rotates'] : []),
      ...(deletedAt === undefined ? [] : ['deleted']),
      ...(owningService === undefined ? [] : ['managed']),
    ].join(';'),
  };
}

function secretWords(secret: Secret, region: string, now: number): readonly string[] {
  const { rotation, deletedAt, owningService, primaryRegion, replicas, changedAt } = secret;
  if (deletedAt !== undefined) {
    // Only a date to come can be the day of deletion; AWS's texts disagree on what an earlier one means.
    return [
      deletedAt > now
        ? l10n.t('deletes in {0}', duration(deletedAt - now))
        : l10n.t('pending deletion'),
    ];
  }
  const next = rotation?.enabled ? rotation.nextRotationAt : undefined;
  const words: string[] = [];
  if (next !== undefined) {
    words.push(
      next < now
        ? l10n.t('overdue {0}', duration(now - next))
        : l10n.t('rotates in {0}', duration(next - now)),
    );
  } else if (rotation?.enabled) {
    words.push(l10n.t('rotates'));
  } else if (changedAt !== undefined) {
    words.push(ago(changedAt, now));
  }
  if (owningService !== undefined) {
    words.push(l10n.t('managed by {0}', owningService));
  }
  if (primaryRegion !== undefined && primaryRegion !== region) {
    words.push(l10n.t('replica of {0}', primaryRegion));
  } else if (replicas && replicas.length > 0) {
    words.push(
      replicas.length === 1 ? l10n.t('1 replica') : l10n.t('{0} replicas', replicas.length),
    );
  }
  return words;
}

const parameterIcons = {
  String: 'symbol-string',
  StringList: 'list-flat',
  SecureString: 'lock',
} as const;

function parameterFace(parameter: Parameter, now: number): ResourceFace {
  const { type, tier, changedAt } = parameter;
  return {
    description: [
      ...(changedAt === undefined ? [] : [ago(changedAt, now)]),
      ...(tier === 'Advanced' ? [l10n.t('advanced')] : []),
    ].join(' · '),
    icon: parameterIcons[type],
    contextValue: `parameter;${type}`,
  };
}
