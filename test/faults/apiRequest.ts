import type { IncomingHttpHeaders } from 'node:http';

/** How a service writes its requests, answers and errors. */
export type Protocol = 'json' | 'query' | 'rest';

/** One call of an AWS API as it arrived at the proxy. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly protocol: Protocol;
  /** As the credential scope names it: `secretsmanager`, `ssm`, `sts`, `iam`; by path: `sso`, `sso-oidc`. */
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const ssoOperations: Readonly<Record<string, readonly [service: string, operation: string]>> = {
  'POST /client/register': ['sso-oidc', 'RegisterClient'],
  'POST /device_authorization': ['sso-oidc', 'StartDeviceAuthorization'],
  'POST /token': ['sso-oidc', 'CreateToken'],
  'GET /federation/credentials': ['sso', 'GetRoleCredentials'],
  'GET /assignment/accounts': ['sso', 'ListAccounts'],
  'GET /assignment/roles': ['sso', 'ListAccountRoles'],
  'POST /logout': ['sso', 'Logout'],
};

export function parseApiRequest(
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): ApiRequest {
  const common = { method, path, headers, body, ...credentialScope(headers.authorization) };
  const url = new URL(path, 'http://sandbox');
  const sso = ssoOperations[`${method} ${url.pathname}`];
  if (sso !== undefined) {
    const [service, operation] = sso;
    const params = { ...jsonObject(body), ...Object.fromEntries(url.searchParams) };
    return { ...common, protocol: 'rest', service, operation, params };
  }
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const dot = target.lastIndexOf('.');
    const service = common.service === '' ? serviceOfTarget(target) : common.service;
    const operation = target.slice(dot + 1);
    return { ...common, protocol: 'json', service, operation, params: jsonObject(body) };
  }
  const form = new URLSearchParams(body.toString('utf8'));
  const action = form.get('Action') ?? url.searchParams.get('Action') ?? '';
  // AssumeRoleWithWebIdentity and -SAML are not signed, so they name no service.
  const service = common.service === '' && action.startsWith('AssumeRole') ? 'sts' : common.service;
  const params = Object.fromEntries([...url.searchParams, ...form]);
  return { ...common, protocol: 'query', service, operation: action, params };
}

/** `Credential=KEY/20260101/REGION/SERVICE/aws4_request` of Signature Version 4. */
function credentialScope(authorization: string | undefined): {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
} {
  const [, accessKeyId = '', region = '', service = ''] =
    /Credential=([^/,\s]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(authorization ?? '') ?? [];
  return { accessKeyId, region, service };
}

function serviceOfTarget(target: string): string {
  return target.startsWith('AmazonSSM.') ? 'ssm' : (target.split('.')[0] ?? '');
}

export function jsonObject(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function recordsOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((item) => isRecord(item)) : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
