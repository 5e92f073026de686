import * as l10n from '@vscode/l10n';
import type { Aws } from '../../core/ports.ts';
import { ago, exactTime } from '../../core/relativeTime.ts';
import type {
  Parameter,
  ParameterVersion,
  Rotation,
  Secret,
  SecretVersion,
  Tag,
} from '../../core/resources.ts';
import { allPages } from './allPages.ts';
import type { DetailNode, GroupKind, Node, ResourceNode } from './nodes.ts';

type Group = Extract<Node, { kind: 'group' }>;
type Fact = Pick<DetailNode, 'detail' | 'id' | 'label'> & { readonly description?: string };

/** The groups below a secret or a parameter. Nothing is called for until one is opened. */
export function groupsOf(node: ResourceNode): readonly Group[] {
  const { resource } = node;
  const groups: readonly GroupKind[] =
    resource.kind === 'secret'
      ? ['keys', 'versions', 'rotation', 'replicas', 'tags']
      : ['versions', ...(resource.policies.length > 0 ? (['policies'] as const) : []), 'tags'];
  return groups.map((group) => ({ kind: 'group', group, parent: node }));
}

/** Fills a group. Keys are not read here: that takes the value, so it takes a command. */
export async function detailsOf(
  node: Group,
  aws: () => Promise<Aws>,
  now: number,
  signal: AbortSignal,
): Promise<readonly DetailNode[]> {
  const { group, parent } = node;
  const { resource, connection } = parent;
  const facts =
    resource.kind === 'secret'
      ? await secretFacts(
          group,
          resource,
          async () => (await aws()).secrets(connection),
          now,
          signal,
        )
      : await parameterFacts(
          group,
          resource,
          // By its name another account's parameter would be taken for one's own.
          parent.place === 'shared' ? resource.arn : resource.name,
          async () => (await aws()).parameters(connection),
          now,
          signal,
        );
  return detailNodes(node, facts);
}

/** Duplicate keys are legal in JSON text, so the position is part of a key's id. */
export function keyNodes(parent: ResourceNode, names: readonly string[]): readonly DetailNode[] {
  const facts = names.map((label, index): Fact => ({
    detail: 'key',
    id: `${index}/${label}`,
    label,
  }));
  return detailNodes({ kind: 'group', group: 'keys', parent }, facts);
}

function detailNodes({ group, parent }: Group, facts: readonly Fact[]): readonly DetailNode[] {
  const shown = facts.length > 0 ? facts : [emptyFact(group)];
  return shown.map((fact) => Object.assign({ kind: 'detail' as const, parent, group }, fact));
}

async function secretFacts(
  group: GroupKind,
  secret: Secret,
  store: () => Promise<ReturnType<Aws['secrets']>>,
  now: number,
  signal: AbortSignal,
): Promise<readonly Fact[]> {
  switch (group) {
    case 'versions': {
      const secrets = await store();
      const versions = await allPages(
        (token) => secrets.versions(secret.arn, token, signal),
        ({ id }) => id,
      );
      return versions.toSorted(byRecency).map((version) => secretVersionFact(version, now));
    }
    case 'rotation':
      return rotationFacts(secret, now);
    case 'replicas': {
      const described = secret.replicas
        ? secret
        : await (await store()).describe(secret.arn, signal);
      return replicaFacts(described);
    }
    case 'tags':
      return secret.tags.map(tagFact);
    case 'keys':
    case 'policies':
      return [];
  }
}

async function parameterFacts(
  group: GroupKind,
  parameter: Parameter,
  id: string,
  store: () => Promise<ReturnType<Aws['parameters']>>,
  now: number,
  signal: AbortSignal,
): Promise<readonly Fact[]> {
  switch (group) {
    case 'versions': {
      const parameters = await store();
      const versions = await allPages(
        (token) => parameters.versions(id, token, signal),
        ({ version }) => version,
      );
      return versions
        .toSorted((a, b) => b.version - a.version)
        .map((version) => parameterVersionFact(version, now));
    }
    case 'tags':
      return (await (await store()).tags(id, signal)).map(tagFact);
    case 'policies':
      return parameter.policies.map(({ type, status, text }, index) => ({
        detail: 'fact',
        id: `${type}-${index}`,
        label: type,
        description: [status, policyAttributes(text)].filter(Boolean).join(' · '),
      }));
    case 'keys':
    case 'rotation':
    case 'replicas':
      return [];
  }
}

