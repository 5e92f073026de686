import { quotesParsedText } from './awsErrorShape.ts';

/**
 * A failure for the log: the whole chain of causes, since a `UserError` keeps the technical one below it. Only what an
 * `Error` is known to hold is told: other members may carry a request with a value in it.
 */
export function failureDetails(error: unknown): string {
  const lines: string[] = [];
  const seen = new Set<unknown>();
  for (let cause = error; cause !== undefined && !seen.has(cause);) {
    seen.add(cause);
    lines.push(describe(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return lines.join('\nCaused by: ');
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) {
    return typeof error;
  }
  const { name, message, stack } = error;
  if (!quotesParsedText(name, `${message}${stack ?? ''}`)) {
    return stack ?? `${name}: ${message}`;
  }
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [`${name}: (withheld)`, ...frames].join('\n');
}
