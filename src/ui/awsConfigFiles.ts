import * as l10n from '@vscode/l10n';
import { unwatchFile, watchFile } from 'node:fs';
import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, sep } from 'node:path';

import type { AwsFiles, AwsFileTexts } from '../connections/awsFiles.ts';
import type { Environment } from '../connections/environment.ts';
import type { Disposable } from '../util/disposableStore.ts';
import { Emitter } from '../util/emitter.ts';
import type { Event } from '../util/emitter.ts';

/**
 * The AWS files on this machine's disk. They are polled from the first read on: directory watchers miss a file that is
 * replaced by renaming, a file that does not exist yet and most network homes.
 */
export class AwsConfigFiles implements AwsFiles, Disposable {
  readonly #changed = new Emitter<void>();
  readonly #configPath: string;
  readonly #credentialsPath: string;
  readonly #onStat = (current: Stats, previous: Stats): void => this.#noticed(current, previous);
  #watched: readonly string[] = [];
  #settling: NodeJS.Timeout | undefined;
  #disposed = false;

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(env: Environment) {
    this.#configPath = awsFilePath(env, 'AWS_CONFIG_FILE', 'config');
    this.#credentialsPath = awsFilePath(env, 'AWS_SHARED_CREDENTIALS_FILE', 'credentials');
  }

  /** Where the config file is or would be. */
  get configPath(): string {
    return this.#configPath;
  }

  async read(): Promise<AwsFileTexts> {
    this.#watch();
    const [config, credentials] = await Promise.all([
      readText(this.#configPath),
      readText(this.#credentialsPath),
    ]);
    return {
      ...(config.text !== undefined && { config: config.text }),
      ...(credentials.text !== undefined && { credentials: credentials.text }),
      problems: [config.problem, credentials.problem].filter((problem) => problem !== undefined),
    };
  }

  dispose(): void {
    this.#disposed = true;
    for (const path of this.#watched) {
      unwatchFile(path, this.#onStat);
    }
    this.#watched = [];
    clearTimeout(this.#settling);
    this.#changed.dispose();
  }

  /** Called before the reading, so that the first look is at what is read and no later edit is missed. */
  #watch(): void {
    if (this.#disposed || this.#watched.length > 0) {
      return;
    }
    this.#watched = [...new Set([this.#configPath, this.#credentialsPath])];
    for (const path of this.#watched) {
      watchFile(path, { interval: pollMilliseconds, persistent: false }, this.#onStat);
    }
  }

  #noticed(current: Stats, previous: Stats): void {
    // The first look at a file that is not there is reported as well.
    if (current.ino === 0 && previous.ino === 0 && current.mtimeMs === previous.mtimeMs) {
      return;
    }
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#changed.fire(), settleMilliseconds);
    this.#settling.unref();
  }
}

const pollMilliseconds = 500;
/** `aws configure` and `aws sso login` write both files one after the other. */
const settleMilliseconds = 150;
/** A thousand profiles take less than half a megabyte. */
const maxBytes = 16 * 1024 * 1024;

interface FileText {
  readonly text?: string;
  readonly problem?: string;
}

async function readText(path: string): Promise<FileText> {
  try {
    // Looked at before it is opened: opening a pipe would wait for a writer, and a device may never end.
    const status = await stat(path);
    if (status.isDirectory()) {
      return { problem: l10n.t('{0} is a folder. AWS needs a file there.', path) };
    }
    if (!status.isFile() || status.size > maxBytes) {
      return {
        problem: l10n.t('{0} is not a regular file of at most 16 MB, so it was not read.', path),
      };
    }
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    return unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): FileText {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
      return {};
    case 'EACCES':
    case 'EPERM':
      return {
        problem: l10n.t(
          '{0} may not be read: permission denied. Give your user the right to read it.',
          path,
        ),
      };
    default:
      return { problem: l10n.t('{0} could not be read ({1}).', path, code) };
  }
}

/** The SDK's rules: getConfigFilepath.js, and `~/` expanded as in loadSharedConfigFiles.js. */
function awsFilePath(env: Environment, variable: string, name: string): string {
  const path = env[variable];
  if (!path) {
    return join(homeFolder(env), '.aws', name);
  }
  return path.startsWith('~/') ? join(homeFolder(env), path.slice(2)) : path;
}

/** The SDK's order (getHomeDir.js), which is not that of os.homedir() on Windows. */
function homeFolder(env: Environment): string {
  const { HOME, USERPROFILE, HOMEPATH, HOMEDRIVE = `C:${sep}` } = env;
  return HOME || USERPROFILE || (HOMEPATH ? `${HOMEDRIVE}${HOMEPATH}` : homedir());
}
