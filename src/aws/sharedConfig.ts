import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseKnownFiles } from '@smithy/core/config';

type Environment = Readonly<Record<string, string | undefined>>;

/** A profile's settings as the SDK reads them: both files merged, the credentials file winning. */
export type ProfileSection = Readonly<Record<string, string | undefined>>;

export interface SharedConfigPaths {
  readonly configFilepath: string;
  readonly filepath: string;
}

/** The order is the SDK's (`getHomeDir`), so that both read the same files. */
export function homeDirectory(env: Environment): string {
  const { HOME, USERPROFILE, HOMEPATH, HOMEDRIVE = 'C:\\' } = env;
  return HOME || USERPROFILE || (HOMEPATH ? `${HOMEDRIVE}${HOMEPATH}` : homedir());
}

export function sharedConfigPaths(env: Environment): SharedConfigPaths {
  const home = homeDirectory(env);
  const resolve = (configured: string | undefined, name: string): string => {
    const path = configured || join(home, '.aws', name);
    return path.startsWith('~/') ? join(home, path.slice(2)) : path;
  };
  return {
    configFilepath: resolve(env['AWS_CONFIG_FILE'], 'config'),
    filepath: resolve(env['AWS_SHARED_CREDENTIALS_FILE'], 'credentials'),
  };
}

/** Reads past the SDK's cache, which would keep the first content for the life of the process. */
export async function readProfileSections(
  env: Environment,
): Promise<ReadonlyMap<string, ProfileSection>> {
  const profiles = await parseKnownFiles({ ...sharedConfigPaths(env), ignoreCache: true });
  return new Map(Object.entries(profiles));
}
