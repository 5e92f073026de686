import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProxy, type Proxy } from '../faults/proxy.ts';
import type { SyntheticSize } from '../faults/synthetic/accounts.ts';
import { syntheticAccount } from './accounts.ts';
import { writeAwsConfig } from './awsConfig.ts';
import { seedDecorations } from './decorations.ts';
import { startMoto, type Moto } from './moto.ts';
import { seed } from './seed.ts';
import type { SeedSummary } from './seedData.ts';

export interface SandboxOptions {
  /** Gets one line at a time about what is being done. */
  readonly log?: (line: string) => void;
  /** Adds the profile `synthetic`, of an account of this size. */
  readonly synthetic?: SyntheticSize;
}

/** A local AWS with its data, an AWS config that leads to it, and a workspace to open. */
export interface Sandbox {
  /** For the process under test; no other `AWS_*` variable should reach it. */
  readonly env: Readonly<Record<string, string>>;
  readonly proxyUrl: string;
  readonly proxy: Proxy;
  /** The emulator itself, behind the proxy. */
  readonly motoUrl: string;
  readonly home: string;
  readonly workspace: string;
  readonly seed: SeedSummary;
  /** Ends the processes and removes the files. May be called twice. */
  stop(): Promise<void>;
}

const demoWorkspace = fileURLToPath(new URL('../fixtures/workspace/', import.meta.url));

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const log = options.log ?? (() => undefined);
  const folder = await mkdtemp(join(tmpdir(), 'secret-manager-sandbox-'));
  let moto: Moto | undefined;
  let proxy: Proxy | undefined;
  const stop = async () => {
    await proxy?.stop();
    await moto?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    moto = await startMoto(log);
    const summary = await seed(moto.url);
    log(`Seeded ${summary.secrets} secrets and ${summary.parameters} parameters.`);
    proxy = await startProxy({
      target: moto.url,
      decorations: seedDecorations(Date.now()),
      ...(options.synthetic === undefined
        ? {}
        : { synthetic: { [syntheticAccount]: options.synthetic } }),
    });
    const home = join(folder, 'home');
    const workspace = join(folder, 'workspace');
    await mkdir(home);
    await cp(demoWorkspace, workspace, { recursive: true });
    const files = await writeAwsConfig(home, proxy.url, {
      synthetic: options.synthetic !== undefined,
    });
    return {
      env: {
        AWS_CONFIG_FILE: files.configFile,
        AWS_SHARED_CREDENTIALS_FILE: files.credentialsFile,
        AWS_EC2_METADATA_DISABLED: 'true',
        HOME: home,
        USERPROFILE: home,
      },
      proxyUrl: proxy.url,
      proxy,
      motoUrl: moto.url,
      home,
      workspace,
      seed: summary,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
