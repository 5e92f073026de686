import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadsFolder, npmCommand, pathWithThisNode } from './paths.ts';
import type { Log } from './processes.ts';
import { cleanEnvironment, runCommand } from './processes.ts';

/** The npm package carries a whole VS Code server; its version names the cache folder. */
const serverVersion = '4.139.1';

/** Installs VS Code's server from the npm registry unless it is there, and returns its folder. */
export async function ensureVsCodeServer(log: Log): Promise<string> {
  const folder = join(downloadsFolder, `code-server-${serverVersion}`);
  const inside = join('node_modules', 'code-server', 'lib', 'vscode');
  if (existsSync(folder)) {
    return join(folder, inside);
  }

  await mkdir(downloadsFolder, { recursive: true });
  await removeAbandonedInstalls();
  // A half finished install never gets the final name, so the next run does it again.
  const partial = `${folder}.partial-${String(process.pid)}`;
  try {
    await mkdir(partial);
    await writeFile(join(partial, 'package.json'), '{ "private": true }\n');
    log(`Installing VS Code's server (code-server ${serverVersion} from npm, about 600 MB, once)…`);
    await npmInstall(partial, [`code-server@${serverVersion}`], log);
    log("Installing the server's own packages…");
    await npmInstall(join(partial, inside), ['--omit=dev'], log);
    log("Installing the built-in extensions' packages…");
    await npmInstall(join(partial, inside, 'extensions'), ['--omit=dev'], log);
    await rename(partial, folder).catch((error: unknown) => {
      if (!existsSync(folder)) {
        throw error;
      }
    });
  } finally {
    await rm(partial, { recursive: true, force: true, maxRetries: 5 });
  }
  log("VS Code's server is installed.");
  return join(folder, inside);
}

async function npmInstall(folder: string, args: readonly string[], log: Log): Promise<void> {
  const npm = npmCommand();
  // Install scripts would compile native modules for minutes; extensions need none of them.
  const all = [
    ...npm.prefix,
    'install',
    ...args,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const result = await runCommand(npm.file, all, {
    cwd: folder,
    env: cleanEnvironment({ PATH: pathWithThisNode() }),
    shell: npm.shell,
    seconds: 600,
    onLine: log,
  });
  if (result.code !== 0) {
    throw new Error(`npm could not install VS Code's server in ${folder}:\n${result.tail}`);
  }
}

async function removeAbandonedInstalls(): Promise<void> {
  for (const name of await readdir(downloadsFolder)) {
    const pid = /^code-server-.*\.partial-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(join(downloadsFolder, name), { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
