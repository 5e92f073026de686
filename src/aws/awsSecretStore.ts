import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  type DescribeSecretResponse,
  type ReplicationStatusType,
  type SecretListEntry,
  type SecretVersionsListEntry,
  type Tag as SdkTag,
} from '@aws-sdk/client-secrets-manager';
import * as l10n from '@vscode/l10n';
import type { Connection } from '../core/connection.ts';
import type { Page, ReadSecret, SecretQuery, SecretStore } from '../core/ports.ts';
import type { Replica, Rotation, Secret, SecretVersion, Tag } from '../core/resources.ts';
import { SecretValue } from '../core/secretValue.ts';
import { UserError } from '../core/userError.ts';
import type { Clients } from './clients.ts';
import { present } from './present.ts';

export class AwsSecretStore implements SecretStore {
  readonly #clients: Clients;
  readonly #connection: Connection;

  constructor(clients: Clients, connection: Connection) {
    this.#clients = clients;
    this.#connection = connection;
  }

  async list(query: SecretQuery, signal: AbortSignal): Promise<Page<Secret>> {
    const command = new ListSecretsCommand({
      Filters: query.filters?.map(({ key, values }) => ({ Key: key, Values: [...values] })),
      SortBy: query.sortBy,
      SortOrder: query.sortBy && (query.descending === true ? 'desc' : 'asc'),
      IncludePlannedDeletion: query.includePlannedDeletion,
      MaxResults: query.pageSize,
      NextToken: query.nextToken,
    });
    const subject = { action: 'secretsmanager:ListSecrets' };
    const answer = await this.#clients.call(
      'secrets_manager',
      this.#connection,
      subject,
      signal,
      (client, options) => client.send(command, options),
    );
    return page((answer.SecretList ?? []).map(toSecret), answer.NextToken);
  }

  async describe(id: string, signal: AbortSignal): Promise<Secret> {
    const command = new DescribeSecretCommand({ SecretId: id });
    const subject = { action: 'secretsmanager:DescribeSecret', target: id };
    const answer = await this.#clients.call(
      'secrets_manager',
      this.#connection,
      subject,
      signal,
      (client, options) => client.send(command, options),
    );
    return { ...toSecret(answer), replicas: (answer.ReplicationStatus ?? []).map(toReplica) };
  }

  async versions(
    id: string,
    nextToken: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<SecretVersion>> {
    const command = new ListSecretVersionIdsCommand({
      SecretId: id,
      IncludeDeprecated: true,
      MaxResults: 100,
      NextToken: nextToken,
    });
    const subject = { action: 'secretsmanager:ListSecretVersionIds', target: id };
    const answer = await this.#clients.call(
      'secrets_manager',
      this.#connection,
      subject,
      signal,
      (client, options) => client.send(command, options),
    );
    return page((answer.Versions ?? []).map(toVersion), answer.NextToken);
  }

  async read(id: string, stage: string, signal: AbortSignal): Promise<ReadSecret> {
    const command = new GetSecretValueCommand({ SecretId: id, VersionStage: stage });
    const subject = { action: 'secretsmanager:GetSecretValue', target: id };
    const answer = await this.#clients.call(
      'secrets_manager',
      this.#connection,
      subject,
      signal,
      (client, options) => client.send(command, options),
    );
    const { SecretString: text, SecretBinary: binary, VersionId = '', VersionStages } = answer;
    if (text === undefined && binary === undefined) {
      throw new UserError(l10n.t('{0} has no value in its version {1}.', id, stage), {
        remedies: ['retry'],
      });
    }
    return {
      versionId: VersionId,
      stages: VersionStages ?? [],
      value:
        text === undefined
          ? SecretValue.binary(binary ?? new Uint8Array())
          : SecretValue.text(text),
    };
  }
}

function page<T>(items: readonly T[], nextToken: string | undefined): Page<T> {
  return nextToken ? { items, nextToken } : { items };
}

/** ListSecrets and DescribeSecret name the same facts alike, except for the replicas. */
function toSecret(entry: SecretListEntry | DescribeSecretResponse): Secret {
  return {
    kind: 'secret',
    arn: entry.ARN ?? '',
    name: entry.Name ?? '',
    ...present({
      description: entry.Description || undefined,
      kmsKeyId: entry.KmsKeyId,
      createdAt: entry.CreatedDate?.getTime(),
      changedAt: entry.LastChangedDate?.getTime(),
      accessedAt: entry.LastAccessedDate?.getTime(),
      deletedAt: entry.DeletedDate?.getTime(),
      rotation: toRotation(entry),
      owningService: entry.OwningService,
      primaryRegion: entry.PrimaryRegion,
    }),
    tags: toTags(entry.Tags),
  };
}

function toRotation(entry: SecretListEntry | DescribeSecretResponse): Rotation | undefined {
  const { RotationEnabled, RotationLambdaARN, RotationRules } = entry;
  if (RotationEnabled === undefined && !RotationLambdaARN && !RotationRules) {
    return undefined;
  }
  return {
    enabled: RotationEnabled ?? false,
    ...present({
      lambdaArn: RotationLambdaARN || undefined,
      afterDays: RotationRules?.AutomaticallyAfterDays,
      expression: RotationRules?.ScheduleExpression,
      duration: RotationRules?.Duration,
      lastRotatedAt: entry.LastRotatedDate?.getTime(),
      nextRotationAt: entry.NextRotationDate?.getTime(),
    }),
  };
}

function toTags(tags: readonly SdkTag[] | undefined): readonly Tag[] {
  return (tags ?? []).map(({ Key = '', Value = '' }) => ({ key: Key, value: Value }));
}

function toReplica(replica: ReplicationStatusType): Replica {
  return {
    region: replica.Region ?? '',
    ...present({
      status: replica.Status,
      statusMessage: replica.StatusMessage,
      kmsKeyId: replica.KmsKeyId,
    }),
  };
}

function toVersion(version: SecretVersionsListEntry): SecretVersion {
  return {
    id: version.VersionId ?? '',
    stages: version.VersionStages ?? [],
    ...present({
      createdAt: version.CreatedDate?.getTime(),
      accessedAt: version.LastAccessedDate?.getTime(),
    }),
    kmsKeyIds: version.KmsKeyIds ?? [],
  };
}
