import { createHash } from 'node:crypto';

/** A token that is good only for the query that it was given out for, as AWS asks of callers. */
export function pageToken(query: unknown, position: number): string {
  return Buffer.from(`${fingerprint(query)}.${position}`).toString('base64url');
}

/** The position that a token stands for; 0 without a token; undefined when it is no token of this query. */
export function positionOf(query: unknown, token: unknown): number | undefined {
  if (token === undefined || token === '') {
    return 0;
  }
  const [mark, position] = Buffer.from(typeof token === 'string' ? token : '', 'base64url')
    .toString('utf8')
    .split('.');
  return mark === fingerprint(query) && /^\d+$/.test(position ?? '') ? Number(position) : undefined;
}

function fingerprint(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('hex').slice(0, 12);
}
