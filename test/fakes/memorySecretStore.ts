import type { AwsCall } from '../../src/core/awsCall.ts';
import { explainAwsFailure } from '../../src/core/awsFailures.ts';
import type { Connection } from '../../src/core/connection.ts';
import type {
  Page,
  ReadSecret,
  SecretFilter,
  SecretQuery,
  SecretStore,
} from '../../src/core/ports.ts';
import type { Secret, SecretVersion } from '../../src/core/resources.ts';
import { SecretValue } from '../../src/core/secretValue.ts';
import { Cancelled } from '../../src/core/userError.ts';
import { compareText, pageOf } from './memoryPages.ts';

interface MemoryVersion {
  readonly id: string;
  readonly stages: readonly string[];
  readonly createdAt?: number;
  readonly value: string | Uint8Array;
}

export interface MemorySecret {
  readonly secret: Secret;
  readonly versions: readonly MemoryVersion[];
}

/** A secret as a test writes it down: a name, a value and what matters to the test. */
export function memorySecret(
  name: string,
  value: string | Uint8Array,
  more: Partial<Secret> = {},
): MemorySecret {
  return {
    secret: {
      kind: 'secret',
      arn: `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}-a1b2c3`,
      name,
      createdAt: 1_700_000_000_000,
      tags: [],
      ...more,
    },
    versions: [{ id: '11111111-1111-4111-8111-111111111111', stages: ['AWSCURRENT'], value }],
  };
}

/** Secrets Manager as its documentation tells, without a network. `calls` is what a test counts. */
export class MemorySecretStore implements SecretStore {
  readonly calls: string[] = [];
  readonly #connection: Connection;
  readonly #secrets: Map<string, MemorySecret>;
  readonly #failures = new Map<string, Error>();

  constructor(connection: Connection, secrets: readonly MemorySecret[]) {
    this.#connection = connection;
    this.#secrets = new Map(secrets.map((each) => [each.secret.name, each]));
  }

  /** From now on the action fails as the SDK would, until `heal`. */
  fail(action: string, name: string, message = ''): void {
    this.#failures.set(action, Object.assign(new Error(message), { name }));
  }

  heal(): void {
    this.#failures.clear();
  }

  put(secret: MemorySecret): void {
    this.#secrets.set(secret.secret.name, secret);
  }

  remove(name: string): void {
    this.#secrets.delete(name);
  }

