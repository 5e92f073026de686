import { GetRoleCredentialsCommand, SSOClient } from '@aws-sdk/client-sso';
import { CreateTokenCommand, SSOOIDCClient } from '@aws-sdk/client-sso-oidc';
import * as l10n from '@vscode/l10n';
import type { AwsCall } from '../core/awsCall.ts';
import type { AwsService, ConnectionSettings, SsoSettings } from '../core/connection.ts';
import { isCancelled, UserError } from '../core/userError.ts';
import type { AwsHost } from './awsHost.ts';
import { clientOptions, type Credentials } from './clientOptions.ts';
import { authorizeDevice } from './deviceAuthorization.ts';
import { guardedCall } from './guardedCall.ts';
import { homeDirectory } from './sharedConfig.ts';
import { SharedTasks } from './sharedTasks.ts';
import { SsoCache, type SsoToken } from './ssoCache.ts';
import { timestamp } from './timestamp.ts';
import type { Transport } from './transport.ts';

/** Milliseconds before its end at which a token is refreshed; the SDKs' own window. */
const refreshWindow = 5 * 60_000;

/** IAM Identity Center: one token per session, role credentials per profile. Only `signIn` ever asks a person. */
export class SsoSession {
  readonly #host: AwsHost;
  readonly #transport: Transport;
  readonly #cache: SsoCache;
  readonly #refreshing = new SharedTasks<SsoToken>();

  constructor(host: AwsHost, transport: Transport) {
    this.#host = host;
    this.#transport = transport;
    this.#cache = new SsoCache(homeDirectory(host.env));
  }

  async roleCredentials(settings: ConnectionSettings, signal: AbortSignal): Promise<Credentials> {
    const sso = ssoSettings(settings);
    const { accountId, roleName } = sso;
    if (!accountId || !roleName) {
      throw new UserError(
        l10n.t(
          'Profile “{0}” names no sso_account_id or no sso_role_name. Add both in the AWS config.',
          settings.profile.id,
        ),
        { remedies: ['open-config'] },
      );
    }
    const { accessToken } = await this.#token(settings, signal);
    const client = new SSOClient({
      ...clientOptions(settings, 'sso', this.#transport),
      region: sso.region,
    });
    const call = {
      ...identityCenterCall(settings, 'sso', 'sso:GetRoleCredentials'),
      target: `${accountId}/${roleName}`,
    };
    const command = new GetRoleCredentialsCommand({ accountId, roleName, accessToken });
    const { roleCredentials } = await guardedCall(this.#transport, call, signal, (options) =>
      client.send(command, options),
    );
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = roleCredentials ?? {};
    if (!accessKeyId || !secretAccessKey) {
      throw new UserError(
        l10n.t('IAM Identity Center answered without credentials for {0}.', call.target),
        { remedies: ['retry'] },
      );
    }
    return {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken ? { sessionToken } : {}),
      ...(expiration ? { expiration: new Date(expiration) } : {}),
    };
  }

  async signIn(settings: ConnectionSettings, signal: AbortSignal): Promise<void> {
    const sso = ssoSettings(settings);
    const token = await authorizeDevice({
      host: this.#host,
      transport: this.#transport,
      cache: this.#cache,
      client: this.#oidcClient(settings),
      settings,
      sso,
      call: (action) => identityCenterCall(settings, 'sso_oidc', action),
      signal,
    });
    await this.#cache.saveToken(sso, token);
  }

  async #token(settings: ConnectionSettings, signal: AbortSignal): Promise<SsoToken> {
    const sso = ssoSettings(settings);
    const token = await this.#cache.token(sso);
    const now = this.#host.clock.now();
    const left = token ? Date.parse(token.expiresAt) - now : 0;
    if (token && left > refreshWindow) {
      return token;
    }
    if (token && isRefreshable(token, now)) {
      try {
        return await this.#refreshing.run(sso.sessionName ?? sso.startUrl, signal, (shared) =>
          this.#refresh(settings, token, shared),
        );
      } catch (error) {
        if (left <= 0 || isCancelled(error)) {
          throw error;
        }
      }
    }
    if (token && left > 0) {
      return token;
    }
    throw new UserError(
      token
        ? l10n.t(
            'The IAM Identity Center session of profile “{0}” has ended. Sign in again.',
            settings.profile.id,
          )
        : l10n.t('Profile “{0}” is not signed in to IAM Identity Center.', settings.profile.id),
      { remedies: ['sign-in'], profile: settings.profile.id },
    );
  }

  async #refresh(
    settings: ConnectionSettings,
    token: SsoToken,
    signal: AbortSignal,
  ): Promise<SsoToken> {
    const client = this.#oidcClient(settings);
    const command = new CreateTokenCommand({
      clientId: token.clientId,
      clientSecret: token.clientSecret,
      refreshToken: token.refreshToken,
      grantType: 'refresh_token',
    });
    const call = identityCenterCall(settings, 'sso_oidc', 'sso-oauth:CreateToken');
    const answer = await guardedCall(this.#transport, call, signal, (options) =>
      client.send(command, options),
    );
    if (!answer.accessToken) {
      throw new UserError(
        l10n.t(
          'The IAM Identity Center session of profile “{0}” has ended. Sign in again.',
          settings.profile.id,
        ),
        { remedies: ['sign-in'], profile: settings.profile.id },
      );
    }
    const refreshToken = answer.refreshToken ?? token.refreshToken;
    const refreshed: SsoToken = {
      ...token,
      accessToken: answer.accessToken,
      expiresAt: timestamp(this.#host.clock.now() + (answer.expiresIn ?? 0) * 1000),
      ...(refreshToken === undefined ? {} : { refreshToken }),
    };
    await this.#cache.saveToken(ssoSettings(settings), refreshed);
    return refreshed;
  }

  #oidcClient(settings: ConnectionSettings): SSOOIDCClient {
    return new SSOOIDCClient({
      ...clientOptions(settings, 'sso_oidc', this.#transport),
      region: ssoSettings(settings).region,
    });
  }
}

function ssoSettings({ profile }: ConnectionSettings): SsoSettings {
  if (!profile.sso) {
    throw new UserError(
      l10n.t(
        'The IAM Identity Center settings of profile “{0}” are incomplete. Check sso_session, sso_start_url and sso_region in the AWS config.',
        profile.id,
      ),
      { remedies: ['open-config'] },
    );
  }
  return profile.sso;
}

function isRefreshable(token: SsoToken, now: number): boolean {
  return (
    token.refreshToken !== undefined &&
    token.clientId !== undefined &&
    token.clientSecret !== undefined &&
    (token.registrationExpiresAt === undefined || Date.parse(token.registrationExpiresAt) > now)
  );
}

function identityCenterCall(
  settings: ConnectionSettings,
  service: AwsService,
  action: string,
): AwsCall {
  const { profile, endpoints } = settings;
  const endpoint = endpoints[service];
  return {
    service: 'IAM Identity Center',
    action,
    profile: profile.id,
    region: ssoSettings(settings).region,
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}
