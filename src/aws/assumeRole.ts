import { readFile } from 'node:fs/promises';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  STSClient,
  type Credentials as StsCredentials,
} from '@aws-sdk/client-sts';
import * as l10n from '@vscode/l10n';
import type { AwsCall } from '../core/awsCall.ts';
import type { ConnectionSettings } from '../core/connection.ts';
import { Cancelled, UserError } from '../core/userError.ts';
import { abortable } from './abortable.ts';
import type { AwsHost } from './awsHost.ts';
import { clientOptions, type Credentials } from './clientOptions.ts';
import { guardedCall } from './guardedCall.ts';
import type { ProfileSection } from './sharedConfig.ts';
import type { Transport } from './transport.ts';

export interface RoleRequest {
  readonly host: AwsHost;
  readonly transport: Transport;
  readonly settings: ConnectionSettings;
  readonly section: ProfileSection;
  readonly roleArn: string;
}

export async function assumeRole(
  { host, transport, settings, section, roleArn }: RoleRequest,
  source: Credentials,
  signal: AbortSignal,
): Promise<Credentials> {
  const client = new STSClient({
    ...clientOptions(settings, 'sts', transport),
    credentials: source,
  });
  const serial = section['mfa_serial'];
  const mfa = serial
    ? { SerialNumber: serial, TokenCode: await mfaCode(host, settings, serial, signal) }
    : {};
  const command = new AssumeRoleCommand({
    RoleArn: roleArn,
    RoleSessionName: sessionName(host, section),
    DurationSeconds: duration(section),
    ...(section['external_id'] ? { ExternalId: section['external_id'] } : {}),
    ...mfa,
  });
  const call = roleCall('sts:AssumeRole', settings, roleArn);
  const answer = await guardedCall(transport, call, signal, (options) =>
    client.send(command, options),
  );
  return fromSts(answer.Credentials, call);
}

export async function assumeRoleWithWebIdentity(
  { host, transport, settings, section, roleArn }: RoleRequest,
  tokenFile: string,
  signal: AbortSignal,
): Promise<Credentials> {
  const client = new STSClient(clientOptions(settings, 'sts', transport));
  const command = new AssumeRoleWithWebIdentityCommand({
    RoleArn: roleArn,
    RoleSessionName: sessionName(host, section),
    WebIdentityToken: await readToken(settings, tokenFile),
  });
  const call = roleCall('sts:AssumeRoleWithWebIdentity', settings, roleArn);
  const answer = await guardedCall(transport, call, signal, (options) =>
    client.send(command, options),
  );
  return fromSts(answer.Credentials, call);
}

async function mfaCode(
  { prompts }: AwsHost,
  { profile }: ConnectionSettings,
  serial: string,
  signal: AbortSignal,
): Promise<string> {
  const answer = await abortable(prompts.mfaCode({ profile: profile.id, serial, signal }), signal);
  if (answer === undefined) {
    throw new Cancelled();
  }
  const code = answer.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(code)) {
    throw new UserError(
      l10n.t(
        'An MFA code has six digits. Sign in to profile “{0}” again with the next code.',
        profile.id,
      ),
      { remedies: ['sign-in'], profile: profile.id },
    );
  }
  return code;
}

async function readToken({ profile }: ConnectionSettings, tokenFile: string): Promise<string> {
  try {
    return (await readFile(tokenFile, 'utf8')).trim();
  } catch (error) {
    throw new UserError(
      l10n.t(
        'The web identity token of profile “{0}” cannot be read from {1}. Check web_identity_token_file.',
        profile.id,
        tokenFile,
      ),
      { remedies: ['retry', 'open-config'], cause: error },
    );
  }
}

function roleCall(
  action: string,
  { profile, region, endpoints }: ConnectionSettings,
  roleArn: string,
): AwsCall {
  return {
    service: 'STS',
    action,
    target: roleArn,
    profile: profile.id,
    region,
    ...(endpoints.sts === undefined ? {} : { endpoint: endpoints.sts }),
  };
}

function sessionName({ clock }: AwsHost, section: ProfileSection): string {
  return section['role_session_name'] || `secret-manager-${clock.now()}`;
}

/** Seconds; one hour is what the SDKs ask for when the profile does not say. */
function duration(section: ProfileSection): number {
  const seconds = Number(section['duration_seconds'] ?? '');
  return Number.isInteger(seconds) && seconds > 0 ? seconds : 3600;
}

function fromSts(answer: StsCredentials | undefined, call: AwsCall): Credentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer ?? {};
  if (!AccessKeyId || !SecretAccessKey) {
    throw new UserError(
      l10n.t('STS answered {0} for role {1} without credentials.', call.action, call.target ?? ''),
      { remedies: ['retry'] },
    );
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken ? { sessionToken: SessionToken } : {}),
    ...(Expiration ? { expiration: Expiration } : {}),
  };
}
