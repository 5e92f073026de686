import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

export type Log = (line: string) => void;
export type Environment = Readonly<Record<string, string>>;

/**
 * This process's environment without what could reach real accounts (AWS_*) or change how VS Code and Node start, plus
 * `extra`. Loopback is never sent to a proxy, or the sandbox would be unreachable behind one.
 */
export function cleanEnvironment(extra: Environment = {}): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !unwantedVariable.test(name)) {
      environment[name] = value;
    }
  }
  const direct = [environment['NO_PROXY'] ?? environment['no_proxy'], '127.0.0.1', 'localhost'];
  const noProxy = direct.filter((host) => host !== undefined && host !== '').join(',');
  return { ...environment, NO_PROXY: noProxy, no_proxy: noProxy, ...extra };
}

export const unwantedVariable = /^(?:AWS_|VSCODE_|ELECTRON_|SECRET_MANAGER_|npm_|NODE_OPTIONS$)/i;

export interface CommandResult {
  readonly code: number | null;
  /** The last lines of both streams, for a message. */
  readonly tail: string;
}

/** Runs a program to its end. Never rejects for a program that fails or is absent: `code` tells. */
export async function runCommand(
  file: string,
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly shell?: boolean;
    readonly env?: NodeJS.ProcessEnv;
    readonly seconds: number;
    readonly onLine?: Log;
  },
): Promise<CommandResult> {
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    shell: options.shell ?? false,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const forget = stopWithThisProcess(child);
  const lines: string[] = [];
  const collect = (line: string): void => {
    lines.push(line);
    lines.splice(0, lines.length - 20);
    options.onLine?.(line);
  };
  forEachLine(child, collect);
  const limit = setTimeout(() => {
    collect(`stopped after ${String(options.seconds)} s`);
    killTree(child, 'SIGKILL');
  }, options.seconds * 1000);
  try {
    const code = await new Promise<number | null>((resolve) => {
      child.once('error', (error) => {
        collect(error.message);
        resolve(null);
      });
      child.once('close', resolve);
    });
    return { code, tail: lines.join('\n') };
  } finally {
    clearTimeout(limit);
    forget();
  }
}

export function forEachLine(child: ChildProcess, take: Log): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        take(line);
      }
    });
    stream?.on('end', () => {
      if (rest !== '') {
        take(rest);
      }
    });
  }
}

/** Ends a process started with `detached` and all of its children; asks first, insists after five seconds. */
export async function stopTree(child: ChildProcess): Promise<void> {
  killTree(child, 'SIGTERM');
  for (let waited = 0; isTreeAlive(child); waited += 50) {
    if (waited === 5000) {
      killTree(child, 'SIGKILL');
    }
    if (waited > 15_000) {
      throw new Error(`Process ${String(child.pid)} could not be ended.`);
    }
    await delay(50);
  }
}

/**
 * A detached process group survives Ctrl+C, so it is ended when this process ends in whatever way it can notice.
 * Returns the function that ends the watch. `cleanUp` has to be synchronous.
 */
export function stopWithThisProcess(
  child: ChildProcess,
  cleanUp: () => void = () => undefined,
): () => void {
  const onExit = (): void => {
    killTree(child, 'SIGKILL');
    cleanUp();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const onSignal = (signal: NodeJS.Signals): void => {
    onExit();
    forget();
    // Whoever else listens may end the process later, without a code of its own.
    process.exitCode ??= 128 + constants.signals[signal];
    if (process.listenerCount(signal) === 0) {
      process.kill(process.pid, signal);
    }
  };
  const forget = (): void => {
    process.off('exit', onExit);
    for (const signal of signals) {
      process.off(signal, onSignal);
    }
  };
  process.on('exit', onExit);
  for (const signal of signals) {
    process.on(signal, onSignal);
  }
  return forget;
}

function killTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) {
    return;
  }
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], {
      stdio: 'ignore',
      windowsHide: true,
    });
    return;
  }
  signalGroup(child.pid, signal);
}

function isTreeAlive(child: ChildProcess): boolean {
  if (child.pid === undefined) {
    return false;
  }
  if (process.platform === 'win32') {
    return child.exitCode === null && child.signalCode === null;
  }
  return signalGroup(child.pid, 0);
}

/** False when the group has no process left. */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-leader, signal);
    return true;
  } catch {
    return false;
  }
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
