import { fork, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProxy, type Proxy } from '../faults/proxy.ts';
import { syntheticAccount, syntheticKey } from '../sandbox/accounts.ts';
import { closedEndpoint } from '../sandbox/awsConfig.ts';
import type { Figure } from './figures.ts';
import type { Message } from './parent.ts';

export const preload = ['--import', new URL('../fakes/registerVscode.ts', import.meta.url).href];

/** The proxy alone serves a synthetic account; the sessions are processes of their own, so that it does not count. */
export class Sessions {
  readonly #proxy: Proxy;
  readonly #home: string;

  private constructor(proxy: Proxy, home: string) {
    this.#proxy = proxy;
    this.#home = home;
  }

  static async start(size: { secrets: number; parameters: number }): Promise<Sessions> {
    const proxy = await startProxy({
      target: closedEndpoint,
      synthetic: { [syntheticAccount]: size },
    });
    const home = await mkdtemp(join(tmpdir(), 'secret-manager-bench-'));
    await mkdir(join(home, '.aws'));
    await writeFile(
      join(home, '.aws', 'config'),
      `[profile synthetic]\nregion = eu-west-1\nendpoint_url = ${proxy.url}\n`,
    );
    await writeFile(
      join(home, '.aws', 'credentials'),
      `[synthetic]\naws_access_key_id = ${syntheticKey.accessKeyId}\n` +
        `aws_secret_access_key = ${syntheticKey.secretAccessKey}\n`,
    );
    return new Sessions(proxy, home);
  }

  /** Runs one script of this folder and gives the figures that it tells. */
  async run(script: string, args: readonly string[]): Promise<readonly Figure[]> {
    this.#proxy.clearJournal();
    const child = fork(fileURLToPath(new URL(script, import.meta.url)), args, {
      execArgv: ['--expose-gc', ...preload],
      env: cleanEnvironment(this.#home),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const figures: Figure[] = [];
    child.on('message', (message: Message) => {
      if (message.kind === 'figure') {
        figures.push(message.figure);
      } else {
        child.send(this.#newCalls());
      }
    });
    const code = await ended(child);
    if (code !== 0) {
      throw new Error(`${script} ended with ${code}.`);
    }
    return figures;
  }

  async stop(): Promise<void> {
    await this.#proxy.stop();
    await rm(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  #newCalls(): Record<string, number> {
    const calls: Record<string, number> = {};
    for (const { operation } of this.#proxy.journal) {
      calls[operation] = (calls[operation] ?? 0) + 1;
    }
    this.#proxy.clearJournal();
    return calls;
  }
}

/** Nothing of the person's own AWS configuration. */
export function cleanEnvironment(home: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:AWS|NODE)_/i.test(name));
  return {
    ...Object.fromEntries(own),
    HOME: home,
    USERPROFILE: home,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}
