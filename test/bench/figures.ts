/** One line of the report. Without a limit it only informs. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit?: number;
}

/** Prints the figure as one JSON line and tells whether its limit holds. */
export function report({ name, value, unit, limit }: Figure): boolean {
  const ok = limit === undefined || value <= limit;
  const rounded = Math.round(value * 100) / 100;
  process.stdout.write(
    `${JSON.stringify({ name, value: rounded, unit, limit: limit ?? null, ok })}\n`,
  );
  return ok;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const above = sorted[Math.floor(middle)] ?? Number.NaN;
  const below = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return (above + below) / 2;
}
