import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pathWithThisNode, shortTemporaryFolder } from './paths.ts';
import type { Environment, Log } from './processes.ts';
import { cleanEnvironment, forEachLine, stopTree, stopWithThisProcess } from './processes.ts';
import { quietSettings, writeSettings } from './settings.ts';
import { ensureVsCodeServer } from './vscodeServerInstall.ts';

export interface VsCodeServer {
  /** The address of a window with the extension under development; with `testsPath` it runs that suite and reports. */
  url(options?: { readonly testsPath?: string }): string;
  readonly userDataDir: string;
  stop(): Promise<void>;
}

export interface VsCodeServerOptions {
  readonly workspace: string;
  readonly extensionPath: string;
  /** Added to this process's environment, from which AWS_* and the like are removed. */
  readonly env: Environment;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** False opens the workspace in restricted mode. */
  readonly trust?: boolean;
  readonly log?: Log;
}

export async function startVsCodeServer(options: VsCodeServerOptions): Promise<VsCodeServer> {
  const log = options.log ?? ((): void => undefined);
  const server = await ensureVsCodeServer(log);
  const data = await mkdtemp(join(shortTemporaryFolder(), 'vscode-server-'));
  const temporary = join(data, 'tmp');
  await mkdir(temporary);
  const userDataDir = join(data, 'user');
  await writeSettings(join(userDataDir, 'User'), { ...quietSettings, ...options.settings });
  await writeSettings(join(userDataDir, 'Machine'), options.machineSettings ?? {});

  const child = spawn(
    process.execPath,
    [join(server, 'out', 'server-main.js'), ...serverArguments(data, options)],
    {
      env: cleanEnvironment({
        ...temporaryFolderVariables(temporary),
        PATH: pathWithThisNode(),
        ...options.env,
      }),
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    },
  );
  const forget = stopWithThisProcess(child, () => {
    rmSync(data, { recursive: true, force: true });
  });
  const stop = async (): Promise<void> => {
    await stopTree(child);
    forget();
    await rm(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  try {
    const authority = `127.0.0.1:${String(await listeningPort(child, log))}`;
    return {
      url: ({ testsPath } = {}) => windowUrl(authority, options, testsPath),
      userDataDir,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The server leaves sockets behind where these point: so they point at what `stop` removes. */
function temporaryFolderVariables(folder: string): Environment {
  return { TMPDIR: folder, TEMP: folder, TMP: folder, XDG_RUNTIME_DIR: folder };
}

function serverArguments(data: string, options: VsCodeServerOptions): string[] {
  return [
    '--host=127.0.0.1',
    '--port=0',
    '--without-connection-token',
    '--accept-server-license-terms',
    // Without it the `payload` in the window's address, which names the extension under development, is ignored.
    '--enable-smoke-test-driver',
    // Else a login shell runs first, and its profile could bring AWS_* variables back.
    '--force-disable-user-env',
    '--disable-telemetry',
    '--telemetry-level=off',
    `--user-data-dir=${join(data, 'user')}`,
    `--server-data-dir=${join(data, 'server')}`,
    `--extensions-dir=${join(data, 'extensions')}`,
    ...(options.trust === false ? [] : ['--disable-workspace-trust']),
  ];
}

/** The server picks a free port itself and prints it. */
async function listeningPort(child: ChildProcess, log: Log): Promise<number> {
  const seen: string[] = [];
  return await new Promise<number>((resolve, reject) => {
    const fail = (what: string): void => {
      clearTimeout(limit);
      reject(new Error(`VS Code's server ${what}. Its last lines:\n${seen.slice(-15).join('\n')}`));
    };
    const limit = setTimeout(() => {
      fail('did not listen within 60 s');
    }, 60_000);
    forEachLine(child, (line) => {
      seen.push(line);
      seen.splice(0, seen.length - 50);
      log(line);
      const port = /Extension host agent listening on (\d+)/.exec(line)?.[1];
      if (port !== undefined) {
        clearTimeout(limit);
        resolve(Number(port));
      }
    });
    child.once('error', (error) => {
      fail(`could not be started: ${error.message}`);
    });
    child.once('exit', (code, signal) => {
      fail(`ended at start (${String(code ?? signal)})`);
    });
  });
}

function windowUrl(
  authority: string,
  options: VsCodeServerOptions,
  testsPath: string | undefined,
): string {
  const remote = (path: string): string =>
    `vscode-remote://${authority}${pathToFileURL(path).pathname}`;
  const payload = [['extensionDevelopmentPath', remote(options.extensionPath)]];
  if (testsPath !== undefined) {
    payload.push(['extensionTestsPath', remote(testsPath)]);
  }
  const query = new URLSearchParams({
    folder: decodeURIComponent(pathToFileURL(options.workspace).pathname),
    payload: JSON.stringify(payload),
  });
  return `http://${authority}/?${query.toString()}`;
}
