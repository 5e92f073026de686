import { securityKey } from '../../sandbox/accounts.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

const targets: Readonly<Record<string, string>> = {
  secretsmanager: 'secretsmanager',
  ssm: 'AmazonSSM',
};

interface Caller {
  readonly accessKeyId?: string;
  readonly region?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One call of a JSON service, signed as far as the proxy looks. */
export function callJson(
  url: string,
  service: string,
  operation: string,
  params: unknown = {},
  caller: Caller = {},
): Promise<Answered> {
  return post(url, JSON.stringify(params), {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `${targets[service] ?? service}.${operation}`,
    authorization: authorization(service, caller),
    ...caller.headers,
  });
}

/** One call of STS or IAM. */
export function callQuery(
  url: string,
  service: string,
  params: Readonly<Record<string, string>>,
  caller: Caller = {},
): Promise<Answered> {
  return post(url, new URLSearchParams(params).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    authorization: authorization(service, caller),
  });
}

export async function callRest(
  url: string,
  method: string,
  path: string,
  options: { readonly params?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answered> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...options.headers },
    ...(options.params === undefined ? {} : { body: JSON.stringify(options.params) }),
  });
  return read(answer);
}

async function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answered> {
  return read(await fetch(url, { method: 'POST', body, headers }));
}

async function read(answer: Response): Promise<Answered> {
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    get json() {
      return JSON.parse(text) as Record<string, unknown>;
    },
  };
}

function authorization(service: string, caller: Caller): string {
  const key = caller.accessKeyId ?? securityKey.accessKeyId;
  const scope = `${key}/20260101/${caller.region ?? 'eu-west-1'}/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
}
