import type { Connection } from './connection.ts';

/** Times are epoch milliseconds throughout, so that every value can be cloned and compared. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface Rotation {
  readonly enabled: boolean;
  readonly lambdaArn?: string;
  /** `every 30 d` as AWS stores it: a number of days, or a `rate()`/`cron()` expression. */
  readonly afterDays?: number;
  readonly expression?: string;
  readonly duration?: string;
  readonly lastRotatedAt?: number;
  readonly nextRotationAt?: number;
}

/** What ListSecrets tells of a secret. Never its value. */
export interface Secret {
  readonly kind: 'secret';
  readonly arn: string;
  readonly name: string;
  readonly description?: string;
  /** Absent means the AWS managed key `aws/secretsmanager`. */
  readonly kmsKeyId?: string;
  readonly createdAt?: number;
  readonly changedAt?: number;
  readonly accessedAt?: number;
  /** When deletion was asked for (ListSecrets) or is due (DescribeSecret): AWS's texts disagree, so only its presence is relied on. */
  readonly deletedAt?: number;
  readonly rotation?: Rotation;
  /** Set when a service (for example `rds`) manages the secret. */
  readonly owningService?: string;
  readonly primaryRegion?: string;
  readonly tags: readonly Tag[];
  /** Known after DescribeSecret only: ListSecrets does not tell. */
  readonly replicas?: readonly Replica[];
}

export interface Replica {
  readonly region: string;
  readonly status?: string;
  readonly statusMessage?: string;
  readonly kmsKeyId?: string;
}

export interface SecretVersion {
  readonly id: string;
  readonly stages: readonly string[];
  readonly createdAt?: number;
  readonly accessedAt?: number;
  readonly kmsKeyIds: readonly string[];
}

type ParameterType = 'String' | 'StringList' | 'SecureString';

export interface ParameterPolicy {
  readonly type: string;
  readonly status?: string;
  /** The policy's own JSON text. */
  readonly text: string;
}

/** What DescribeParameters tells of a parameter. Never its value. */
export interface Parameter {
  readonly kind: 'parameter';
  readonly arn: string;
  readonly name: string;
  readonly type: ParameterType;
  readonly tier: string;
  readonly dataType: string;
  readonly version: number;
  readonly description?: string;
  readonly kmsKeyId?: string;
  readonly allowedPattern?: string;
  readonly changedAt?: number;
  readonly changedBy?: string;
  readonly policies: readonly ParameterPolicy[];
}

export interface ParameterVersion {
  readonly version: number;
  readonly labels: readonly string[];
  readonly changedAt?: number;
  readonly changedBy?: string;
}

export type Resource = Secret | Parameter;
export type ResourceKind = Resource['kind'];

/** A resource as it is seen through a connection. `id` is its ARN: a name alone is not enough across accounts. */
export interface ResourceRef {
  readonly connection: Connection;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly arn: string;
}

export function resourceRef(connection: Connection, { kind, name, arn }: Resource): ResourceRef {
  return { connection, kind, name, arn };
}

export function resourceKey({ connection, kind, arn }: ResourceRef): string {
  return `${connection.profile}@${connection.region}/${kind}/${arn}`;
}
