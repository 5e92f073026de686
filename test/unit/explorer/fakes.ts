import {
  connectionKey,
  type Connection,
  type Identity,
  type Profile,
} from '../../../src/core/connection.ts';
import type { Aws, Log, Memory } from '../../../src/core/ports.ts';
import { resourceRef, type Parameter, type Secret } from '../../../src/core/resources.ts';
import type { ExplorerConnections } from '../../../src/explorer/model/explorerConnections.ts';
import type { BranchLayout } from '../../../src/explorer/model/branches.ts';
import { ExplorerModel } from '../../../src/explorer/model/explorerModel.ts';
import {
  nodeId,
  type BranchNode,
  type Node,
  type ResourceNode,
} from '../../../src/explorer/model/nodes.ts';
import {
  memoryParameter,
  MemoryParameterStore,
  type MemoryParameter,
} from '../../fakes/memoryParameterStore.ts';
import {
  memorySecret,
  MemorySecretStore,
  type MemorySecret,
} from '../../fakes/memorySecretStore.ts';

/** 2026-03-01 12:00 UTC. */
export const now = Date.UTC(2026, 2, 1, 12);
const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const ireland: Connection = { profile: 'security', region: 'eu-west-1' };
export const virginia: Connection = { profile: 'security', region: 'us-east-1' };

export const security: Profile = {
  id: 'security',
  label: 'security',
  credentialKind: 'static',
  region: 'eu-west-1',
};

export const securityIdentity: Identity = {
  accountId: '111122223333',
  arn: 'arn:aws:sts::111122223333:assumed-role/Admin/session',
};

/** AWS in memory. `calls` tells every request of every connection: `security@eu-west-1 ssm:DescribeParameters`. */
export class FakeAws implements Aws {
  readonly identities = new Map<string, Identity | Error>([['security', securityIdentity]]);
  /** Holds every identify back until it resolves. */
  gate: Promise<void> = Promise.resolve();
  readonly #secrets = new Map<string, MemorySecretStore>();
  readonly #parameters = new Map<string, MemoryParameterStore>();
  readonly #identified: string[] = [];

