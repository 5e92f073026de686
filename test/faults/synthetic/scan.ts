import type { Range } from './names.ts';

export interface Scanned {
  readonly positions: readonly number[];
  /** How far in the scan's own order the next match is; undefined when there is none. */
  readonly next: number | undefined;
}

/**
 * The matching positions of the ranges, which are in order and apart, from the `from`-th place on. `descending`
 * walks them backwards. Looks one match past the page, so that a last page carries no token.
 */
export function scan(
  ranges: readonly Range[],
  matches: (position: number) => boolean,
  options: { readonly from: number; readonly size: number; readonly descending: boolean },
): Scanned {
  const positions: number[] = [];
  const ordered = options.descending ? ranges.toReversed() : ranges;
  let place = 0;
  for (const { start, end } of ordered) {
    const length = end - start;
    for (let index = Math.max(0, options.from - place); index < length; index++) {
      const position = options.descending ? end - 1 - index : start + index;
      if (matches(position)) {
        if (positions.length === options.size) {
          return { positions, next: place + index };
        }
        positions.push(position);
      }
    }
    place += length;
  }
  return { positions, next: undefined };
}

/** The ranges in order, without overlaps and empty ones. */
export function union(ranges: readonly Range[]): readonly Range[] {
  const joined: Range[] = [];
  for (const range of ranges.toSorted((left, right) => left.start - right.start)) {
    const last = joined.at(-1);
    if (range.start >= range.end) {
      continue;
    }
    if (last !== undefined && range.start <= last.end) {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else {
      joined.push(range);
    }
  }
  return joined;
}
