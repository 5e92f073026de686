import {
  fromHttp,
  fromInstanceMetadata,
  fromLoginCredentials,
} from '@aws-sdk/credential-providers';
import type { AwsCall } from '../core/awsCall.ts';
import { explainAwsFailure } from '../core/awsFailures.ts';
import type { Connection } from '../core/connection.ts';
import { abortable } from './abortable.ts';
import type { AwsHost } from './awsHost.ts';
import type { Credentials } from './clientOptions.ts';
import { guardedCall } from './guardedCall.ts';
import { sharedConfigPaths, type ProfileSection } from './sharedConfig.ts';
import type { Transport } from './transport.ts';

type Environment = AwsHost['env'];

export function environmentCredentials(env: Environment): Credentials | undefined {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = env['AWS_SESSION_TOKEN'];
  const expiration = env['AWS_CREDENTIAL_EXPIRATION'];
  if (!accessKeyId || !secretAccessKey) {
    return undefined;
  }
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken ? { sessionToken } : {}),
    ...(expiration ? { expiration: new Date(expiration) } : {}),
  };
}

export interface EnvironmentWebIdentity {
  readonly roleArn: string;
  readonly tokenFile: string;
  readonly section: ProfileSection;
}

export function environmentWebIdentity(env: Environment): EnvironmentWebIdentity | undefined {
  const roleArn = env['AWS_ROLE_ARN'];
  const tokenFile = env['AWS_WEB_IDENTITY_TOKEN_FILE'];
  return roleArn && tokenFile
    ? { roleArn, tokenFile, section: { role_session_name: env['AWS_ROLE_SESSION_NAME'] } }
    : undefined;
}

export async function containerCredentials(
  { env }: AwsHost,
  profile: string,
  signal: AbortSignal,
): Promise<Credentials> {
  const relative = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];
  const full = env['AWS_CONTAINER_CREDENTIALS_FULL_URI'];
  const token = env['AWS_CONTAINER_AUTHORIZATION_TOKEN'];
  const tokenFile = env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];
  // The provider prefers the relative address and the token file, and warns when it is given both of a kind.
  const address = relative
    ? { awsContainerCredentialsRelativeUri: relative }
    : full
      ? { awsContainerCredentialsFullUri: full }
      : {};
  const authorization = tokenFile
    ? { awsContainerAuthorizationTokenFile: tokenFile }
    : token
      ? { awsContainerAuthorizationToken: token }
      : {};
  return explained(metadataCall('Container credentials', profile), () =>
    abortable(fromHttp({ ...address, ...authorization, maxRetries: 1 })(), signal),
  );
}

export async function instanceCredentials(
  profile: string,
  signal: AbortSignal,
): Promise<Credentials> {
  return explained(metadataCall('Instance metadata', profile), () =>
    abortable(fromInstanceMetadata({ timeout: 1000, maxRetries: 1 })(), signal),
  );
}

/** A session of `aws login`: refreshed by the SDK as long as the session lasts, begun only by the AWS CLI. */
export async function loginCredentials(
  { env }: AwsHost,
  transport: Transport,
  { profile, region }: Connection,
  signal: AbortSignal,
): Promise<Credentials> {
  const provider = fromLoginCredentials({
    ...sharedConfigPaths(env),
    ignoreCache: true,
    profile,
    // Without this the refresh token would go to the endpoint of AWS_PROFILE or `default`.
    clientConfig: {
      region,
      requestHandler: transport.handler,
      maxAttempts: 3,
      ignoreConfiguredEndpointUrls: true,
    },
  });
  const call: AwsCall = {
    service: 'AWS Sign-In',
    action: 'signin:CreateOAuth2Token',
    profile,
    region,
  };
  return guardedCall(transport, call, signal, () => provider());
}

function metadataCall(
  service: 'Container credentials' | 'Instance metadata',
  profile: string,
): AwsCall {
  return { service, action: 'credentials', profile, region: 'link-local' };
}

async function explained<T>(call: AwsCall, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw explainAwsFailure(error, call);
  }
}