  get calls(): readonly string[] {
    const stores = [...this.#secrets, ...this.#parameters];
    return [
      ...this.#identified,
      ...stores.flatMap(([key, { calls }]) => calls.map((call) => `${key} ${call}`)),
    ];
  }

  /** The calls that the task makes, each without its connection. */
  async during(task: () => unknown): Promise<readonly string[]> {
    const before = new Map<string, number>();
    for (const call of this.calls) {
      before.set(call, (before.get(call) ?? 0) + 1);
    }
    await task();
    return this.calls
      .filter((call) => {
        const known = before.get(call) ?? 0;
        before.set(call, known - 1);
        return known <= 0;
      })
      .map((call) => call.slice(call.indexOf(' ') + 1));
  }

  async identify(connection: Connection, signal: AbortSignal): Promise<Identity> {
    this.#identified.push(`${connectionKey(connection)} sts:GetCallerIdentity`);
    const answer = this.identities.get(connection.profile);
    await this.gate;
    signal.throwIfAborted();
    if (answer instanceof Error || answer === undefined) {
      throw answer ?? new Error(`No identity for ${connection.profile}`);
    }
    return answer;
  }

  secrets(connection: Connection): MemorySecretStore {
    return this.hold(connection, []);
  }

  parameters(connection: Connection): MemoryParameterStore {
    return this.addParameters(connection, []);
  }

  /** The connection's store, made with these secrets when it is not there yet. */
  hold(connection: Connection, secrets: readonly MemorySecret[]): MemorySecretStore {
    return made(this.#secrets, connection, () => new MemorySecretStore(connection, secrets));
  }

  addParameters(
    connection: Connection,
    parameters: readonly MemoryParameter[],
  ): MemoryParameterStore {
    return made(
      this.#parameters,
      connection,
      () => new MemoryParameterStore(connection, parameters),
    );
  }

  async signIn(): Promise<void> {}

  reset(): void {}
}

function made<T>(stores: Map<string, T>, connection: Connection, make: () => T): T {
  const key = connectionKey(connection);
  const store = stores.get(key) ?? make();
  stores.set(key, store);
  return store;
}

export class FakeConnections implements ExplorerConnections {
  shown: readonly Profile[] = [security];
  hidden: readonly Profile[] = [];
  files = true;
  told: readonly string[] = [];
  pinned: readonly string[] = ['us-east-1'];

  async profiles(): Promise<readonly Profile[]> {
    return this.shown;
  }

  async allProfiles(): Promise<readonly Profile[]> {
    return [...this.shown, ...this.hidden];
  }

  async hasFiles(): Promise<boolean> {
    return this.files;
  }

  async problems(): Promise<readonly string[]> {
    return this.told;
  }

  regions({ region }: Profile): readonly string[] {
    return [...new Set([...(region === undefined ? [] : [region]), ...this.pinned])];
  }
}

class FakeMemory implements Memory {
  readonly #stored = new Map<string, unknown>();

  get<T>(key: string): T | undefined {
    return this.#stored.get(key) as T | undefined;
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#stored.set(key, value);
  }
}

export class FakeLog implements Log {
  readonly lines: string[] = [];
  readonly #write = (message: string): void => void this.lines.push(message);

  readonly debug = this.#write;
  readonly info = this.#write;
  readonly warn = this.#write;
  readonly error = this.#write;
}

export interface World {
  readonly aws: FakeAws;
  readonly connections: FakeConnections;
  readonly memory: FakeMemory;
  readonly log: FakeLog;
  readonly layout: { -readonly [K in keyof BranchLayout]: BranchLayout[K] };
  readonly trust: { given: boolean };
  readonly model: ExplorerModel;
  /** What `onDidChange` has fired: the nodes' ids, `undefined` for the whole tree. */
  readonly changes: (string | undefined)[];
}

export function world(memory = new FakeMemory()): World {
  const aws = new FakeAws();
  const connections = new FakeConnections();
  const log = new FakeLog();
  const layout: World['layout'] = { layout: 'tree', pageSize: 100 };
  const trust = { given: true };
  const model = new ExplorerModel({
    connections,
    aws: async () => aws,
    memory,
    clock: { now: () => now },
    log,
    layout: () => layout,
    isTrusted: () => trust.given,
  });
  const changes: (string | undefined)[] = [];
  model.onDidChange((node) => changes.push(node && nodeId(node)));
  return { aws, connections, memory, log, layout, trust, model, changes };
}

/** Lets what was started without being awaited come to its end. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

export function secret(name: string, more: Partial<Secret> = {}): Secret {
  return {
    kind: 'secret',
    arn: `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}-a1b2c3`,
    name,
    tags: [],
    ...more,
  };
}

export function parameter(name: string, more: Partial<Parameter> = {}): Parameter {
  return {
    kind: 'parameter',
    arn: `arn:aws:ssm:eu-west-1:111122223333:parameter${name.startsWith('/') ? '' : '/'}${name}`,
    name,
    type: 'String',
    tier: 'Standard',
    dataType: 'text',
    version: 1,
    policies: [],
    ...more,
  };
}

export const profileNode: Node = { kind: 'profile', profile: security };
export const regionNode: Node = { kind: 'region', connection: ireland, isHome: true };
export const secretsNode: BranchNode = { kind: 'branch', connection: ireland, resources: 'secret' };
export const parametersNode: BranchNode = {
  kind: 'branch',
  connection: ireland,
  resources: 'parameter',
};
export const sharedNode: Node = { kind: 'shared', connection: ireland };

/** Belongs to another account. */
export const foreign = secret('foreign', {
  arn: 'arn:aws:secretsmanager:eu-west-1:444455556666:secret:foreign-x1y2z3',
});

/** Stands in every value of `filled`, and must stand nowhere else. */
export const planted = 'planted-swordfish';

/** Two secrets and two parameters, one parameter that is shared, and one secret that was added by its ARN. */
export async function filled(): Promise<World> {
  const made = world();
  made.aws.hold(ireland, [
    memorySecret('prod/db', `{"user":"${planted}"}`, { tags: [{ key: 'team', value: 'pay' }] }),
    memorySecret('token', planted),
    // Pending deletion keeps it out of the account's own list, as belonging to another account does.
    { ...memorySecret('foreign', planted), secret: { ...foreign, deletedAt: now } },
  ]);
  made.aws.addParameters(ireland, [
    memoryParameter('/prod/db/host', planted),
    memoryParameter('region', planted, {
      tier: 'Advanced',
      policies: [{ type: 'Expiration', text: '{"Attributes":{"Timestamp":"2030-01-01"}}' }],
    }),
    memoryParameter('/ram', planted, { shared: true }),
  ]);
  await made.memory.update('added', [resourceRef(ireland, foreign)]);
  return made;
}

/** The secrets' folder `prod/` and the secret in it. */
export async function opened(
  model: ExplorerModel,
): Promise<{ readonly folder: Node; readonly item: ResourceNode }> {
  const folder = await only(model, secretsNode, 'folder');
  return { folder, item: await only(model, folder, 'resource') };
}

async function only<K extends Node['kind']>(
  model: ExplorerModel,
  above: Node,
  kind: K,
): Promise<Extract<Node, { kind: K }>> {
  const found = (await model.children(above)).find(
    (node): node is Extract<Node, { kind: K }> => node.kind === kind,
  );
  if (!found) {
    throw new Error(`No ${kind} below ${nodeId(above)}`);
  }
  return found;
}

/** Every node of the tree, with the node below which it stands. */
export async function walked(
  model: ExplorerModel,
): Promise<readonly { readonly node: Node; readonly above: Node | undefined }[]> {
  const found: { readonly node: Node; readonly above: Node | undefined }[] = [];
  const visit = async (above: Node | undefined): Promise<void> => {
    for (const node of await model.children(above)) {
      found.push({ node, above });
      await visit(node);
    }
  };
  await visit(undefined);
  return found;
}

/** Named one for another, for short assertions: `prod/`, `db`, `… 100`, `! message`. */
export function brief(nodes: readonly Node[]): readonly string[] {
  return nodes.map((node) => {
    switch (node.kind) {
      case 'folder':
        return `${node.label}/`;
      case 'loadMore':
        return `… ${node.count}`;
      case 'problem':
        return `! ${node.message}`;
      case 'resource':
      case 'detail':
        return node.label;
      case 'profile':
        return node.profile.id;
      case 'region':
        return node.connection.region;
      case 'branch':
        return node.resources;
      case 'group':
        return node.group;
      case 'pin':
        return node.ref.name;
      case 'pins':
      case 'shared':
        return node.kind;
    }
  });
}