function byRecency(a: SecretVersion, b: SecretVersion): number {
  return (b.createdAt ?? 0) - (a.createdAt ?? 0);
}

function secretVersionFact(version: SecretVersion, now: number): Fact {
  const age = version.createdAt === undefined ? undefined : ago(version.createdAt, now);
  return {
    detail: 'version',
    id: version.id,
    label: version.stages.length > 0 ? version.stages.join(', ') : l10n.t('no stage'),
    description: [age, version.id].filter(Boolean).join(' · '),
  };
}

function parameterVersionFact(version: ParameterVersion, now: number): Fact {
  return {
    detail: 'version',
    id: String(version.version),
    label: l10n.t('Version {0}', version.version),
    description: [
      version.labels.join(', '),
      version.changedAt === undefined ? '' : ago(version.changedAt, now),
      version.changedBy?.split('/').at(-1) ?? '',
    ]
      .filter(Boolean)
      .join(' · '),
  };
}

function rotationFacts({ rotation, owningService }: Secret, now: number): readonly Fact[] {
  if (!rotation || (!rotation.enabled && rotation.lastRotatedAt === undefined)) {
    return [];
  }
  const facts: [label: string, description: string | undefined][] = [
    [l10n.t('Schedule'), rotation.enabled ? scheduleText(rotation) : l10n.t('off')],
    [
      l10n.t('Function'),
      rotation.lambdaArn?.split(':').at(6) ??
        (owningService && l10n.t('managed by {0}', owningService)),
    ],
    [l10n.t('Last rotated'), timeText(rotation.lastRotatedAt, now)],
    [
      l10n.t('Next rotation'),
      rotation.nextRotationAt === undefined ? undefined : exactTime(rotation.nextRotationAt),
    ],
  ];
  return facts.flatMap(([label, description]) =>
    description === undefined ? [] : [{ detail: 'fact' as const, id: label, label, description }],
  );
}

export function scheduleText({ afterDays, expression, duration }: Rotation): string {
  const schedule =
    expression ??
    (afterDays === undefined ? l10n.t('no schedule') : l10n.t('every {0} d', afterDays));
  return duration === undefined ? schedule : l10n.t('{0}, window {1}', schedule, duration);
}

function timeText(time: number | undefined, now: number): string | undefined {
  return time === undefined ? undefined : `${ago(time, now)} (${exactTime(time)})`;
}

function replicaFacts({ replicas = [], primaryRegion }: Secret): readonly Fact[] {
  const facts: Fact[] = replicas.map(({ region, status, statusMessage }) => ({
    detail: 'fact',
    id: region,
    label: region,
    description: [status, statusMessage].filter(Boolean).join(' · '),
  }));
  return primaryRegion === undefined
    ? facts
    : [
        { detail: 'fact', id: 'primary', label: l10n.t('Primary'), description: primaryRegion },
        ...facts,
      ];
}

function tagFact({ key, value }: Tag): Fact {
  return { detail: 'tag', id: key, label: key, description: value };
}

/** A policy's own attributes in one line: `Timestamp 2030-01-01T00:00:00Z`. */
function policyAttributes(text: string): string {
  try {
    const { Attributes: attributes } = JSON.parse(text) as { Attributes?: Record<string, string> };
    return Object.entries(attributes ?? {})
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  } catch {
    return '';
  }
}

function emptyFact(group: GroupKind): Fact {
  return { detail: 'empty', id: 'empty', label: emptyTexts()[group] };
}

function emptyTexts(): Readonly<Record<GroupKind, string>> {
  return {
    keys: l10n.t('No keys'),
    versions: l10n.t('No versions'),
    rotation: l10n.t('Never rotated'),
    replicas: l10n.t('Not replicated'),
    tags: l10n.t('No tags'),
    policies: l10n.t('No policies'),
  };
}
