import { sortKeys, type SortKey } from '../../commands/sortBy.ts';
import { isRecord } from '../../core/isRecord.ts';
import { filterProblem, isFilterKind, type ResourceFilter } from '../../core/resourceFilter.ts';

/** What the whole tree is narrowed and ordered by. Kept across restarts. */
export interface ViewOptions {
  readonly sort: SortKey;
  readonly showPendingDeletion: boolean;
  readonly filter?: ResourceFilter;
}

const defaultView: ViewOptions = { sort: 'name', showPendingDeletion: false };

/** What was stored, as far as it still makes sense: an older version or another hand may have written it. */
export function viewOptions(stored: unknown): ViewOptions {
  if (!isRecord(stored)) {
    return defaultView;
  }
  const { sort, showPendingDeletion, filter } = stored;
  return {
    sort: sortKeys.find((key) => key === sort) ?? defaultView.sort,
    showPendingDeletion: showPendingDeletion === true,
    ...(isFilter(filter) ? { filter: { kind: filter.kind, text: filter.text } } : {}),
  };
}

function isFilter(value: unknown): value is ResourceFilter {
  if (!isRecord(value)) {
    return false;
  }
  const { kind, text } = value;
  return isFilterKind(kind) && typeof text === 'string' && filterProblem(kind, text) === undefined;
}
