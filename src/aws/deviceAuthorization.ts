import {
  AccessDeniedException,
  AuthorizationPendingException,
  CreateTokenCommand,
  ExpiredTokenException,
  InvalidClientException,
  RegisterClientCommand,
  SlowDownException,
  StartDeviceAuthorizationCommand,
  type CreateTokenCommandOutput,
  type SSOOIDCClient,
  type StartDeviceAuthorizationCommandOutput,
} from '@aws-sdk/client-sso-oidc';
import * as l10n from '@vscode/l10n';
import type { AwsCall } from '../core/awsCall.ts';
import type { ConnectionSettings, SsoSettings } from '../core/connection.ts';
import { Cancelled, UserError } from '../core/userError.ts';
import { sleep } from './abortable.ts';
import type { AwsHost } from './awsHost.ts';
import { guardedCall, type SendOptions } from './guardedCall.ts';
import type { SsoCache, SsoRegistration, SsoToken } from './ssoCache.ts';
import { timestamp } from './timestamp.ts';
import type { Transport } from './transport.ts';

export interface DeviceSignIn {
  readonly host: AwsHost;
  readonly transport: Transport;
  readonly cache: SsoCache;
  readonly client: SSOOIDCClient;
  readonly settings: ConnectionSettings;
  readonly sso: SsoSettings;
  readonly call: (action: string) => AwsCall;
  readonly signal: AbortSignal;
}

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
/** A registration must outlive the ten minutes that a person has for the page. */
const registrationMargin = 15 * 60_000;

/** OAuth 2.0 device authorization grant (RFC 8628) against IAM Identity Center. */
export async function authorizeDevice(signIn: DeviceSignIn): Promise<SsoToken> {
  const { host, settings, sso, signal } = signIn;
  const { registration, device } = await startAuthorization(signIn);
  const { userCode, deviceCode } = device;
  if (!userCode || !deviceCode) {
    throw incomplete(settings.profile.id);
  }
  const ended = new AbortController();
  const declined = host.prompts.deviceCode({
    profile: settings.profile.id,
    userCode,
    verificationUri: pageToOpen(signIn, device),
    signal: AbortSignal.any([ended.signal, signal]),
  });
  try {
    const token = await Promise.race([
      pollForToken(signIn, registration, device, AbortSignal.any([ended.signal, signal])),
      rejectWhenDeclined(declined),
    ]);
    return {
      startUrl: sso.startUrl,
      region: sso.region,
      accessToken: token.accessToken,
      expiresAt: timestamp(host.clock.now() + token.expiresIn * 1000),
      ...registration,
      ...(token.refreshToken ? { refreshToken: token.refreshToken } : {}),
    };
  } finally {
    ended.abort();
  }
}

interface Authorization {
  readonly registration: SsoRegistration;
  readonly device: StartDeviceAuthorizationCommandOutput;
}

async function startAuthorization(signIn: DeviceSignIn): Promise<Authorization> {
  const { cache, sso, host, settings } = signIn;
  const cached = await cache.registration(sso);
  const usableFrom = host.clock.now() + registrationMargin;
  if (cached && Date.parse(cached.registrationExpiresAt) > usableFrom) {
    const device = await startWith(signIn, cached);
    if (device !== 'unknown-client') {
      return { registration: cached, device };
    }
    await cache.forgetRegistration(sso);
  }
  const registration = await register(signIn);
  const device = await startWith(signIn, registration);
  if (device === 'unknown-client') {
    throw incomplete(settings.profile.id);
  }
  return { registration, device };
}

async function register(signIn: DeviceSignIn): Promise<SsoRegistration> {
  const { client, sso, cache, settings } = signIn;
  // Only a session can hold a refresh token, and only a client registered with scopes is given one.
  const session =
    sso.sessionName === undefined
      ? {}
      : {
          scopes: sso.scopes.length > 0 ? [...sso.scopes] : ['sso:account:access'],
          grantTypes: [deviceGrant, 'refresh_token'],
        };
  const command = new RegisterClientCommand({
    clientName: 'Secret Manager for AWS',
    clientType: 'public',
    ...session,
  });
  const answer = await send(signIn, 'sso-oauth:RegisterClient', (options) =>
    client.send(command, options),
  );
  if (!answer.clientId || !answer.clientSecret) {
    throw incomplete(settings.profile.id);
  }
  const registration: SsoRegistration = {
    clientId: answer.clientId,
    clientSecret: answer.clientSecret,
    registrationExpiresAt: timestamp((answer.clientSecretExpiresAt ?? 0) * 1000),
  };
  await cache.saveRegistration(sso, registration);
  return registration;
}

