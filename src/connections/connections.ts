import * as l10n from '@vscode/l10n';

import type { Connection, ConnectionSettings, Profile } from '../core/connection.ts';
import { isRecord } from '../core/isRecord.ts';
import type { Memory } from '../core/ports.ts';
import { UserError } from '../core/userError.ts';
import { DisposableStore } from '../util/disposableStore.ts';
import type { Disposable } from '../util/disposableStore.ts';
import { Emitter } from '../util/emitter.ts';
import type { Event } from '../util/emitter.ts';
import { readAwsConfig } from './awsConfig.ts';
import type { AwsConfig } from './awsConfig.ts';
import type { AwsFiles } from './awsFiles.ts';
import { chainProblem } from './chainProblem.ts';
import type { Environment } from './environment.ts';
import { isProduction } from './guardrails.ts';
import type { GuardedAccount } from './guardrails.ts';
import { regionProblem } from './partitions.ts';
import { isPseudoProfile, listProfiles } from './profiles.ts';
import { resolveSettings } from './settings.ts';

interface ConnectionPorts {
  readonly files: AwsFiles;
  readonly env: Environment;
  readonly memory: Memory;
  readonly settings: ConnectionPreferences;
}

export interface ConnectionPreferences {
  /** Ids of the profiles that are not shown. */
  hiddenProfiles(): readonly string[];
  /** Patterns on profile name, account id or alias. */
  production(): readonly string[];
  /** Whether the EC2 instance role is offered as a profile; it is not without this method. */
  instanceRole?(): boolean;
  readonly onDidChange: Event<void>;
}

/** Who one can be, and where: the one owner of what the AWS files say. Reads them on first use. */
export class Connections implements Disposable {
  readonly #ports: ConnectionPorts;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<void>());
  readonly #activeChanged = this.#store.add(new Emitter<void>());
  #loaded: Promise<Loaded> | undefined;
  #lastConfig: AwsConfig | undefined;

  /** Profiles, their settings or their pinned regions changed. */
  readonly onDidChange: Event<void> = this.#changed.event;
  /** Another connection was made the active one. It may also be another one after `onDidChange`. */
  readonly onDidChangeActive: Event<void> = this.#activeChanged.event;

