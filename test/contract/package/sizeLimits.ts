/** Bytes: what the first complete build had, and about 15 % more. */
export const sizeLimits = {
  extension: 118_000,
  aws: 520_000,
  /** With the README's screenshot. */
  vsix: 445_000,
} as const;
