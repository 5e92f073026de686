import * as l10n from '@vscode/l10n';
import { UserError } from '../core/userError.ts';
import { assumeRole, assumeRoleWithWebIdentity, type RoleRequest } from './assumeRole.ts';
import type { AwsHost } from './awsHost.ts';
import type { Credentials } from './clientOptions.ts';
import { credentialsFromProcess } from './credentialProcess.ts';
import {
  containerCredentials,
  environmentCredentials,
  environmentWebIdentity,
  instanceCredentials,
  loginCredentials,
} from './providedCredentials.ts';
import { roleChain, staticKeys } from './roleChain.ts';
import { readProfileSections, type ProfileSection } from './sharedConfig.ts';
import { SharedTasks } from './sharedTasks.ts';
import { SsoSession } from './ssoSession.ts';
import type { Transport } from './transport.ts';

/** Milliseconds before their end at which credentials are made anew, so that a request still arrives in time. */
const expiryMargin = 60_000;
const defaultRegion = 'us-east-1';
/** Keys and web identities of the environment alike; no profile of the files can have this name. */
const environmentProfile = '<environment>';
/** One of them makes an SSO profile to the SDK (`isSsoProfile`). */
const ssoKeys = ['sso_start_url', 'sso_account_id', 'sso_session', 'sso_region', 'sso_role_name'];

type Sections = ReadonlyMap<string, ProfileSection>;

/**
 * Each profile's credentials, kept in memory until they end and made once for all who ask at the same time. The
 * order of a profile's settings is the SDK's (`resolveProfileData`); unlike `fromIni` each step of a role chain is
 * kept on its own, calls the endpoints of its own profile and can be cancelled.
 */
export class CredentialStore {
  readonly #host: AwsHost;
  readonly #transport: Transport;
  readonly #sso: SsoSession;
  readonly #loading = new SharedTasks<Credentials>();
  readonly #lastRegions = new Map<string, string>();
  #kept = new Map<string, Credentials>();

  constructor(host: AwsHost, transport: Transport) {
    this.#host = host;
    this.#transport = transport;
    this.#sso = new SsoSession(host, transport);
  }

