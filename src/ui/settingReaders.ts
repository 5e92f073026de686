/** What a person wrote into the settings, whatever it is, made into a value that the code can rely on. */
export type SettingReader<T> = (written: unknown) => T;

export function booleanSetting(fallback: boolean): SettingReader<boolean> {
  return (written) => (typeof written === 'boolean' ? written : fallback);
}

/** Whole numbers; one beyond a limit counts as the limit. */
export function numberSetting({
  fallback,
  minimum,
  maximum,
}: {
  readonly fallback: number;
  readonly minimum: number;
  readonly maximum: number;
}): SettingReader<number> {
  return (written) =>
    typeof written === 'number' && Number.isFinite(written)
      ? Math.min(maximum, Math.max(minimum, Math.round(written)))
      : fallback;
}

/** The first is what counts when another text is written. */
export function oneOfSetting<const T extends string>(
  values: readonly [T, ...T[]],
): SettingReader<T> {
  return (written) => values.find((value) => value === written) ?? values[0];
}

export function textListSetting(written: unknown): readonly string[] {
  return Array.isArray(written) ? written.filter((item) => typeof item === 'string') : [];
}
