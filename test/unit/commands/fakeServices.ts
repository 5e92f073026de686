import type { SearchItem, SearchSession } from '../../../src/commands/searchPrompt.ts';
import type { Services } from '../../../src/commands/services.ts';
import type { Connection, ConnectionSettings, Profile } from '../../../src/core/connection.ts';
import type {
  Aws,
  Memory,
  ParameterStore,
  PickItem,
  Prompts,
  SecretStore,
} from '../../../src/core/ports.ts';
import type { Parameter, ResourceRef, Secret } from '../../../src/core/resources.ts';
import type { SecretValue } from '../../../src/core/secretValue.ts';
import type { Timers } from '../../../src/core/timers.ts';
import { Emitter } from '../../../src/util/emitter.ts';

export const ireland: Connection = { profile: 'security', region: 'eu-west-1' };
export const virginia: Connection = { profile: 'developer', region: 'us-east-1' };

export const securityProfile: Profile = {
  id: 'security',
  label: 'security',
  credentialKind: 'static',
  region: 'eu-west-1',
};
export const developerProfile: Profile = {
  id: 'developer',
  label: 'developer',
  credentialKind: 'sso',
  region: 'us-east-1',
};

export function secretRef(name: string, connection = ireland): ResourceRef {
  const arn = `arn:aws:secretsmanager:${connection.region}:111122223333:secret:${name}-a1b2c3`;
  return { connection, kind: 'secret', name, arn };
}

export function parameterRef(name: string, connection = ireland): ResourceRef {
  const path = name.startsWith('/') ? name : `/${name}`;
  const arn = `arn:aws:ssm:${connection.region}:111122223333:parameter${path}`;
  return { connection, kind: 'parameter', name, arn };
}

export function secret(name: string): Secret {
  return { kind: 'secret', name, arn: secretRef(name).arn, tags: [] };
}

export function parameter(name: string): Parameter {
  return {
    kind: 'parameter',
    name,
    arn: parameterRef(name).arn,
    type: 'String',
    tier: 'Standard',
    dataType: 'text',
    version: 1,
    policies: [],
  };
}

/** Answers each pick by label and each input by text; `undefined` declines. A question without an answer fails the test. */
class ScriptedPrompts implements Prompts {
  readonly asked: string[] = [];
  readonly informed: string[] = [];
  readonly offered: PickItem<unknown>[][] = [];
  readonly #answers: (string | undefined)[];

  constructor(answers: readonly (string | undefined)[] = []) {
    this.#answers = [...answers];
  }

  pick<T>(
    items: readonly PickItem<T>[],
    options: { readonly title: string; readonly placeholder: string },
  ): Promise<T | undefined> {
    this.offered.push([...items]);
    const answer = this.#next(options.placeholder);
    const picked = items.find(({ label }) => label === answer);
    if (answer !== undefined && !picked) {
      throw new Error(`“${answer}” is not offered: ${items.map(({ label }) => label).join(', ')}`);
    }
    return Promise.resolve(picked?.value);
  }

  input(options: Parameters<Prompts['input']>[0]): Promise<string | undefined> {
    const answer = this.#next(options.prompt);
    const problem = answer === undefined ? undefined : options.validate?.(answer);
    if (problem !== undefined) {
      throw new Error(`“${answer ?? ''}” is refused: ${problem}`);
    }
    return Promise.resolve(answer);
  }

  confirm(question: string): Promise<boolean> {
    throw new Error(`Nobody expected to be asked “${question}”`);
  }

  inform(message: string): void {
    this.informed.push(message);
  }

  busy<T>(_title: string, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return task(new AbortController().signal);
  }

  #next(question: string): string | undefined {
    this.asked.push(question);
    if (this.#answers.length === 0) {
      throw new Error(`Nobody expected to be asked “${question}”`);
    }
    return this.#answers.shift();
  }
}

export class MemoryMap implements Memory {
  readonly values = new Map<string, unknown>();

  readonly get: Memory['get'] = (key) => this.values.get(key);

  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }
}

interface Copied {
  readonly text: string;
  readonly what: string;
  readonly isValue: boolean;
}

/** Time that a test moves by hand. */
export class ManualTimers implements Timers {
  now = 0;
  readonly #timers = new Set<{
    due: number;
    readonly every: number | undefined;
    run: () => void;
  }>();

  after(milliseconds: number, run: () => void): { dispose(): void } {
    return this.#add({ due: this.now + milliseconds, every: undefined, run });
  }

  every(milliseconds: number, run: () => void): { dispose(): void } {
    return this.#add({ due: this.now + milliseconds, every: milliseconds, run });
  }

  get waiting(): number {
    return this.#timers.size;
  }

  advance(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (;;) {
      const next = [...this.#timers]
        .filter(({ due }) => due <= end)
        .toSorted((a, b) => a.due - b.due)[0];
      if (!next) {
        break;
      }
      this.now = next.due;
      if (next.every === undefined) {
        this.#timers.delete(next);
      } else {
        next.due += next.every;
      }
      next.run();
    }
    this.now = end;
  }

  #add(timer: { due: number; readonly every: number | undefined; run: () => void }): {
    dispose(): void;
  } {
    this.#timers.add(timer);
    return { dispose: () => this.#timers.delete(timer) };
  }
}