  async get(profile: string, region: string, signal: AbortSignal): Promise<Credentials> {
    this.#lastRegions.set(profile, region);
    const kept = this.#kept.get(profile);
    if (kept && !this.#isEnding(kept)) {
      return kept;
    }
    return this.#loading.run(profile, signal, async (shared) => {
      const target = this.#kept;
      const credentials = await this.#load(profile, region, shared);
      target.set(profile, credentials);
      return credentials;
    });
  }

  /** For the request that `get` was just awaited for: signed with those, even if they are about to end. */
  async current(profile: string, region: string): Promise<Credentials> {
    return this.#kept.get(profile) ?? this.get(profile, region, neverAborted);
  }

  /** Makes a profile's credentials anew, its sources first, asking a person where their kind needs one. */
  async signIn(profile: string, signal: AbortSignal): Promise<void> {
    const region = this.#regionFor(profile);
    const sections = await readProfileSections(this.#host.env);
    for (const link of roleChain(sections, profile).toReversed()) {
      this.forget(link);
      const settings = this.#host.settingsFor({ profile: link, region });
      if (settings.profile.credentialKind === 'sso') {
        await this.#sso.signIn(settings, signal);
      }
    }
    await this.get(profile, region, signal);
  }

  forget(profile: string): void {
    this.#kept.delete(profile);
  }

  clear(): void {
    // A new map: what is being loaded now belongs to the old configuration and is kept nowhere.
    this.#kept = new Map();
    this.#loading.clear();
  }

  /** STS is regional, so a profile that names no region is signed in where it was used last. */
  #regionFor(profile: string): string {
    const region = this.#lastRegions.get(profile) ?? defaultRegion;
    return this.#host.settingsFor({ profile, region }).profile.region ?? region;
  }

  #isEnding({ expiration }: Credentials): boolean {
    return expiration !== undefined && expiration.getTime() - this.#host.clock.now() < expiryMargin;
  }

  async #load(profile: string, region: string, signal: AbortSignal): Promise<Credentials> {
    const { credentialKind } = this.#host.settingsFor({ profile, region }).profile;
    if (profile === environmentProfile) {
      return this.#fromEnvironment(profile, region, signal);
    }
    switch (credentialKind) {
      case 'environment':
        return this.#fromEnvironment(profile, region, signal);
      case 'container':
        return containerCredentials(this.#host, profile, signal);
      case 'instance':
        return instanceCredentials(profile, signal);
      case 'static':
      case 'assume-role':
      case 'sso':
      case 'login':
      case 'web-identity':
      case 'process':
      case 'none': {
        const sections = await readProfileSections(this.#host.env);
        roleChain(sections, profile);
        return this.#fromSection(sections, profile, region, signal);
      }
    }
  }

  async #fromEnvironment(
    profile: string,
    region: string,
    signal: AbortSignal,
  ): Promise<Credentials> {
    const keys = environmentCredentials(this.#host.env);
    if (keys) {
      return keys;
    }
    const identity = environmentWebIdentity(this.#host.env);
    if (identity) {
      const request = this.#roleRequest(profile, region, identity.section, identity.roleArn);
      return assumeRoleWithWebIdentity(request, identity.tokenFile, signal);
    }
    throw noCredentials(profile);
  }

  async #fromSection(
    sections: Sections,
    profile: string,
    region: string,
    signal: AbortSignal,
  ): Promise<Credentials> {
    const section = sections.get(profile);
    if (!section) {
      throw noCredentials(profile);
    }
    const roleArn = section['role_arn'];
    const isRole = Boolean(section['source_profile']) !== Boolean(section['credential_source']);
    if (roleArn && isRole) {
      const source = await this.#source(sections, profile, section, region, signal);
      return assumeRole(this.#roleRequest(profile, region, section, roleArn), source, signal);
    }
    const keys = staticKeys(section);
    if (keys) {
      return keys;
    }
    const tokenFile = section['web_identity_token_file'];
    if (roleArn && tokenFile) {
      const request = this.#roleRequest(profile, region, section, roleArn);
      return assumeRoleWithWebIdentity(request, tokenFile, signal);
    }
    const command = section['credential_process'];
    if (command) {
      return credentialsFromProcess(this.#host, profile, command, signal);
    }
    if (ssoKeys.some((key) => section[key])) {
      const settings = this.#host.settingsFor({ profile, region });
      return this.#sso.roleCredentials(settings, signal);
    }
    if (section['login_session']) {
      return loginCredentials(this.#host, this.#transport, { profile, region }, signal);
    }
    const source = section['credential_source'];
    if (source) {
      return this.#credentialSource(source, profile, region, signal);
    }
    throw noCredentials(profile);
  }

  async #source(
    sections: Sections,
    profile: string,
    { source_profile: name, credential_source: provided }: ProfileSection,
    region: string,
    signal: AbortSignal,
  ): Promise<Credentials> {
    if (name) {
      // A source with keys is those keys, also when it is a role itself.
      return staticKeys(sections.get(name)) ?? (await this.get(name, region, signal));
    }
    return this.#credentialSource(provided ?? '', profile, region, signal);
  }

  async #credentialSource(
    source: string,
    profile: string,
    region: string,
    signal: AbortSignal,
  ): Promise<Credentials> {
    switch (source) {
      case 'Environment':
        return this.#fromEnvironment(profile, region, signal);
      case 'EcsContainer':
        return containerCredentials(this.#host, profile, signal);
      case 'Ec2InstanceMetadata':
        return instanceCredentials(profile, signal);
      default:
        throw new UserError(
          l10n.t(
            'The credential_source “{0}” of profile “{1}” is not one of Environment, EcsContainer and Ec2InstanceMetadata.',
            source,
            profile,
          ),
          { remedies: ['open-config'] },
        );
    }
  }

  #roleRequest(
    profile: string,
    fallbackRegion: string,
    section: ProfileSection,
    roleArn: string,
  ): RoleRequest {
    const region = section['region'] || fallbackRegion;
    const settings = this.#host.settingsFor({ profile, region });
    return { host: this.#host, transport: this.#transport, settings, section, roleArn };
  }
}

const neverAborted = new AbortController().signal;

function noCredentials(profile: string): UserError {
  return new UserError(
    l10n.t(
      'Profile “{0}” has no credentials in the AWS config. Add them, or choose another profile.',
      profile,
    ),
    { remedies: ['open-config'] },
  );
}
