import type { Profile } from '../../core/connection.ts';

/** What the tree needs of the connections. */
export interface ExplorerConnections {
  profiles(): Promise<readonly Profile[]>;
  /** With the hidden ones. */
  allProfiles(): Promise<readonly Profile[]>;
  /** Whether there is an AWS config or credentials file at all. */
  hasFiles(): Promise<boolean>;
  /** What is wrong with the AWS files, a sentence each. */
  problems(): Promise<readonly string[]>;
  /** The profile's own region first. */
  regions(profile: Profile): readonly string[];
}

/** Why the tree is empty; each has a welcome text that says what to do. */
export type Emptiness = 'untrusted' | 'noConfig' | 'noProfiles' | 'allHidden';

export async function emptiness(
  connections: ExplorerConnections,
  isTrusted: boolean,
): Promise<Emptiness> {
  if (!isTrusted) {
    return 'untrusted';
  }
  if ((await connections.allProfiles()).length > 0) {
    return 'allHidden';
  }
  return (await connections.hasFiles()) ? 'noProfiles' : 'noConfig';
}