  async list(query: SecretQuery, signal: AbortSignal): Promise<Page<Secret>> {
    const call = this.#begin('secretsmanager:ListSecrets', undefined, signal);
    const { pageSize = 100, sortBy = 'created-date', descending = false } = query;
    if (pageSize < 1 || pageSize > 100) {
      throw failure(call, 'InvalidParameterException');
    }
    const found = [...this.#secrets.values()]
      .map(({ secret }) => secret)
      .filter(({ deletedAt }) => query.includePlannedDeletion === true || !deletedAt)
      .filter((secret) => (query.filters ?? []).every((filter) => matches(secret, filter)))
      .toSorted((a, b) => (descending ? -1 : 1) * compare(a, b, sortBy));
    const page = pageOf(found, pageSize, query.nextToken);
    if (!page) {
      throw failure(call, 'InvalidNextTokenException');
    }
    return page;
  }

  async describe(id: string, signal: AbortSignal): Promise<Secret> {
    const call = this.#begin('secretsmanager:DescribeSecret', id, signal);
    const { secret } = this.#find(id, call);
    return { ...secret, replicas: secret.replicas ?? [] };
  }

  async versions(
    id: string,
    nextToken: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<SecretVersion>> {
    const call = this.#begin('secretsmanager:ListSecretVersionIds', id, signal);
    const { versions } = this.#find(id, call);
    const page = pageOf(versions, 100, nextToken);
    if (!page) {
      throw failure(call, 'InvalidNextTokenException');
    }
    const items = page.items.map(({ id: versionId, stages, createdAt }) => ({
      id: versionId,
      stages,
      kmsKeyIds: [],
      ...(createdAt === undefined ? {} : { createdAt }),
    }));
    return { ...page, items };
  }

  async read(id: string, stage: string, signal: AbortSignal): Promise<ReadSecret> {
    const call = this.#begin('secretsmanager:GetSecretValue', id, signal);
    const { secret, versions } = this.#find(id, call);
    if (secret.deletedAt !== undefined) {
      throw failure(call, 'InvalidRequestException', 'The secret was marked for deletion.');
    }
    const version = versions.find(({ stages }) => stages.includes(stage));
    if (!version) {
      const message = `Secrets Manager can't find the secret value for staging label: ${stage}`;
      throw failure(call, 'ResourceNotFoundException', message);
    }
    const { value } = version;
    return {
      versionId: version.id,
      stages: version.stages,
      value: typeof value === 'string' ? SecretValue.text(value) : SecretValue.binary(value),
    };
  }

  #begin(action: string, target: string | undefined, signal: AbortSignal): AwsCall {
    if (signal.aborted) {
      throw new Cancelled();
    }
    this.calls.push(target === undefined ? action : `${action} ${target}`);
    const call: AwsCall = {
      service: 'Secrets Manager',
      action,
      ...(target === undefined ? {} : { target }),
      ...this.#connection,
    };
    const planned = this.#failures.get(action);
    if (planned) {
      throw explainAwsFailure(planned, call);
    }
    return call;
  }

  /** By name, by ARN, or by an ARN without its six random characters. */
  #find(id: string, call: AwsCall): MemorySecret {
    const found =
      this.#secrets.get(id) ??
      [...this.#secrets.values()].find(
        ({ secret: { arn } }) => arn === id || arn.slice(0, -'-a1b2c3'.length) === id,
      );
    if (!found) {
      const message = "Secrets Manager can't find the specified secret.";
      throw failure(call, 'ResourceNotFoundException', message);
    }
    return found;
  }
}

function failure(call: AwsCall, name: string, message = ''): unknown {
  return explainAwsFailure(Object.assign(new Error(message), { name }), call);
}

function compare(a: Secret, b: Secret, by: NonNullable<SecretQuery['sortBy']>): number {
  switch (by) {
    case 'name':
      return compareText(a.name, b.name);
    case 'created-date':
      return (a.createdAt ?? 0) - (b.createdAt ?? 0);
    case 'last-changed-date':
      return (a.changedAt ?? 0) - (b.changedAt ?? 0);
    case 'last-accessed-date':
      return (a.accessedAt ?? 0) - (b.accessedAt ?? 0);
  }
}

/** Values of one filter are alternatives; a leading `!` negates. */
function matches(secret: Secret, { key, values }: SecretFilter): boolean {
  return values.some((value) =>
    value.startsWith('!') ? !has(secret, key, value.slice(1)) : has(secret, key, value),
  );
}

function has(secret: Secret, key: SecretFilter['key'], value: string): boolean {
  const { name, description = '', tags, primaryRegion = '', owningService = '' } = secret;
  switch (key) {
    case 'name':
      return name.startsWith(value);
    case 'description':
      return hasWords([description], value);
    case 'tag-key':
      return tags.some((tag) => tag.key.startsWith(value));
    case 'tag-value':
      return tags.some((tag) => tag.value.startsWith(value));
    case 'primary-region':
      return primaryRegion.startsWith(value);
    case 'owning-service':
      return owningService.startsWith(value);
    case 'all': {
      const texts = tags.flatMap((tag) => [tag.key, tag.value]);
      return hasWords([name, description, primaryRegion, owningService, ...texts], value);
    }
  }
}

/** Every word of the value begins some word of the texts, whatever the case. */
function hasWords(texts: readonly string[], value: string): boolean {
  const words = texts.flatMap((text) => text.toLowerCase().split(/[\s/_+=.@-]+/));
  return value
    .toLowerCase()
    .split(/[\s/_+=.@-]+/)
    .every((wanted) => words.some((word) => word.startsWith(wanted)));
}
