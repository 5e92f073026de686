import { ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import * as l10n from '@vscode/l10n';
import type { Connection, Identity } from '../core/connection.ts';
import type { Clock, IdentityProvider } from '../core/ports.ts';
import { isCancelled, UserError } from '../core/userError.ts';
import type { Clients } from './clients.ts';
import type { CredentialStore } from './credentialStore.ts';
import { present } from './present.ts';
import { SharedTasks } from './sharedTasks.ts';

/** Who each profile is. The same in every region, so it is asked once per profile. */
export class Identities implements IdentityProvider {
  readonly #clients: Clients;
  readonly #credentials: CredentialStore;
  readonly #clock: Clock;
  readonly #asking = new SharedTasks<Identity>();
  #known = new Map<string, Identity>();

  constructor(clients: Clients, credentials: CredentialStore, clock: Clock) {
    this.#clients = clients;
    this.#credentials = credentials;
    this.#clock = clock;
  }

  async identify(connection: Connection, signal: AbortSignal): Promise<Identity> {
    const known = this.#known.get(connection.profile);
    if (known && (known.expiresAt === undefined || known.expiresAt > this.#clock.now())) {
      return known;
    }
    return this.#asking.run(connection.profile, signal, async (shared) => {
      const target = this.#known;
      const identity = await this.#ask(connection, shared);
      target.set(connection.profile, identity);
      return identity;
    });
  }

  forget(profile: string): void {
    this.#known.delete(profile);
  }

  clear(): void {
    this.#known = new Map();
    this.#asking.clear();
  }

  async #ask(connection: Connection, signal: AbortSignal): Promise<Identity> {
    const { profile, region } = connection;
    const { expiration } = await this.#credentials.get(profile, region, signal);
    const { Account, Arn } = await this.#clients.call(
      'sts',
      connection,
      { action: 'sts:GetCallerIdentity' },
      signal,
      (client, options) => client.send(new GetCallerIdentityCommand({}), options),
    );
    if (!Account || !Arn) {
      throw new UserError(l10n.t('STS did not say who profile “{0}” is.', profile), {
        remedies: ['retry'],
      });
    }
    return {
      accountId: Account,
      arn: Arn,
      ...present({
        accountAlias: await this.#accountAlias(connection, signal),
        expiresAt: expiration?.getTime(),
      }),
    };
  }

  /** An ornament: without the permission or the network for it there is no alias, and nobody is bothered. */
  async #accountAlias(connection: Connection, signal: AbortSignal): Promise<string | undefined> {
    try {
      const { AccountAliases } = await this.#clients.call(
        'iam',
        connection,
        { action: 'iam:ListAccountAliases' },
        signal,
        (client, options) => client.send(new ListAccountAliasesCommand({}), options),
      );
      return AccountAliases?.[0];
    } catch (error) {
      if (isCancelled(error)) {
        throw error;
      }
      return undefined;
    }
  }
}
