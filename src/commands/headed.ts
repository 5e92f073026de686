/** Puts a heading above the first of the items. */
export function headed<T extends object>(
  heading: string,
  items: readonly T[],
): readonly (T & { readonly separator?: string })[] {
  const [first, ...others] = items;
  return first === undefined ? [] : [{ ...first, separator: heading }, ...others];
}
