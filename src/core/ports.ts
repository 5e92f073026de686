import type { Connection, Identity } from './connection.ts';
import type { Parameter, ParameterVersion, Secret, SecretVersion, Tag } from './resources.ts';
import type { SecretValue } from './secretValue.ts';

/** One answer of a paged call. Items may be empty although a token follows: AWS says so and does so. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/** Secrets Manager's ListSecrets filter keys, as AWS names them. Values are prefixes (`all`, `description`: words). */
export interface SecretFilter {
  readonly key:
    'name' | 'description' | 'tag-key' | 'tag-value' | 'primary-region' | 'owning-service' | 'all';
  readonly values: readonly string[];
}

export interface SecretQuery {
  readonly filters?: readonly SecretFilter[];
  readonly sortBy?: 'name' | 'created-date' | 'last-changed-date' | 'last-accessed-date';
  readonly descending?: boolean;
  readonly includePlannedDeletion?: boolean;
  /** 1 to 100. */
  readonly pageSize?: number;
  readonly nextToken?: string;
}

/** DescribeParameters' ParameterFilters. */
export interface ParameterFilter {
  /** `Name`, `Type`, `Path`, `KeyId`, `Tier`, `DataType` or `tag:<key>`. */
  readonly key: string;
  readonly option?: 'Equals' | 'BeginsWith' | 'Contains' | 'Recursive' | 'OneLevel';
  readonly values?: readonly string[];
}

export interface ParameterQuery {
  readonly filters?: readonly ParameterFilter[];
  /** Parameters that other accounts share with this one through AWS RAM, instead of the account's own. */
  readonly shared?: boolean;
  /** 1 to 50. */
  readonly pageSize?: number;
  readonly nextToken?: string;
}

export interface ReadSecret {
  readonly versionId: string;
  readonly stages: readonly string[];
  readonly value: SecretValue;
}

export interface ReadParameter {
  readonly version: number;
  readonly value: SecretValue;
}

/** Secrets Manager through one connection. Every method may throw `UserError`; `signal` cancels the request itself. */
export interface SecretStore {
  list(query: SecretQuery, signal: AbortSignal): Promise<Page<Secret>>;
  describe(id: string, signal: AbortSignal): Promise<Secret>;
  versions(
    id: string,
    nextToken: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<SecretVersion>>;
  /** Fetches the plain value: call it only because a person asked for it. Always names a version stage. */
  read(id: string, stage: string, signal: AbortSignal): Promise<ReadSecret>;
}

/** SSM Parameter Store through one connection. Every method may throw `UserError`. */
export interface ParameterStore {
  list(query: ParameterQuery, signal: AbortSignal): Promise<Page<Parameter>>;
  /** One parameter's metadata by name, or by full ARN for one that another account shares. */
  describe(id: string, signal: AbortSignal): Promise<Parameter>;
  /** History without values: the answer's values are dropped unread and never decrypted. */
  versions(
    id: string,
    nextToken: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<ParameterVersion>>;
  tags(name: string, signal: AbortSignal): Promise<readonly Tag[]>;
  /** Fetches the plain value: call it only because a person asked for it. */
  read(id: string, signal: AbortSignal): Promise<ReadParameter>;
}

export interface IdentityProvider {
  /** Cached until the credentials end; one sts:GetCallerIdentity otherwise. */
  identify(connection: Connection, signal: AbortSignal): Promise<Identity>;
}

/** Everything behind the lazily loaded AWS bundle. */
export interface Aws extends IdentityProvider {
  secrets(connection: Connection): SecretStore;
  parameters(connection: Connection): ParameterStore;
  /** Makes the profile's credentials anew, asking for whatever sign-in its kind needs. */
  signIn(profile: string, signal: AbortSignal): Promise<void>;
  /** Forgets clients and credentials: the configuration has changed. */
  reset(): void;
}

/** What the AWS side needs a person for. */
export interface SignInPrompts {
  /** The six digits of the MFA device, or undefined when the person gave up. */
  mfaCode(request: {
    readonly profile: string;
    readonly serial: string;
    /** Ends with the call that needs the code. */
    readonly signal?: AbortSignal;
  }): Promise<string | undefined>;
  /** Shows the device code, opens the page; resolves false when the person declined. `signal` ends with the sign-in. */
  deviceCode(request: {
    readonly profile: string;
    readonly userCode: string;
    readonly verificationUri: string;
    readonly signal?: AbortSignal;
  }): Promise<boolean>;
}

export interface Clock {
  now(): number;
}

/** The output channel behind a redactor. Never given a value; redaction is the second line. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** What is kept between sessions: names, filters, pins. Never a value. Shaped like `vscode.Memento`. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

export interface PickItem<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** A codicon name without `$()`. */
  readonly icon?: string;
  /** A heading above this item. */
  readonly separator?: string;
  readonly value: T;
}

/** The person, as far as a command needs one. `undefined` always means that the person declined. */
export interface Prompts {
  pick<T>(
    items: readonly PickItem<T>[],
    options: { readonly title: string; readonly placeholder: string },
  ): Promise<T | undefined>;
  input(options: {
    readonly title: string;
    readonly prompt: string;
    readonly value?: string;
    readonly placeholder?: string;
    /** A sentence that says what is wrong, or undefined. */
    readonly validate?: (text: string) => string | undefined;
  }): Promise<string | undefined>;
  /** A modal question whose button is a verb. */
  confirm(
    question: string,
    options: { readonly detail?: string; readonly verb: string },
  ): Promise<boolean>;
  /** One short line; not awaited, nothing to answer. */
  inform(message: string): void;
  /** Runs with a cancellable progress notification that appears only when it takes over a second. */
  busy<T>(title: string, task: (signal: AbortSignal) => Promise<T>): Promise<T>;
}
