import type { Connection, ConnectionSettings, Profile } from '../core/connection.ts';
import type { Aws, Memory, Prompts } from '../core/ports.ts';
import type { ResourceRef } from '../core/resources.ts';
import type { SecretValue } from '../core/secretValue.ts';
import type { Timers } from '../core/timers.ts';
import type { SearchPrompt } from './searchPrompt.ts';

/** Everything a command may use. */
export interface Services {
  readonly connections: CommandConnections;
  /** Loads the AWS bundle on the first call. */
  readonly aws: () => Promise<Aws>;
  readonly prompts: Prompts;
  readonly searchPrompt: SearchPrompt;
  readonly clipboard: ValueClipboard;
  readonly links: Links;
  readonly catalog: Catalog;
  readonly memory: Memory;
  readonly timers: Timers;
  /** Whose quoting a copied command line follows. */
  readonly shell: Shell;
}

export type Shell = 'posix' | 'powershell';

/** What the commands need of the connections; `Connections` has it. */
interface CommandConnections {
  /** Without the hidden ones. */
  profiles(): Promise<readonly Profile[]>;
  /** The profile's own region first. */
  regions(profile: Profile): readonly string[];
  addRegion(profile: string, region: string): Promise<void>;
  removeRegion(profile: string, region: string): Promise<void>;
  settingsFor(connection: Connection): Promise<ConnectionSettings>;
  active(): Promise<Connection | undefined>;
  setActive(connection: Connection): Promise<void>;
}

export interface ValueClipboard {
  /** For what is not secret: it stays until something else is copied. `what` names it for the person. */
  copyPlain(text: string, what: string): Promise<void>;
  /** Clears itself after a while. */
  copyValue(value: SecretValue, what: string): Promise<void>;
}

export interface Links {
  open(url: string): Promise<void>;
}

/** What the tree knows without a call. */
interface Catalog {
  /** Loaded items whose name holds the text, whatever the case. */
  search(text: string, limit: number): readonly ResourceRef[];
  /** The connections whose items the tree shows: a search asks these and no others. */
  connections(): readonly Connection[];
}
