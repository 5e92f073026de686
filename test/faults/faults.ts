import { errorAnswer, htmlAnswer, jsonAnswer } from './answers.ts';
import { isRecord, textOf, type ApiAnswer, type ApiRequest } from './apiRequest.ts';

const kinds = [
  'throttle',
  'expired-token',
  'access-denied',
  'html-500',
  'reset',
  'latency',
  'truncate',
  'truncate-json',
  'clock-skew',
  'empty-pages',
  'unavailable',
] as const;

export type FaultKind = (typeof kinds)[number];

/** Something that goes wrong with the requests that match. A field left out matches everything. */
export interface Fault {
  readonly kind: FaultKind;
  /** `secretsmanager`, `ssm`, `sts`, `iam`, `kms`, `sso` or `sso-oidc`. */
  readonly service?: string;
  readonly operation?: string;
  readonly region?: string;
  readonly accessKeyId?: string;
  /** How many requests it happens to; for ever when absent. */
  readonly times?: number;
  /**
   * latency: how long to wait. clock-skew: how far the service's clock is ahead of ours; when absent the signature is
   * refused whatever time it names, which no client can correct.
   */
  readonly ms?: number;
  readonly message?: string;
}

/** `truncate`: the connection ends in the middle of the body. `truncate-json`: the body ends early, in good order. */
export type FaultEffect =
  | { readonly kind: 'answer'; readonly answer: ApiAnswer }
  | { readonly kind: 'reset' | 'truncate' | 'truncate-json' | 'pass' }
  | { readonly kind: 'delay'; readonly ms: number };

const maximumSkew = 5 * 60_000;

/** The faults in force, in the order they were injected; the first that matches a request happens to it. */
export class Faults {
  #active: { readonly fault: Fault; left: number }[] = [];

  inject(fault: Fault): void {
    this.#active.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#active = [];
  }

  effect(request: ApiRequest, now: number): FaultEffect {
    for (const entry of this.#active) {
      if (entry.left > 0 && matches(entry.fault, request)) {
        const effect = effectOf(entry.fault, request, now);
        if (effect.kind !== 'pass') {
          entry.left -= 1;
          return effect;
        }
      }
    }
    return { kind: 'pass' };
  }
}

/** A fault from JSON, or undefined when it is none. */
export function parseFault(value: unknown): Fault | undefined {
  if (!isRecord(value) || !kinds.some((kind) => kind === value['kind'])) {
    return undefined;
  }
  const texts = new Set(['service', 'operation', 'region', 'accessKeyId', 'message']);
  const numbers = new Set(['times', 'ms']);
  const known = Object.entries(value).every(
    ([name, item]) =>
      name === 'kind' ||
      (texts.has(name) && typeof item === 'string') ||
      (numbers.has(name) && typeof item === 'number'),
  );
  return known ? (value as unknown as Fault) : undefined;
}

function matches(fault: Fault, request: ApiRequest): boolean {
  return (['service', 'operation', 'region', 'accessKeyId'] as const).every(
    (name) => fault[name] === undefined || fault[name] === request[name],
  );
}

function effectOf(fault: Fault, request: ApiRequest, now: number): FaultEffect {
  switch (fault.kind) {
    case 'reset':
    case 'truncate':
    case 'truncate-json':
      return { kind: fault.kind };
    case 'latency':
      return { kind: 'delay', ms: fault.ms ?? 5000 };
    case 'clock-skew':
      return clockSkew(fault, request, now);
    case 'empty-pages':
      return emptyPage(request);
    default:
      return { kind: 'answer', answer: failure(fault.kind, fault.message, request) };
  }
}

/** The names differ: the query protocol of STS and IAM is older than the JSON services' `…Exception`. */
function failure(
  kind: 'throttle' | 'expired-token' | 'access-denied' | 'html-500' | 'unavailable',
  message: string | undefined,
  request: ApiRequest,
): ApiAnswer {
  const query = request.protocol === 'query';
  switch (kind) {
    case 'throttle':
      return errorAnswer(
        request,
        query ? 'Throttling' : 'ThrottlingException',
        message ?? 'Rate exceeded',
      );
    case 'expired-token':
      return errorAnswer(
        request,
        query ? 'ExpiredToken' : 'ExpiredTokenException',
        message ?? 'The security token included in the request is expired',
        query ? 403 : 400,
      );
    case 'access-denied':
      return errorAnswer(
        request,
        query ? 'AccessDenied' : 'AccessDeniedException',
        message ?? deniedMessage(request),
        query ? 403 : 400,
      );
    case 'html-500':
      return htmlAnswer(500);
    case 'unavailable':
      return errorAnswer(
        request,
        query ? 'ServiceUnavailable' : 'ServiceUnavailableException',
        message ?? 'Service is temporarily unavailable.',
        503,
      );
  }
}

function deniedMessage(request: ApiRequest): string {
  return (
    `User is not authorized to perform: ${request.service}:${request.operation} ` +
    'because no identity-based policy allows the action'
  );
}

function clockSkew(fault: Fault, request: ApiRequest, now: number): FaultEffect {
  const serverTime = now + (fault.ms ?? 0);
  const signed = signingTime(request);
  if (
    fault.ms !== undefined &&
    signed !== undefined &&
    Math.abs(signed - serverTime) <= maximumSkew
  ) {
    return { kind: 'pass' };
  }
  const query = request.protocol === 'query';
  const answer = errorAnswer(
    request,
    query ? 'SignatureDoesNotMatch' : 'InvalidSignatureException',
    fault.message ??
      `Signature expired: ${amzDate(signed ?? now)} is now earlier than ` +
        `${amzDate(serverTime - maximumSkew)} (${amzDate(serverTime)} - 5 min.)`,
    query ? 403 : 400,
  );
  // The client corrects its clock by this header.
  const date = new Date(serverTime).toUTCString();
  return { kind: 'answer', answer: { ...answer, headers: { ...answer.headers, date } } };
}

function signingTime(request: ApiRequest): number | undefined {
  const text = request.headers['x-amz-date'];
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(text));
  if (parts === null) {
    return undefined;
  }
  const [year = 0, month = 1, ...rest] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, ...rest);
}

function amzDate(time: number): string {
  return `${new Date(time).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`;
}

const listFields: Readonly<Record<string, string>> = {
  ListSecrets: 'SecretList',
  ListSecretVersionIds: 'Versions',
  DescribeParameters: 'Parameters',
  GetParametersByPath: 'Parameters',
  GetParameterHistory: 'Parameters',
};

const emptyPrefix = 'empty.';

/** An empty page whose token leads to the page that was asked for. Operations without pages are left alone. */
function emptyPage(request: ApiRequest): FaultEffect {
  const field = listFields[request.operation];
  if (field === undefined) {
    return { kind: 'pass' };
  }
  const NextToken = emptyPrefix + afterEmptyPages(textOf(request.params['NextToken']) ?? '');
  return { kind: 'answer', answer: jsonAnswer({ [field]: [], NextToken }) };
}

/** The token that stands behind one that an empty page gave out. */
export function afterEmptyPages(token: string): string {
  return token.startsWith(emptyPrefix) ? token.slice(emptyPrefix.length) : token;
}
