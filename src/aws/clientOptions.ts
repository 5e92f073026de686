import type { AwsService, ConnectionSettings } from '../core/connection.ts';
import type { Transport } from './transport.ts';

/** Structurally the SDK's `AwsCredentialIdentity`. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export type CredentialsProvider = (() => Promise<Credentials>) & { memoized?: boolean };

/**
 * What every client is built from. Nothing is left for the SDK to look up: it would read AWS_PROFILE's endpoint and
 * prefer AWS_REGION to the profile's region, and so send one profile's credentials to another profile's endpoint.
 */
export function clientOptions(
  { region, endpoints, useFipsEndpoint, useDualstackEndpoint }: ConnectionSettings,
  service: AwsService,
  transport: Transport,
) {
  const endpoint = endpoints[service];
  return {
    region,
    requestHandler: transport.handler,
    maxAttempts: 3,
    retryMode: 'standard',
    userAgentAppId: 'secret-manager-vscode',
    ...(endpoint === undefined
      ? { ignoreConfiguredEndpointUrls: true, useFipsEndpoint, useDualstackEndpoint }
      : { endpoint, useFipsEndpoint: false, useDualstackEndpoint: false }),
  };
}
