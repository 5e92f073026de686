import { isRecord, type ApiRequest } from './apiRequest.ts';

/** What became of one request. Holds no value: see {@link redacted}. */
export interface JournalEntry {
  /** Epoch milliseconds of arrival. */
  readonly at: number;
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly account: string;
  readonly params: unknown;
  /** The HTTP status answered; 0 when the connection was cut or the caller went away first. */
  readonly status: number;
}

/** Newest last. The oldest go when there are too many, so that a long session cannot fill the memory. */
export class Journal {
  readonly #limit = 100_000;
  #entries: JournalEntry[] = [];

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  add(request: ApiRequest, account: string, at: number, status: number): void {
    const { service, operation, region, accessKeyId } = request;
    const params = redacted(request.params);
    this.#entries.push({ at, service, operation, region, accessKeyId, account, params, status });
    if (this.#entries.length > this.#limit) {
      this.#entries = this.#entries.slice(this.#limit / 10);
    }
  }

  clear(): void {
    this.#entries = [];
  }
}

const secretNames = new Set(
  [
    'SecretString',
    'SecretBinary',
    'Value',
    'ClientRequestToken',
    'TokenCode',
    'WebIdentityToken',
    'SAMLAssertion',
    'clientSecret',
    'deviceCode',
    'accessToken',
    'access_token',
    'refreshToken',
  ].map((name) => name.toLowerCase()),
);

/** A copy with every field that may carry a secret replaced, however deep it is. */
export function redacted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => redacted(item));
  }
  if (!isRecord(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      secretNames.has(name.toLowerCase()) ? '•••' : redacted(item),
    ]),
  );
}
