import type { Connection, ConnectionSettings } from '../core/connection.ts';
import type { Clock, Log, SignInPrompts } from '../core/ports.ts';

/** What the AWS side needs from the rest of the extension. */
export interface AwsHost {
  settingsFor(connection: Connection): ConnectionSettings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly prompts: SignInPrompts;
  readonly log: Log;
  readonly clock: Clock;
  /** Whether the workspace is trusted: an untrusted one starts no process. */
  isTrusted(): boolean;
  /** The translations of `vscode.l10n.bundle`: this bundle has a copy of the localizer of its own. */
  readonly messages?: Readonly<Record<string, string>>;
  /** Milliseconds that one call may take with all its attempts; 30 seconds unless told. */
  readonly callLimit?: number;
}
