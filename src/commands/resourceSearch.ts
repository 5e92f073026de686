import type { Connection } from '../core/connection.ts';
import type { Aws } from '../core/ports.ts';
import { filterProblem, parameterFilters, secretFilters } from '../core/resourceFilter.ts';
import { resourceRef } from '../core/resources.ts';
import type { ResourceRef } from '../core/resources.ts';

export interface ConnectionFindings {
  readonly connection: Connection;
  readonly refs: readonly ResourceRef[];
  /** One for each of the two services that could not be asked. */
  readonly errors: readonly unknown[];
}

export interface ResourceSearchOptions {
  readonly aws: () => Promise<Aws>;
  readonly connections: readonly Connection[];
  readonly text: string;
  readonly signal: AbortSignal;
  readonly onFound: (findings: ConnectionFindings) => void;
}

/** Profiles can be many, and each connection may have to get credentials first. */
const connectionsAtATime = 4;

const secretsPerCall = 50;
const parametersPerCall = 50;

/**
 * Asks every connection once for secrets by the beginning of their name (AWS knows no more) and once for parameters by
 * any part of it. A connection that fails takes nothing from the others. Resolves when all have answered.
 */
export async function searchResources(options: ResourceSearchOptions): Promise<void> {
  const waiting = [...options.connections];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !options.signal.aborted; next = waiting.shift()) {
      const findings = await searchConnection(options, next);
      if (!options.signal.aborted) {
        options.onFound(findings);
      }
    }
  };
  await Promise.all(Array.from({ length: connectionsAtATime }, worker));
}

async function searchConnection(
  options: ResourceSearchOptions,
  connection: Connection,
): Promise<ConnectionFindings> {
  const answers = await Promise.allSettled([
    findSecrets(options, connection),
    findParameters(options, connection),
  ]);
  return {
    connection,
    refs: answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])),
    errors: answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : [])),
  };
}

async function findSecrets(
  { aws, text, signal }: ResourceSearchOptions,
  connection: Connection,
): Promise<readonly ResourceRef[]> {
  const filters = secretFilters({ kind: 'name-prefix', text });
  if (filters === 'none' || filterProblem('name-prefix', text) !== undefined) {
    return [];
  }
  const store = (await aws()).secrets(connection);
  const query = { filters, sortBy: 'name', pageSize: secretsPerCall } as const;
  const { items } = await store.list(query, signal);
  return items.map((secret) => resourceRef(connection, secret));
}

async function findParameters(
  { aws, text, signal }: ResourceSearchOptions,
  connection: Connection,
): Promise<readonly ResourceRef[]> {
  const filters = parameterFilters({ kind: 'name-contains', text });
  if (filters === 'none' || filterProblem('name-contains', text) !== undefined) {
    return [];
  }
  const store = (await aws()).parameters(connection);
  const { items } = await store.list({ filters, pageSize: parametersPerCall }, signal);
  return items.map((parameter) => resourceRef(connection, parameter));
}
