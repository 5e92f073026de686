import * as l10n from '@vscode/l10n';

import { parseIni } from './ini.ts';
import type { IniFile, IniSection } from './ini.ts';

type AwsFile = 'config' | 'credentials';

/** A section's keys. A value that nothing here needs is {@link withheld}. */
export type ConfigSection = ReadonlyMap<string, string>;

interface ConfigProblem {
  readonly file: AwsFile;
  readonly line: number;
  readonly message: string;
}

export interface AwsConfig {
  readonly profiles: ReadonlyMap<string, ConfigSection>;
  readonly ssoSessions: ReadonlyMap<string, ConfigSection>;
  readonly services: ReadonlyMap<string, ConfigSection>;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Stands for the value of a key that is there: access keys, commands and all that is only asked for its presence never
 * leave this file. No value of the SDK's parser is empty, so it cannot be mistaken for one.
 */
export const withheld = '';

/**
 * Joins both files as the SDK does for credentials and region (parseKnownFiles, and regionConfig's preferredFile):
 * key by key, the credentials file winning. A section without keys does not exist for the SDK and is left out.
 */
export function readAwsConfig(files: {
  readonly config?: string;
  readonly credentials?: string;
}): AwsConfig {
  const reader = new ConfigReader();
  reader.readConfig(parseIni(files.config ?? ''));
  reader.readCredentials(parseIni(files.credentials ?? ''));
  const { profiles, ssoSessions, services, problems } = reader;
  return { profiles, ssoSessions, services, problems: problems.toSorted(byPlace) };
}

/** The keys whose values decide what is shown and where a call goes. None of them is a secret. */
const keptKeys: ReadonlySet<string> = new Set([
  'region',
  'role_arn',
  'source_profile',
  'credential_source',
  'mfa_serial',
  'sso_session',
  'sso_start_url',
  'sso_region',
  'sso_account_id',
  'sso_role_name',
  'sso_registration_scopes',
  'services',
  'endpoint_url',
  'ignore_configured_endpoint_urls',
  'use_fips_endpoint',
  'use_dualstack_endpoint',
]);

class ConfigReader {
  readonly profiles = new Map<string, Map<string, string>>();
  readonly ssoSessions = new Map<string, ConfigSection>();
  readonly services = new Map<string, ConfigSection>();
  readonly problems: ConfigProblem[] = [];

  readConfig(file: IniFile): void {
    this.#adopt('config', file);
    // The SDK puts [profile default] in the place of [default] instead of joining them.
    const isDefaultReplaced = file.sections.some(
      ({ name, entries }) => name === 'profile.default' && entries.size > 0,
    );
    for (const section of file.sections) {
      if (section.name !== 'default') {
        this.#readConfigSection(section);
      } else if (isDefaultReplaced) {
        this.#problem(
          'config',
          section,
          l10n.t(
            '“[default]” is not read, because “[profile default]” replaces it. Keep one of them.',
          ),
        );
      } else {
        this.#addProfile('config', section, 'default');
      }
    }
    for (const section of file.sections) {
      this.#checkNameClash(section);
    }
  }

  readCredentials(file: IniFile): void {
    this.#adopt('credentials', file);
    for (const section of file.sections) {
      if (section.type === 'sso-session' || section.type === 'services') {
        this.#problem(
          'credentials',
          section,
          l10n.t(
            '“[{0} {1}]” is read from the config file only. Move it there.',
            section.type,
            section.label,
          ),
        );
        continue;
      }
      if (section.type === 'profile') {
        this.#problem(
          'credentials',
          section,
          l10n.t(
            '“[profile {0}]” means the name “profile.{0}” in the credentials file. Write “[{0}]”.',
            section.label,
          ),
        );
      }
      this.#addProfile('credentials', section, section.name);
    }
  }

  #readConfigSection(section: IniSection): void {
    const dot = section.name.indexOf('.');
    const type = section.name.slice(0, Math.max(dot, 0));
    const label = section.name.slice(dot + 1);
    if (type === 'profile') {
      this.#addProfile('config', section, label);
    } else if (type === 'sso-session') {
      addSection(this.ssoSessions, label, section);
    } else if (type === 'services') {
      addSection(this.services, label, section);
    } else {
      this.#problem(
        'config',
        section,
        l10n.t(
          '“[{0}]” is not read from the config file. Name a profile “[profile name]”, without spaces in the name.',
          section.label,
        ),
      );
    }
  }

  #addProfile(file: AwsFile, section: IniSection, name: string): void {
    if (name === '' || /[<>]/.test(name)) {
      this.#problem(
        file,
        section,
        l10n.t('The profile has no name, or one with “<” or “>”. Rename it to use it here.'),
      );
      return;
    }
    if (section.entries.size === 0) {
      return;
    }
    const profile = this.profiles.get(name) ?? new Map<string, string>();
    for (const [key, value] of section.entries) {
      profile.set(key, kept(key, value));
    }
    this.profiles.set(name, profile);
  }

  /** `[profile services.x]` and `[services x]` are one key to the SDK, and the later of them replaces the other. */
  #checkNameClash({ type, label, line }: IniSection): void {
    const clashes =
      (type === 'services' && this.profiles.has(`services.${label}`)) ||
      (type === 'sso-session' && this.profiles.has(`sso-session.${label}`));
    if (type && clashes) {
      this.problems.push({
        file: 'config',
        line,
        message: l10n.t(
          'The AWS SDK mistakes “[{0} {1}]” and the profile “{0}.{1}” for each other. Rename one of them.',
          type,
          label,
        ),
      });
    }
  }

  #adopt(file: AwsFile, { problems }: IniFile): void {
    for (const problem of problems) {
      this.problems.push({ file, ...problem });
    }
  }

  #problem(file: AwsFile, { line }: IniSection, message: string): void {
    this.problems.push({ file, line, message });
  }
}

function byPlace(a: ConfigProblem, b: ConfigProblem): number {
  return a.file === b.file ? a.line - b.line : a.file.localeCompare(b.file);
}

function addSection(
  sections: Map<string, ConfigSection>,
  label: string,
  { entries }: IniSection,
): void {
  if (entries.size > 0) {
    sections.set(label, new Map(Array.from(entries, ([key, value]) => [key, kept(key, value)])));
  }
}

function kept(key: string, value: string): string {
  return keptKeys.has(key) || key.endsWith('.endpoint_url') ? value : withheld;
}
