import { config } from '@vscode/l10n';
import type { Connection, Identity } from '../core/connection.ts';
import type { Aws, ParameterStore, SecretStore } from '../core/ports.ts';
import { AwsParameterStore } from './awsParameterStore.ts';
import { AwsSecretStore } from './awsSecretStore.ts';
import type { AwsHost } from './awsHost.ts';
import { Clients } from './clients.ts';
import { CredentialStore } from './credentialStore.ts';
import { Identities } from './identities.ts';
import { Transport } from './transport.ts';

export type { AwsHost } from './awsHost.ts';

/** The entry of the second bundle. Making it calls nothing and reads nothing. */
export function createAws(host: AwsHost): Aws {
  if (host.messages) {
    config({ contents: host.messages });
  }
  return new SdkAws(host);
}

class SdkAws implements Aws {
  readonly #transport: Transport;
  readonly #credentials: CredentialStore;
  readonly #clients: Clients;
  readonly #identities: Identities;

  constructor(host: AwsHost) {
    this.#transport = new Transport(host.callLimit);
    this.#credentials = new CredentialStore(host, this.#transport);
    this.#clients = new Clients(host, this.#transport, this.#credentials);
    this.#identities = new Identities(this.#clients, this.#credentials, host.clock);
  }

  secrets(connection: Connection): SecretStore {
    return new AwsSecretStore(this.#clients, connection);
  }

  parameters(connection: Connection): ParameterStore {
    return new AwsParameterStore(this.#clients, connection, (signal) =>
      this.identify(connection, signal),
    );
  }

  async identify(connection: Connection, signal: AbortSignal): Promise<Identity> {
    return this.#identities.identify(connection, signal);
  }

  async signIn(profile: string, signal: AbortSignal): Promise<void> {
    this.#identities.forget(profile);
    await this.#credentials.signIn(profile, signal);
  }

  reset(): void {
    this.#clients.clear();
    this.#identities.clear();
    this.#credentials.clear();
    this.#transport.reset();
  }
}