  constructor(ports: ConnectionPorts) {
    this.#ports = ports;
    this.#store.add(ports.files.onDidChange(() => this.reload()));
    this.#store.add(ports.settings.onDidChange(() => this.#changed.fire()));
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Forgets what the files said; they are read again on the next use. */
  reload(): void {
    this.#loaded = undefined;
    this.#changed.fire();
  }

  /** Without the hidden ones. */
  async profiles(): Promise<readonly Profile[]> {
    const hidden = new Set(this.#ports.settings.hiddenProfiles());
    return (await this.allProfiles()).filter(({ id }) => !hidden.has(id));
  }

  async allProfiles(): Promise<readonly Profile[]> {
    const { config } = await this.#load();
    const instanceRole = this.#ports.settings.instanceRole?.() ?? false;
    return listProfiles(config, this.#ports.env, { instanceRole });
  }

  /** Whether there is an AWS config or credentials file at all, readable or not. */
  async hasFiles(): Promise<boolean> {
    return (await this.#load()).hasFiles;
  }

  /** What is wrong with the files, a sentence each. */
  async problems(): Promise<readonly string[]> {
    const { config, problems } = await this.#load();
    const selected = this.#ports.env['AWS_PROFILE'];
    return selected && !config.profiles.has(selected)
      ? [...problems, unknownSelection(selected)]
      : problems;
  }

  /** Why the profile cannot get credentials, as far as the files tell without a call. */
  async profileProblem(profile: string): Promise<string | undefined> {
    const { config } = await this.#load();
    return isPseudoProfile(profile) ? undefined : chainProblem(config, profile);
  }

  /** The profile's own region first, then the pinned ones in the order in which they were added. */
  regions({ id, region }: Profile): readonly string[] {
    return [...new Set([...(region === undefined ? [] : [region]), ...this.#pinned(id)])];
  }

  async addRegion(profile: string, region: string): Promise<void> {
    const problem = regionProblem(region);
    if (problem !== undefined) {
      throw new UserError(problem);
    }
    const pinned = this.#pinned(profile);
    if (!pinned.includes(region.trim())) {
      await this.#pin(profile, [...pinned, region.trim()]);
    }
  }

  /** The profile's own region stays: it comes from the AWS files. */
  async removeRegion(profile: string, region: string): Promise<void> {
    const pinned = this.#pinned(profile);
    if (pinned.includes(region)) {
      await this.#pin(
        profile,
        pinned.filter((other) => other !== region),
      );
    }
  }

  isProduction(account: GuardedAccount): boolean {
    return isProduction(this.#ports.settings.production(), account);
  }

  async settingsFor(connection: Connection): Promise<ConnectionSettings> {
    const { config } = await this.#load();
    return resolveSettings(config, this.#ports.env, connection);
  }

  /** As of the last reading of the files, for code that cannot wait: `profiles` or another reader must have been awaited. */
  lastSettingsFor(connection: Connection): ConnectionSettings {
    return resolveSettings(this.#lastConfig ?? readAwsConfig({}), this.#ports.env, connection);
  }

  /** The remembered connection while its profile is shown; else that of AWS_PROFILE, `default`, or the first with a region. */
  async active(): Promise<Connection | undefined> {
    const profiles = await this.profiles();
    const remembered = this.#rememberedActive();
    const usual = [this.#ports.env['AWS_PROFILE'], 'default'];
    const preferred = [remembered?.profile, ...usual].flatMap(
      (id) => profiles.find((profile) => profile.id === id) ?? [],
    );
    for (const profile of [...preferred, ...profiles]) {
      const regions = this.regions(profile);
      const region =
        regions.find(
          (region) => profile.id === remembered?.profile && region === remembered.region,
        ) ?? regions[0];
      if (region !== undefined) {
        return { profile: profile.id, region };
      }
    }
    return undefined;
  }

  async setActive({ profile, region }: Connection): Promise<void> {
    await this.#ports.memory.update(activeKey, { profile, region });
    this.#activeChanged.fire();
  }

  #load(): Promise<Loaded> {
    if (!this.#loaded) {
      const loading = load(this.#ports.files).then((loaded) => {
        // A slow reading from before an edit must not win over the one after it.
        if (this.#loaded === loading) {
          this.#lastConfig = loaded.config;
        }
        return loaded;
      });
      this.#loaded = loading;
    }
    return this.#loaded;
  }

  #pinned(profile: string): readonly string[] {
    const all = this.#ports.memory.get(regionsKey);
    const regions = isRecord(all) ? all[profile] : undefined;
    return Array.isArray(regions) ? regions.filter((region) => typeof region === 'string') : [];
  }

  async #pin(profile: string, regions: readonly string[]): Promise<void> {
    const all = this.#ports.memory.get(regionsKey);
    await this.#ports.memory.update(regionsKey, {
      ...(isRecord(all) ? all : {}),
      [profile]: regions,
    });
    this.#changed.fire();
  }

  #rememberedActive(): Connection | undefined {
    const active = this.#ports.memory.get(activeKey);
    if (!isRecord(active)) {
      return undefined;
    }
    const { profile, region } = active;
    return typeof profile === 'string' && typeof region === 'string'
      ? { profile, region }
      : undefined;
  }
}

const regionsKey = 'regions';
const activeKey = 'activeConnection';

interface Loaded {
  readonly config: AwsConfig;
  readonly hasFiles: boolean;
  readonly problems: readonly string[];
}

/** Files that cannot be read leave no profile of an earlier reading behind, and a sentence that says why. */
async function load(files: AwsFiles): Promise<Loaded> {
  try {
    const { problems, ...texts } = await files.read();
    const config = readAwsConfig(texts);
    const inFiles = config.problems.map(({ file, line, message }) =>
      file === 'config'
        ? l10n.t('AWS config file, line {0}: {1}', line, message)
        : l10n.t('AWS credentials file, line {0}: {1}', line, message),
    );
    const hasFiles =
      texts.config !== undefined || texts.credentials !== undefined || problems.length > 0;
    return { config, hasFiles, problems: [...problems, ...inFiles] };
  } catch (error) {
    const reason = error instanceof UserError ? [error.message] : [];
    return {
      config: readAwsConfig({}),
      hasFiles: true,
      problems: [l10n.t('The AWS config and credentials files could not be read.'), ...reason],
    };
  }
}

function unknownSelection(profile: string): string {
  return l10n.t(
    'AWS_PROFILE names “{0}”, which is in neither the AWS config nor the credentials file.',
    profile,
  );
}
