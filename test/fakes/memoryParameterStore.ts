import type { AwsCall } from '../../src/core/awsCall.ts';
import { explainAwsFailure } from '../../src/core/awsFailures.ts';
import type { Connection } from '../../src/core/connection.ts';
import type {
  Page,
  ParameterFilter,
  ParameterQuery,
  ParameterStore,
  ReadParameter,
} from '../../src/core/ports.ts';
import type { Parameter, ParameterVersion, Tag } from '../../src/core/resources.ts';
import { SecretValue } from '../../src/core/secretValue.ts';
import { Cancelled, UserError } from '../../src/core/userError.ts';
import { compareText, pageOf } from './memoryPages.ts';

export interface MemoryParameter {
  readonly parameter: Parameter;
  /** The newest last; the parameter's own version is the newest one's. */
  readonly history: readonly (ParameterVersion & { readonly value: string })[];
  readonly tags: readonly Tag[];
  /** Shared with this account by another one. */
  readonly shared: boolean;
}

/** A parameter as a test writes it down: a name, a value and what matters to the test. */
export function memoryParameter(
  name: string,
  value: string,
  more: Partial<Parameter> & Partial<Omit<MemoryParameter, 'parameter'>> = {},
): MemoryParameter {
  const { history, tags = [], shared = false, ...metadata } = more;
  const account = shared ? '444455556666' : '111122223333';
  const path = name.startsWith('/') ? name : `/${name}`;
  return {
    parameter: {
      kind: 'parameter',
      arn: `arn:aws:ssm:eu-west-1:${account}:parameter${path}`,
      name,
      type: 'String',
      tier: 'Standard',
      dataType: 'text',
      version: history?.at(-1)?.version ?? 1,
      policies: [],
      ...metadata,
    },
    history: history ?? [{ version: 1, labels: [], value }],
    tags,
    shared,
  };
}

/** Parameter Store as its documentation tells, without a network. `calls` is what a test counts. */
export class MemoryParameterStore implements ParameterStore {
  readonly calls: string[] = [];
  readonly #connection: Connection;
  readonly #parameters: Map<string, MemoryParameter>;
  readonly #failures = new Map<string, Error>();

  constructor(connection: Connection, parameters: readonly MemoryParameter[]) {
    this.#connection = connection;
    this.#parameters = new Map(parameters.map((each) => [each.parameter.arn, each]));
  }

  /** From now on the action fails as the SDK would, until `heal`. */
  fail(action: string, name: string, message = ''): void {
    this.#failures.set(action, Object.assign(new Error(message), { name }));
  }

  heal(): void {
    this.#failures.clear();
  }

  put(parameter: MemoryParameter): void {
    this.#parameters.set(parameter.parameter.arn, parameter);
  }

  remove(name: string): void {
    for (const [arn, { parameter }] of this.#parameters) {
      if (parameter.name === name) {
        this.#parameters.delete(arn);
      }
    }
  }

