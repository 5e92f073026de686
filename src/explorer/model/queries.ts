import type {
  ParameterFilter,
  ParameterQuery,
  SecretFilter,
  SecretQuery,
} from '../../core/ports.ts';
import { parameterFilters, secretFilters } from '../../core/resourceFilter.ts';
import type { ViewOptions } from './viewOptions.ts';

/** The ListSecrets request for a folder, or undefined when the filter lets no secret through. */
export function secretQuery(
  { sort, showPendingDeletion, filter }: ViewOptions,
  prefix: string,
): SecretQuery | undefined {
  const wanted = filter ? secretFilters(filter) : [];
  if (wanted === 'none') {
    return undefined;
  }
  const names = narrowed(wanted.find(({ key }) => key === 'name')?.values, prefix);
  if (names?.length === 0) {
    return undefined;
  }
  const filters: SecretFilter[] = wanted.filter(({ key }) => key !== 'name');
  if (names) {
    filters.unshift({ key: 'name', values: names });
  }
  return {
    filters,
    includePlannedDeletion: showPendingDeletion,
    ...(sort === 'name'
      ? { sortBy: 'name' }
      : {
          sortBy: sort === 'changed' ? 'last-changed-date' : 'last-accessed-date',
          descending: true,
        }),
  };
}

/** The DescribeParameters request for a folder, or undefined when the filter lets no parameter through. */
export function parameterQuery(
  { filter }: ViewOptions,
  prefix: string,
): ParameterQuery | undefined {
  const wanted = filter ? parameterFilters(filter) : [];
  if (wanted === 'none') {
    return undefined;
  }
  const paths = wanted.find(({ key }) => key === 'Path')?.values?.map(withSlash);
  const below = narrowed(paths, prefix);
  if (below?.length === 0) {
    return undefined;
  }
  const filters: ParameterFilter[] = wanted.filter(({ key }) => key !== 'Path');
  if (below) {
    // DescribeParameters takes a path without the slash at its end.
    const values = below.map((path) => (path === '/' ? path : path.slice(0, -1)));
    filters.unshift({ key: 'Path', option: 'Recursive', values });
  }
  return { filters };
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

/** Both conditions at once: of two prefixes that can hold together the longer one says it all. */
function narrowed(
  prefixes: readonly string[] | undefined,
  folder: string,
): readonly string[] | undefined {
  if (folder === '') {
    return prefixes;
  }
  if (!prefixes) {
    return [folder];
  }
  const both = prefixes.flatMap((prefix) =>
    folder.startsWith(prefix) ? [folder] : prefix.startsWith(folder) ? [prefix] : [],
  );
  return [...new Set(both)];
}
