import type { Page } from '../../core/ports.ts';

/** Reads every page of an answer that is known to be short, without duplicates. */
export async function allPages<T>(
  page: (nextToken: string | undefined) => Promise<Page<T>>,
  keyOf: (item: T) => string | number,
): Promise<readonly T[]> {
  const items = new Map<string | number, T>();
  const tokens = new Set<string | undefined>();
  let nextToken: string | undefined;
  do {
    tokens.add(nextToken);
    const answer = await page(nextToken);
    for (const item of answer.items) {
      items.set(keyOf(item), item);
    }
    ({ nextToken } = answer);
    // A token that comes again would go round for ever.
  } while (nextToken !== undefined && !tokens.has(nextToken));
  return [...items.values()];
}
