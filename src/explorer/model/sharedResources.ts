import { connectionKey, type Connection } from '../../core/connection.ts';
import type { Aws, Memory } from '../../core/ports.ts';
import { RememberedRefs } from '../../core/rememberedRefs.ts';
import {
  resourceKey,
  type Parameter,
  type Resource,
  type ResourceRef,
} from '../../core/resources.ts';
import { allPages } from './allPages.ts';
import { Answers } from './answers.ts';

export interface SharedView {
  readonly resources: readonly Resource[];
  /** The first failure; what could be read is shown all the same. */
  readonly error: unknown;
}

/**
 * What other accounts share with a connection. Nothing lists the secrets that a resource policy opens to somebody, so
 * those are remembered once added by ARN; parameters shared through AWS RAM are listed by DescribeParameters.
 */
export class SharedResources {
  readonly #aws: () => Promise<Aws>;
  readonly #added: RememberedRefs;
  readonly #views = new Answers<Connection, SharedView>();

  constructor(aws: () => Promise<Aws>, memory: Memory) {
    this.#aws = aws;
    this.#added = new RememberedRefs(memory, 'added');
  }

  /** Asked for once, and anew when something was added or removed. */
  of(connection: Connection): Promise<SharedView> {
    const key = connectionKey(connection);
    const added = this.#added.all().filter((ref) => connectionKey(ref.connection) === key);
    const basis = added.map(resourceKey).join('\n');
    return this.#views.get(key, { about: connection, basis }, (signal) =>
      this.#load(connection, added, signal),
    );
  }

  /** Whether it was added by its ARN, so that it stands among what is shared. */
  isAdded(ref: ResourceRef): boolean {
    return this.#added.has(ref);
  }

  drop(unwanted: (connection: Connection) => boolean): void {
    this.#views.drop(unwanted);
  }

  async #load(
    connection: Connection,
    added: readonly ResourceRef[],
    signal: AbortSignal,
  ): Promise<SharedView> {
    const aws = await this.#aws();
    const answers = await Promise.allSettled([
      ...added.map(async ({ kind, arn }): Promise<readonly Resource[]> => [
        kind === 'secret'
          ? await aws.secrets(connection).describe(arn, signal)
          : await aws.parameters(connection).describe(arn, signal),
      ]),
      sharedParameters(aws, connection, signal),
    ]);
    const resources = new Map<string, Resource>();
    for (const answer of answers) {
      for (const resource of answer.status === 'fulfilled' ? answer.value : []) {
        resources.set(resource.arn, resource);
      }
    }
    const failed = answers.find((answer) => answer.status === 'rejected');
    return {
      resources: [...resources.values()],
      error: failed?.status === 'rejected' ? failed.reason : undefined,
    };
  }
}

async function sharedParameters(
  aws: Aws,
  connection: Connection,
  signal: AbortSignal,
): Promise<readonly Parameter[]> {
  const parameters = aws.parameters(connection);
  return await allPages(
    (nextToken) =>
      parameters.list(
        { shared: true, pageSize: 50, ...(nextToken === undefined ? {} : { nextToken }) },
        signal,
      ),
    ({ arn }) => arn,
  );
}
