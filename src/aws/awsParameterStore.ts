import {
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  ListTagsForResourceCommand,
  type ParameterHistory,
  type ParameterInlinePolicy,
  type ParameterMetadata,
} from '@aws-sdk/client-ssm';
import * as l10n from '@vscode/l10n';
import { parseArn, parseResourceArn, type Arn } from '../core/arn.ts';
import type { Connection, Identity } from '../core/connection.ts';
import type { Page, ParameterQuery, ParameterStore, ReadParameter } from '../core/ports.ts';
import type { Parameter, ParameterPolicy, ParameterVersion, Tag } from '../core/resources.ts';
import { SecretValue } from '../core/secretValue.ts';
import { UserError } from '../core/userError.ts';
import type { Clients } from './clients.ts';
import { present } from './present.ts';

export class AwsParameterStore implements ParameterStore {
  readonly #clients: Clients;
  readonly #connection: Connection;
  readonly #identify: (signal: AbortSignal) => Promise<Identity>;

  constructor(
    clients: Clients,
    connection: Connection,
    identify: (signal: AbortSignal) => Promise<Identity>,
  ) {
    this.#clients = clients;
    this.#connection = connection;
    this.#identify = identify;
  }

  async list(query: ParameterQuery, signal: AbortSignal): Promise<Page<Parameter>> {
    return this.#describeParameters(query, undefined, signal);
  }

  async describe(id: string, signal: AbortSignal): Promise<Parameter> {
    const resource = parseResourceArn(id);
    const found = resource
      ? ((await this.#find(id, id, true, signal)) ??
        (await this.#find(resource.name, id, false, signal)))
      : await this.#find(id, id, false, signal);
    if (!found) {
      const { profile, region } = this.#connection;
      const sentence = resource
        ? l10n.t(
            'No parameter {0} is shared with profile “{1}” in {2}. It may be deleted, or its share not accepted.',
            id,
            profile,
            region,
          )
        : l10n.t(
            'Parameter {0} does not exist in {1} for profile “{2}”. It may have been deleted: refresh the list.',
            id,
            region,
            profile,
          );
      throw new UserError(sentence, { remedies: ['retry'] });
    }
    return found;
  }

  async versions(
    id: string,
    nextToken: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<ParameterVersion>> {
    const command = new GetParameterHistoryCommand({
      Name: id,
      WithDecryption: false,
      MaxResults: 50,
      NextToken: nextToken,
    });
    const subject = { action: 'ssm:GetParameterHistory', target: id };
    const answer = await this.#clients.call(
      'ssm',
      this.#connection,
      subject,
      signal,
      (client, options) => client.send(command, options),
    );
    return page((answer.Parameters ?? []).map(toVersion), answer.NextToken);
  }

  async tags(name: string, signal: AbortSignal): Promise<readonly Tag[]> {
    const command = new ListTagsForResourceCommand({
      ResourceType: 'Parameter',
      ResourceId: name,
    });
    const subject = { action: 'ssm:ListTagsForResource', target: name };
    const answer = await this.#clients.call(
      'ssm',
      this.#connection,
      subject,
      signal,
      (client, options) => client.send(command, options),
    );
    return (answer.TagList ?? []).map(({ Key = '', Value = '' }) => ({ key: Key, value: Value }));
  }

  async read(id: string, signal: AbortSignal): Promise<ReadParameter> {
    const command = new GetParameterCommand({ Name: id, WithDecryption: true });
    const subject = { action: 'ssm:GetParameter', target: id };
    const { Parameter: parameter } = await this.#clients.call(
      'ssm',
      this.#connection,
      subject,
      signal,
      (client, options) => client.send(command, options),
    );
    if (parameter?.Value === undefined) {
      throw new UserError(l10n.t('Parameter {0} has no value.', id), { remedies: ['retry'] });
    }
    return { version: parameter.Version ?? 0, value: SecretValue.text(parameter.Value) };
  }

  /** A page may be empty and still be followed by one that holds the parameter. */
  async #find(
    name: string,
    id: string,
    shared: boolean,
    signal: AbortSignal,
  ): Promise<Parameter | undefined> {
    const filters = [{ key: 'Name', option: 'Equals', values: [name] }] as const;
    let nextToken: string | undefined;
    do {
      const query = { filters, shared, ...present({ nextToken }) };
      const answer = await this.#describeParameters(query, id, signal);
      const found = answer.items.find((item) => item.arn === id || item.name === id);
      if (found) {
        return found;
      }
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    return undefined;
  }

  async #describeParameters(
    query: ParameterQuery,
    target: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<Parameter>> {
    const command = new DescribeParametersCommand({
      ParameterFilters: query.filters?.map(({ key, option, values }) => ({
        Key: key,
        Option: option,
        Values: values && [...values],
      })),
      Shared: query.shared,
      MaxResults: query.pageSize,
      NextToken: query.nextToken,
    });
    const subject = { action: 'ssm:DescribeParameters', ...present({ target }) };
    const answer = await this.#clients.call(
      'ssm',
      this.#connection,
      subject,
      signal,
      (client, options) => client.send(command, options),
    );
    const entries = answer.Parameters ?? [];
    const owner = entries.every(({ ARN }) => ARN) ? undefined : await this.#owner(signal);
    return page(
      entries.map((entry) => toParameter(entry, owner, this.#connection.region)),
      answer.NextToken,
    );
  }

  /** AWS names every parameter's ARN; emulators may not, and then it follows from whose account answers. */
  async #owner(signal: AbortSignal): Promise<Arn | undefined> {
    const { arn } = await this.#identify(signal);
    return parseArn(arn);
  }
}

function page<T>(items: readonly T[], nextToken: string | undefined): Page<T> {
  return nextToken ? { items, nextToken } : { items };
}

function toParameter(entry: ParameterMetadata, owner: Arn | undefined, region: string): Parameter {
  const name = entry.Name ?? '';
  const resource = `parameter${name.startsWith('/') ? '' : '/'}${name}`;
  return {
    kind: 'parameter',
    arn:
      entry.ARN ??
      `arn:${owner?.partition ?? 'aws'}:ssm:${region}:${owner?.account ?? ''}:${resource}`,
    name,
    type: entry.Type ?? 'String',
    tier: entry.Tier ?? 'Standard',
    dataType: entry.DataType ?? 'text',
    version: entry.Version ?? 0,
    ...present({
      description: entry.Description || undefined,
      kmsKeyId: entry.KeyId,
      allowedPattern: entry.AllowedPattern,
      changedAt: entry.LastModifiedDate?.getTime(),
      changedBy: entry.LastModifiedUser,
    }),
    policies: (entry.Policies ?? []).map(toPolicy),
  };
}

function toPolicy({
  PolicyType,
  PolicyStatus,
  PolicyText,
}: ParameterInlinePolicy): ParameterPolicy {
  return {
    type: PolicyType ?? '',
    ...present({ status: PolicyStatus }),
    text: PolicyText ?? '',
  };
}

/** Takes the facts and leaves the value, which the answer carries although nobody asked for it. */
function toVersion(entry: ParameterHistory): ParameterVersion {
  return {
    version: entry.Version ?? 0,
    labels: entry.Labels ?? [],
    ...present({
      changedAt: entry.LastModifiedDate?.getTime(),
      changedBy: entry.LastModifiedUser,
    }),
  };
}
