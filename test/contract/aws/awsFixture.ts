import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAws } from '../../../src/aws/index.ts';
import { readAwsConfig } from '../../../src/connections/awsConfig.ts';
import { resolveSettings } from '../../../src/connections/settings.ts';
import type { Connection } from '../../../src/core/connection.ts';
import type { Aws, SignInPrompts } from '../../../src/core/ports.ts';
import type { FaultKind } from '../../faults/faults.ts';
import type { JournalEntry } from '../../faults/journal.ts';
import { startProxy, type Proxy } from '../../faults/proxy.ts';
import { developerKey, securityKey } from '../../sandbox/accounts.ts';
import { startMoto, type Moto } from '../../sandbox/moto.ts';

export const security: Connection = { profile: 'security', region: 'eu-central-1' };
export const never = new AbortController().signal;

export interface AwsOptions {
  /** The AWS config file, `{endpoint}` standing for the proxy's address. */
  readonly config?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly prompts?: Partial<SignInPrompts>;
  readonly now?: () => number;
  readonly isTrusted?: () => boolean;
  readonly callLimit?: number;
}

/** moto behind the fault proxy, and a home directory of its own for the AWS files. */
export class AwsFixture {
  readonly home: string;
  readonly proxy: Proxy;
  readonly #moto: Moto;

  private constructor(home: string, proxy: Proxy, moto: Moto) {
    this.home = home;
    this.proxy = proxy;
    this.#moto = moto;
  }

  static async start(): Promise<AwsFixture> {
    const home = await mkdtemp(join(tmpdir(), 'secret-manager-aws-'));
    await mkdir(join(home, '.aws'));
    const moto = await startMoto(() => undefined);
    return new AwsFixture(home, await startProxy({ target: moto.url }), moto);
  }

  async stop(): Promise<void> {
    await this.proxy.stop();
    await this.#moto.stop();
    await rm(this.home, { recursive: true, force: true });
  }

  /** Forgets faults and journal, and every cached sign-in. */
  async calm(): Promise<void> {
    this.proxy.clear();
    this.proxy.clearJournal();
    await rm(join(this.home, '.aws', 'sso'), { recursive: true, force: true });
  }

  async aws(options: AwsOptions = {}): Promise<Aws> {
    const config = (options.config ?? defaultConfig).replaceAll('{endpoint}', this.proxy.url);
    await writeFile(join(this.home, '.aws', 'config'), config);
    await writeFile(join(this.home, '.aws', 'credentials'), credentials);
    const env = { HOME: this.home, PATH: process.env['PATH'] ?? '', ...options.env };
    const files = readAwsConfig({ config, credentials });
    return createAws({
      settingsFor: (connection) => resolveSettings(files, env, connection),
      env,
      prompts: { mfaCode: unasked, deviceCode: unasked, ...options.prompts },
      log: { debug: noLog, info: noLog, warn: noLog, error: noLog },
      clock: { now: options.now ?? (() => Date.now()) },
      isTrusted: options.isTrusted ?? (() => true),
      ...(options.callLimit === undefined ? {} : { callLimit: options.callLimit }),
    });
  }

  calls(operation?: string): readonly JournalEntry[] {
    return this.proxy.journal.filter(
      (entry) => operation === undefined || entry.operation === operation,
    );
  }

  operations(): readonly string[] {
    return this.proxy.journal.map(({ operation }) => operation);
  }

  /** For as many attempts as the SDK makes, so that a retry does not hide it. */
  always(kind: FaultKind, operation?: string): void {
    this.proxy.inject({ kind, ...(operation === undefined ? {} : { operation }) });
  }
}

const defaultConfig = `
[profile security]
region = eu-central-1
endpoint_url = {endpoint}
`;

const credentials = `
[security]
aws_access_key_id = ${securityKey.accessKeyId}
aws_secret_access_key = ${securityKey.secretAccessKey}
[developer]
aws_access_key_id = ${developerKey.accessKeyId}
aws_secret_access_key = ${developerKey.secretAccessKey}
`;

async function unasked(): Promise<never> {
  throw new Error('Nobody is to be asked in this test.');
}

function noLog(): void {
  // What is logged is not what these tests are about.
}
