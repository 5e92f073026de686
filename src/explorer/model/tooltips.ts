import * as l10n from '@vscode/l10n';
import type { Identity, Profile } from '../../core/connection.ts';
import { ago, exactTime } from '../../core/relativeTime.ts';
import type { Parameter, Secret } from '../../core/resources.ts';
import { scheduleText } from './details.ts';
import type { FaceContext } from './face.ts';
import type { Node } from './nodes.ts';

/** A tooltip as data: the edge escapes every text, since AWS lets anybody put Markdown into a description. */
export interface TooltipFacts {
  readonly title: string;
  readonly text?: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

type Fact = readonly [name: string, value: string | undefined];

/** What a node tells when the pointer rests on it. Made for that node alone: most of what a face would cost is this. */
export function tooltipOf(
  node: Node,
  { now, identityState }: Pick<FaceContext, 'now' | 'identityState'>,
): TooltipFacts | undefined {
  switch (node.kind) {
    case 'resource': {
      const { resource } = node;
      return resource.kind === 'secret'
        ? secretFacts(resource, now)
        : parameterFacts(resource, now);
    }
    case 'profile': {
      const state = identityState(node.profile.id);
      return identityFacts(node.profile, state?.kind === 'known' ? state.identity : undefined, now);
    }
    case 'problem':
      return { title: node.message, facts: [] };
    default:
      return undefined;
  }
}

export function secretFacts(secret: Secret, now: number): TooltipFacts {
  const { rotation, owningService, primaryRegion, replicas, tags, deletedAt } = secret;
  return tooltip(secret.name, secret.description, [
    [l10n.t('ARN'), secret.arn],
    [l10n.t('KMS key'), secret.kmsKeyId ?? 'aws/secretsmanager'],
    [l10n.t('Rotation'), rotation?.enabled ? scheduleText(rotation) : l10n.t('off')],
    [l10n.t('Next rotation'), when(rotation?.enabled ? rotation.nextRotationAt : undefined, now)],
    [l10n.t('Last rotated'), when(rotation?.lastRotatedAt, now)],
    [l10n.t('Changed'), when(secret.changedAt, now)],
    [l10n.t('Accessed'), day(secret.accessedAt)],
    [l10n.t('Created'), when(secret.createdAt, now)],
    [l10n.t('Deletion'), when(deletedAt, now)],
    [l10n.t('Managed by'), owningService],
    [l10n.t('Primary region'), primaryRegion],
    [l10n.t('Replicas'), replicas?.map(({ region }) => region).join(', ')],
    [l10n.t('Tags'), tags.map(({ key, value }) => `${key}=${value}`).join(', ')],
  ]);
}

export function parameterFacts(parameter: Parameter, now: number): TooltipFacts {
  const { type, tier, dataType, version, kmsKeyId, allowedPattern, policies, changedBy } =
    parameter;
  return tooltip(parameter.name, parameter.description, [
    [l10n.t('ARN'), parameter.arn],
    [l10n.t('Type'), [type, tier, dataType].filter(Boolean).join(' · ')],
    [l10n.t('Version'), String(version)],
    [l10n.t('KMS key'), type === 'SecureString' ? kmsKeyId : undefined],
    [l10n.t('Allowed pattern'), allowedPattern],
    [l10n.t('Policies'), policies.map((policy) => policy.type).join(', ')],
    [l10n.t('Changed'), when(parameter.changedAt, now)],
    [l10n.t('Changed by'), changedBy],
  ]);
}

export function identityFacts(
  profile: Profile,
  identity: Identity | undefined,
  now: number,
): TooltipFacts {
  return tooltip(profile.label, undefined, [
    [l10n.t('Credentials'), credentialWords(profile)],
    [l10n.t('Account'), identity?.accountId],
    [l10n.t('Account alias'), identity?.accountAlias],
    [l10n.t('Caller'), identity?.arn],
    [l10n.t('Session ends'), when(identity?.expiresAt, now)],
    [l10n.t('MFA device'), profile.mfaSerial],
  ]);
}

function credentialWords({ credentialKind, roleArn }: Profile): string {
  switch (credentialKind) {
    case 'static':
      return l10n.t('access key');
    case 'assume-role':
      return roleArn === undefined ? l10n.t('role') : l10n.t('role {0}', roleArn);
    case 'sso':
      return l10n.t('IAM Identity Center');
    case 'login':
      return l10n.t('AWS sign-in');
    case 'web-identity':
      return l10n.t('web identity');
    case 'process':
      return l10n.t('credential process');
    case 'environment':
      return l10n.t('environment variables');
    case 'container':
      return l10n.t('container role');
    case 'instance':
      return l10n.t('instance role');
    case 'none':
      return l10n.t('none configured');
  }
}

function tooltip(title: string, text: string | undefined, facts: readonly Fact[]): TooltipFacts {
  const told = facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return { title, facts: told, ...(text ? { text } : {}) };
}

function when(time: number | undefined, now: number): string | undefined {
  if (time === undefined) {
    return undefined;
  }
  return time > now ? exactTime(time) : `${exactTime(time)} (${ago(time, now)})`;
}

/** Secrets Manager tells the day of the last access only. */
function day(time: number | undefined): string | undefined {
  return time === undefined ? undefined : exactTime(time).slice(0, 10);
}