/** A search list that a test types into. */
export class ScriptedSearch<T> implements SearchSession<T> {
  readonly text = new Emitter<string>();
  readonly accepted = new Emitter<T>();
  readonly hidden = new Emitter<void>();
  readonly onDidChangeText = this.text.event;
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;
  items: readonly SearchItem<T>[] = [];
  busy = false;
  disposed = false;

  show(items: readonly SearchItem<T>[]): void {
    this.items = items;
  }

  setBusy(busy: boolean): void {
    this.busy = busy;
  }

  dispose(): void {
    this.disposed = true;
  }

  get labels(): readonly string[] {
    return this.items.map(({ label }) => label);
  }

  choose(label: string): void {
    const item = this.items.find((candidate) => candidate.label === label);
    if (!item) {
      throw new Error(`“${label}” is not shown: ${this.labels.join(', ')}`);
    }
    this.accepted.fire(item.value);
  }
}

export interface FakeServices extends Services {
  readonly prompts: ScriptedPrompts;
  readonly memory: MemoryMap;
  readonly timers: ManualTimers;
  readonly copied: Copied[];
  readonly opened: string[];
  readonly searches: ScriptedSearch<unknown>[];
  readonly pinned: Record<string, string[]>;
  readonly activated: Connection[];
  readonly signedIn: string[];
}

export interface FakeOptions {
  readonly answers?: readonly (string | undefined)[];
  readonly profiles?: readonly Profile[];
  readonly active?: Connection;
  readonly connections?: readonly Connection[];
  readonly loaded?: readonly ResourceRef[];
  readonly settings?: Partial<ConnectionSettings>;
  readonly secrets?: Partial<SecretStore>;
  readonly parameters?: Partial<ParameterStore>;
  readonly aws?: Partial<Aws>;
  readonly shell?: Services['shell'];
}

/** Stores answer what a test gives them; every other call fails the test. */
export function fakeServices(options: FakeOptions = {}): FakeServices {
  const copied: Copied[] = [];
  const opened: string[] = [];
  const searches: ScriptedSearch<unknown>[] = [];
  const pinned: Record<string, string[]> = {};
  const activated: Connection[] = [];
  const signedIn: string[] = [];
  const profiles = options.profiles ?? [securityProfile];
  const aws: Aws = {
    secrets: () => options.secrets as SecretStore,
    parameters: () => options.parameters as ParameterStore,
    identify: () => Promise.reject(new Error('Nobody expected to be identified')),
    signIn: (profile) => {
      signedIn.push(profile);
      return Promise.resolve();
    },
    reset: () => undefined,
    ...options.aws,
  };
  return {
    copied,
    opened,
    searches,
    pinned,
    activated,
    signedIn,
    prompts: new ScriptedPrompts(options.answers),
    memory: new MemoryMap(),
    timers: new ManualTimers(),
    shell: options.shell ?? 'posix',
    aws: () => Promise.resolve(aws),
    connections: {
      profiles: () => Promise.resolve(profiles),
      regions: ({ id, region }) => [
        ...(region === undefined ? [] : [region]),
        ...(pinned[id] ?? []),
      ],
      addRegion: (profile, region) => {
        (pinned[profile] ??= []).push(region);
        return Promise.resolve();
      },
      removeRegion: (profile, region) => {
        pinned[profile] = (pinned[profile] ?? []).filter((other) => other !== region);
        return Promise.resolve();
      },
      settingsFor: ({ region }) =>
        Promise.resolve({
          profile: securityProfile,
          region,
          endpoints: {},
          useFipsEndpoint: false,
          useDualstackEndpoint: false,
          ...options.settings,
        }),
      active: () => Promise.resolve(options.active),
      setActive: (connection) => {
        activated.push(connection);
        return Promise.resolve();
      },
    },
    searchPrompt: {
      open: <T>() => {
        const session = new ScriptedSearch<T>();
        searches.push(session as ScriptedSearch<unknown>);
        return session;
      },
    },
    clipboard: {
      copyPlain: (text, what) => {
        copied.push({ text, what, isValue: false });
        return Promise.resolve();
      },
      copyValue: (value: SecretValue, what) => {
        copied.push({ text: value.reveal(), what, isValue: true });
        return Promise.resolve();
      },
    },
    links: {
      open: (url) => {
        opened.push(url);
        return Promise.resolve();
      },
    },
    catalog: {
      search: (text, limit) =>
        (options.loaded ?? []).filter(({ name }) => name.includes(text)).slice(0, limit),
      connections: () => options.connections ?? [ireland],
    },
  };
}

export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** A promise that the test settles. */
export function deferred<T>(): Deferred<T> {
  const settle: { resolve?: (value: T) => void; reject?: (error: Error) => void } = {};
  const promise = new Promise<T>((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return {
    promise,
    resolve: (value) => settle.resolve?.(value),
    reject: (error) => settle.reject?.(error),
  };
}

/** Lets promises that are ready run on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await Promise.resolve();
  }
}