  async list(query: ParameterQuery, signal: AbortSignal): Promise<Page<Parameter>> {
    const call = this.#begin('ssm:DescribeParameters', undefined, signal);
    const { pageSize = 50, shared = false, filters = [] } = query;
    if (pageSize < 1 || pageSize > 50) {
      throw failure(call, 'ValidationException');
    }
    if (filters.some(({ key }) => !isFilterKey(key))) {
      throw failure(call, 'InvalidFilterKey');
    }
    const found = [...this.#parameters.values()]
      .filter((each) => each.shared === shared)
      .filter((each) => filters.every((filter) => matches(each, filter)))
      .map(({ parameter }) => parameter)
      .toSorted((a, b) => compareText(a.name, b.name));
    const page = pageOf(found, pageSize, query.nextToken);
    if (!page) {
      throw failure(call, 'InvalidNextToken');
    }
    return page;
  }

  async describe(id: string, signal: AbortSignal): Promise<Parameter> {
    this.#begin('ssm:DescribeParameters', id, signal);
    const found = this.#lookUp(id);
    if (!found) {
      throw new UserError(`Parameter ${id} does not exist.`, { remedies: ['retry'] });
    }
    return found.parameter;
  }

  async versions(
    id: string,
    nextToken: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<ParameterVersion>> {
    const call = this.#begin('ssm:GetParameterHistory', id, signal);
    const page = pageOf(this.#find(id, call).history, 50, nextToken);
    if (!page) {
      throw failure(call, 'InvalidNextToken');
    }
    const items = page.items.map(({ version, labels, changedAt, changedBy }) => ({
      version,
      labels,
      ...(changedAt === undefined ? {} : { changedAt }),
      ...(changedBy === undefined ? {} : { changedBy }),
    }));
    return { ...page, items };
  }

  async tags(name: string, signal: AbortSignal): Promise<readonly Tag[]> {
    const call = this.#begin('ssm:ListTagsForResource', name, signal);
    const found = this.#lookUp(name);
    if (!found) {
      throw failure(call, 'InvalidResourceId');
    }
    return found.tags;
  }

  async read(id: string, signal: AbortSignal): Promise<ReadParameter> {
    const call = this.#begin('ssm:GetParameter', id, signal);
    const newest = this.#find(id, call).history.at(-1);
    if (!newest) {
      throw failure(call, 'ParameterNotFound');
    }
    return { version: newest.version, value: SecretValue.text(newest.value) };
  }

  #begin(action: string, target: string | undefined, signal: AbortSignal): AwsCall {
    if (signal.aborted) {
      throw new Cancelled();
    }
    this.calls.push(target === undefined ? action : `${action} ${target}`);
    const call: AwsCall = {
      service: 'Parameter Store',
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

  #find(id: string, call: AwsCall): MemoryParameter {
    const found = this.#lookUp(id);
    if (!found) {
      throw failure(call, 'ParameterNotFound');
    }
    return found;
  }

  /** Another account's parameter is known by its ARN only. */
  #lookUp(id: string): MemoryParameter | undefined {
    return (
      this.#parameters.get(id) ??
      [...this.#parameters.values()].find(({ parameter, shared }) =>
        shared ? false : parameter.name === id,
      )
    );
  }
}

function failure(call: AwsCall, name: string, message = ''): unknown {
  return explainAwsFailure(Object.assign(new Error(message), { name }), call);
}

function isFilterKey(key: string): boolean {
  return /^(Name|Type|KeyId|Path|Tier|DataType|tag:.+)$/.test(key);
}

function matches(
  { parameter, tags }: MemoryParameter,
  { key, option, values = [] }: ParameterFilter,
): boolean {
  if (key === 'Path') {
    return values.some((path) => isBelow(parameter.name, path, option === 'Recursive'));
  }
  if (key.startsWith('tag:')) {
    const tag = tags.find((each) => each.key === key.slice('tag:'.length));
    return tag !== undefined && (values.length === 0 || values.includes(tag.value));
  }
  return values.some((value) => compares(field(parameter, key), value, option));
}

function field(parameter: Parameter, key: string): string {
  switch (key) {
    case 'Name':
      return parameter.name;
    case 'Type':
      return parameter.type;
    case 'KeyId':
      return parameter.kmsKeyId ?? '';
    case 'Tier':
      return parameter.tier;
    default:
      return parameter.dataType;
  }
}

function compares(text: string, value: string, option: ParameterFilter['option']): boolean {
  switch (option) {
    case 'BeginsWith':
      return text.startsWith(value);
    case 'Contains':
      return text.includes(value);
    case 'Equals':
    case 'Recursive':
    case 'OneLevel':
    case undefined:
      return text === value;
  }
}

function isBelow(name: string, path: string, recursive: boolean): boolean {
  const parent = path.endsWith('/') ? path : `${path}/`;
  return name.startsWith(parent) && (recursive || !name.slice(parent.length).includes('/'));
}