async function startWith(
  signIn: DeviceSignIn,
  { clientId, clientSecret }: SsoRegistration,
): Promise<StartDeviceAuthorizationCommandOutput | 'unknown-client'> {
  const { client, sso } = signIn;
  const command = new StartDeviceAuthorizationCommand({
    clientId,
    clientSecret,
    startUrl: sso.startUrl,
  });
  return send(signIn, 'sso-oauth:StartDeviceAuthorization', async (options) => {
    try {
      return await client.send(command, options);
    } catch (error) {
      if (error instanceof InvalidClientException) {
        return 'unknown-client';
      }
      throw error;
    }
  });
}

interface GrantedToken {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken?: string;
}

async function pollForToken(
  signIn: DeviceSignIn,
  { clientId, clientSecret }: SsoRegistration,
  { deviceCode, interval = 5, expiresIn = 600 }: StartDeviceAuthorizationCommandOutput,
  signal: AbortSignal,
): Promise<GrantedToken> {
  const { client, host, settings } = signIn;
  const command = new CreateTokenCommand({
    clientId,
    clientSecret,
    deviceCode,
    grantType: deviceGrant,
  });
  const end = host.clock.now() + expiresIn * 1000;
  let pause = Math.max(interval, 1);
  while (host.clock.now() < end) {
    await sleep(pause * 1000, signal);
    const answer = await send({ ...signIn, signal }, 'sso-oauth:CreateToken', async (options) => {
      try {
        return await client.send(command, options);
      } catch (error) {
        return pollAnswer(error);
      }
    });
    if (answer === 'expired') {
      break;
    }
    if (answer === 'declined') {
      throw new UserError(
        l10n.t('The sign-in of profile “{0}” was declined in the browser.', settings.profile.id),
        { remedies: ['sign-in'] },
      );
    }
    if (answer === 'slow-down') {
      pause += 5; // RFC 8628, section 3.5
    } else if (answer !== 'pending') {
      return granted(answer, settings.profile.id);
    }
  }
  throw new UserError(
    l10n.t('The sign-in code of profile “{0}” has expired. Sign in again.', settings.profile.id),
    { remedies: ['sign-in'] },
  );
}

/** The refusals that belong to the polling itself; every other failure is a failure. */
function pollAnswer(error: unknown): 'pending' | 'slow-down' | 'expired' | 'declined' {
  if (error instanceof AuthorizationPendingException) {
    return 'pending';
  }
  if (error instanceof SlowDownException) {
    return 'slow-down';
  }
  if (error instanceof ExpiredTokenException) {
    return 'expired';
  }
  if (error instanceof AccessDeniedException) {
    return 'declined';
  }
  throw error;
}

function granted(
  { accessToken, expiresIn = 0, refreshToken }: CreateTokenCommandOutput,
  profile: string,
): GrantedToken {
  if (!accessToken) {
    throw incomplete(profile);
  }
  return { accessToken, expiresIn, ...(refreshToken ? { refreshToken } : {}) };
}

async function rejectWhenDeclined(decision: Promise<boolean>): Promise<never> {
  if (!(await decision)) {
    throw new Cancelled();
  }
  const { promise: never } = Promise.withResolvers<never>();
  return never;
}

/**
 * The page comes from the network and is handed to the operating system, so only a web page passes: https, or plain
 * http where the person configured a plain http endpoint of this computer.
 */
function pageToOpen(
  { settings }: DeviceSignIn,
  { verificationUriComplete, verificationUri }: StartDeviceAuthorizationCommandOutput,
): string {
  const page = verificationUriComplete ?? verificationUri ?? '';
  const { protocol } = URL.parse(page) ?? {};
  const isLocal = settings.endpoints.sso_oidc?.startsWith('http://') === true;
  if (protocol === 'https:' || (protocol === 'http:' && isLocal)) {
    return page;
  }
  throw incomplete(settings.profile.id);
}

function incomplete(profile: string): UserError {
  return new UserError(
    l10n.t(
      'IAM Identity Center answered the sign-in of profile “{0}” incompletely. Check sso_start_url and sso_region, then sign in again.',
      profile,
    ),
    { remedies: ['sign-in', 'open-config'] },
  );
}

async function send<T>(
  { transport, call, signal }: DeviceSignIn,
  action: string,
  run: (options: SendOptions) => Promise<T>,
): Promise<T> {
  return guardedCall(transport, call(action), signal, run);
}
