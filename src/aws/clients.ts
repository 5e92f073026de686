import { IAMClient } from '@aws-sdk/client-iam';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import type { AwsCall } from '../core/awsCall.ts';
import { connectionKey, type AwsService, type Connection } from '../core/connection.ts';
import type { AwsHost } from './awsHost.ts';
import { clientOptions, type CredentialsProvider } from './clientOptions.ts';
import type { CredentialStore } from './credentialStore.ts';
import { guardedCall, type SendOptions } from './guardedCall.ts';
import type { Transport } from './transport.ts';

interface ClientTypes {
  readonly secrets_manager: SecretsManagerClient;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
  readonly iam: IAMClient;
}

export type Subject = Pick<AwsCall, 'action' | 'target'>;

/** One client per service and connection, made at its first call. */
export class Clients {
  readonly #host: AwsHost;
  readonly #transport: Transport;
  readonly #credentials: CredentialStore;
  readonly #clients = new Map<string, ClientTypes[keyof ClientTypes]>();

  constructor(host: AwsHost, transport: Transport, credentials: CredentialStore) {
    this.#host = host;
    this.#transport = transport;
    this.#credentials = credentials;
  }

  /** Sends one request with credentials that are there beforehand, so that waiting for them can be cancelled too. */
  async call<Service extends keyof ClientTypes, T>(
    service: Service,
    connection: Connection,
    subject: Subject,
    signal: AbortSignal,
    send: (client: ClientTypes[Service], options: SendOptions) => Promise<T>,
  ): Promise<T> {
    const { profile, region } = connection;
    const { endpoints } = this.#host.settingsFor(connection);
    const endpoint = endpoints[service];
    const call: AwsCall = {
      ...subject,
      service: serviceNames[service],
      profile,
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
    };
    await this.#credentials.get(profile, region, signal);
    const client = this.#client(service, connection);
    this.#host.log.debug(`${call.action} ${connectionKey(connection)}`);
    return guardedCall(this.#transport, call, signal, async (options) => {
      try {
        return await send(client, options);
      } catch (error) {
        if (error instanceof Error && refusedCredentials.has(error.name)) {
          this.#credentials.forget(profile);
        }
        throw error;
      }
    });
  }

  clear(): void {
    this.#clients.clear();
  }

  #client<Service extends keyof ClientTypes>(
    service: Service,
    connection: Connection,
  ): ClientTypes[Service] {
    const key = `${service} ${connectionKey(connection)}`;
    const client = this.#clients.get(key) ?? this.#newClient(service, connection);
    this.#clients.set(key, client);
    return client as ClientTypes[Service];
  }

  #newClient(service: keyof ClientTypes, connection: Connection): ClientTypes[keyof ClientTypes] {
    const credentials: CredentialsProvider = async () =>
      this.#credentials.current(connection.profile, connection.region);
    credentials.memoized = true; // The store knows about sign-ins; the SDK's own memory would not.
    const settings = this.#host.settingsFor(connection);
    const options = { ...clientOptions(settings, service, this.#transport), credentials };
    switch (service) {
      case 'secrets_manager':
        return new SecretsManagerClient(options);
      case 'ssm':
        return new SSMClient(options);
      case 'sts':
        return new STSClient(options);
      case 'iam':
        // Only an ornament is read from IAM, and in a private network it may be out of reach.
        return new IAMClient({ ...options, maxAttempts: 1 });
    }
  }
}

const serviceNames: Readonly<Record<keyof ClientTypes & AwsService, AwsCall['service']>> = {
  secrets_manager: 'Secrets Manager',
  ssm: 'Parameter Store',
  sts: 'STS',
  iam: 'IAM',
};

/** After these the kept credentials are of no use: the next call makes them anew. */
const refusedCredentials: ReadonlySet<string> = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'TokenRefreshRequired',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
]);
