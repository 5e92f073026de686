import type { Page } from '../../src/core/ports.ts';

/** Undefined for a token that this list did not hand out. */
export function pageOf<T>(
  all: readonly T[],
  pageSize: number,
  nextToken: string | undefined,
): Page<T> | undefined {
  const start = nextToken === undefined ? 0 : Number(/^after-(\d+)$/.exec(nextToken)?.[1]);
  if (Number.isNaN(start) || (nextToken !== undefined && start >= all.length)) {
    return undefined;
  }
  const items = all.slice(start, start + pageSize);
  const end = start + items.length;
  return end < all.length ? { items, nextToken: `after-${end}` } : { items };
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
