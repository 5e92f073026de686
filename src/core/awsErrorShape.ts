interface ErrorLike {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly Code?: unknown;
  readonly message?: unknown;
  readonly hostname?: unknown;
  readonly cause?: unknown;
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly attempts?: number;
  };
}

export interface FailureKey {
  readonly key: string;
  /** AWS's or Node's own text: for telling cases apart, never for showing. */
  readonly text: string;
  readonly source: object;
}

/** The names a failure goes by, the most telling first: Node's code before the SDK's name, causes last. */
export function failureKeys(error: unknown): readonly FailureKey[] {
  const keys: FailureKey[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth += 1) {
    const like: ErrorLike = current;
    const source = current;
    const text = typeof like.message === 'string' ? like.message : '';
    for (const key of [like.code, like.Code, like.name]) {
      if (typeof key === 'string' && key !== 'Error') {
        keys.push({ key, text, source });
      }
    }
    if (isServerFault(like)) {
      keys.push({ key: 'InternalServerError', text, source });
    }
    if (keys.length === 0) {
      keys.push({ key: 'Error', text, source });
    }
    current = like.cause;
  }
  return keys;
}

export function hostOf(error: object): string | undefined {
  const { hostname }: ErrorLike = error;
  return typeof hostname === 'string' ? hostname : undefined;
}

/**
 * What the log may know of a failure. The answer's body stays out: the SDK hangs it on the error, and a truncated
 * GetSecretValue holds a value. So does the text of a SyntaxError, which quotes what it could not parse.
 */
export function describeForLog(error: unknown): Error {
  const like: ErrorLike = typeof error === 'object' && error !== null ? error : {};
  const { httpStatusCode, requestId, attempts } = like.$metadata ?? {};
  const facts = [
    typeof like.code === 'string' ? like.code : undefined,
    httpStatusCode === undefined ? undefined : `HTTP ${httpStatusCode}`,
    requestId === undefined ? undefined : `request id ${requestId}`,
    attempts === undefined ? undefined : `${attempts} attempts`,
  ].filter((fact) => fact !== undefined);
  const name = typeof like.name === 'string' ? like.name : typeof error;
  const text =
    typeof like.message === 'string' && !quotesParsedText(name, like.message)
      ? `: ${like.message}`
      : '';
  return new Error(`${name} (${facts.join(', ')})${text}`);
}

/** A parser's message quotes the text that it read, also where another error wraps it. */
export function quotesParsedText(name: string, message: string): boolean {
  return name === 'SyntaxError' || /SyntaxError|\bJSON\b/.test(message);
}

/** An error that its service did not name, but whose answer came from a failing server. */
function isServerFault({ name, $metadata }: ErrorLike): boolean {
  return (name === 'Unknown' || name === 'UnknownError') && ($metadata?.httpStatusCode ?? 0) >= 500;
}
