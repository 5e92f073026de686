import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SsoSettings } from '../core/connection.ts';

/** The cached sign-in, in the format and place that the AWS CLI and the SDKs share. */
export interface SsoToken {
  readonly startUrl?: string;
  readonly region?: string;
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly registrationExpiresAt?: string;
  readonly refreshToken?: string;
}

export interface SsoRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly registrationExpiresAt: string;
}

/** `~/.aws/sso/cache`. Files are readable by their owner only and replaced whole, never written in place. */
export class SsoCache {
  readonly #directory: string;

  constructor(home: string) {
    this.#directory = join(home, '.aws', 'sso', 'cache');
  }

  async token(settings: SsoSettings): Promise<SsoToken | undefined> {
    const found = await this.#read(tokenFile(settings));
    const { accessToken, expiresAt } = found;
    if (!accessToken || !expiresAt || Number.isNaN(Date.parse(expiresAt))) {
      return undefined;
    }
    // A session that now points elsewhere must not send the token of the organization it pointed at before.
    if (found['startUrl'] && portal(found['startUrl']) !== portal(settings.startUrl)) {
      return undefined;
    }
    return { ...found, accessToken, expiresAt };
  }

  async saveToken(settings: SsoSettings, token: SsoToken): Promise<void> {
    await this.#write(tokenFile(settings), token);
  }

  async registration(settings: SsoSettings): Promise<SsoRegistration | undefined> {
    const { clientId, clientSecret, registrationExpiresAt } = await this.#read(
      registrationFile(settings),
    );
    return clientId && clientSecret && registrationExpiresAt
      ? { clientId, clientSecret, registrationExpiresAt }
      : undefined;
  }

  async saveRegistration(settings: SsoSettings, registration: SsoRegistration): Promise<void> {
    await this.#write(registrationFile(settings), registration);
  }

  async forgetRegistration(settings: SsoSettings): Promise<void> {
    await rm(join(this.#directory, registrationFile(settings)), { force: true });
  }

  /** A missing or damaged file is a cache miss: the answer is a sign-in, which replaces it. */
  async #read(file: string): Promise<Readonly<Record<string, string>>> {
    try {
      const content: unknown = JSON.parse(await readFile(join(this.#directory, file), 'utf8'));
      const entries = typeof content === 'object' && content !== null ? content : {};
      return Object.fromEntries(
        Object.entries(entries).filter(
          (entry): entry is [string, string] => typeof entry[1] === 'string',
        ),
      );
    } catch {
      return {};
    }
  }

  async #write(file: string, content: SsoToken | SsoRegistration): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const temporary = join(this.#directory, `.${file}.${randomUUID()}`);
    try {
      await writeFile(temporary, JSON.stringify(content, undefined, 2), {
        flag: 'wx',
        mode: 0o600,
      });
      await rename(temporary, join(this.#directory, file));
    } finally {
      await rm(temporary, { force: true });
    }
  }
}

/** The key is the session's name, or the start URL for the legacy form: so the CLI finds it too. */
function tokenFile({ sessionName, startUrl }: SsoSettings): string {
  return `${sha1(sessionName ?? startUrl)}.json`;
}

/** The CLI keeps its registrations under keys of its own; a client is never shared between two programs. */
function registrationFile({ sessionName, startUrl, region, scopes }: SsoSettings): string {
  const key = ['secret-manager-client', sessionName ?? '', startUrl, region, ...scopes];
  return `${sha1(JSON.stringify(key))}.json`;
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

function portal(startUrl: string): string {
  return startUrl.replace(/[/#]+$/, '').toLowerCase();
}
