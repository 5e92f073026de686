/** A name ends in `/`: everything below it. The root's is the empty string. */
export interface FolderEntry {
  readonly prefix: string;
  readonly label: string;
  /** How many loaded items lie below, at any depth. */
  readonly count: number;
}

export interface FolderView<T> {
  readonly folders: readonly FolderEntry[];
  /** Items directly in the folder, in the order in which they were given. */
  readonly items: readonly T[];
}

/** Splits what lies below `prefix` into the folders and the items directly in it. Linear in `items`. */
export function folderView<T extends { readonly name: string }>(
  items: readonly T[],
  prefix: string,
): FolderView<T> {
  const found = new Map<string, { readonly prefix: string; count: number }>();
  const direct: T[] = [];
  let last = { prefix: '', count: 0 };
  for (const item of items) {
    // Most stand in the folder of the one before, and that is told without making a text.
    if (
      last.count > 0 &&
      item.name.length > last.prefix.length &&
      item.name.startsWith(last.prefix)
    ) {
      last.count += 1;
      continue;
    }
    // `a/` stands beside the folder `a/`, not in it.
    if (!item.name.startsWith(prefix) || (item.name === prefix && prefix !== '')) {
      continue;
    }
    const folder = childFolder(item.name, prefix);
    if (folder === undefined) {
      direct.push(item);
    } else {
      last = found.get(folder) ?? { prefix: folder, count: 0 };
      last.count += 1;
      found.set(folder, last);
    }
  }
  const folders = Array.from(found.values(), (folder) => ({
    ...folder,
    label: folderLabel(folder.prefix, prefix, (other) => found.has(other)),
  }));
  folders.sort((a, b) => compareText(a.label, b.label));
  return { folders, items: direct };
}

/** The folder below `prefix` that holds `name`, or undefined when `name` stands directly in `prefix`. */
function childFolder(name: string, prefix: string): string | undefined {
  const slash = name.indexOf('/', segmentStart(name, prefix));
  return slash === -1 || slash === name.length - 1 ? undefined : name.slice(0, slash + 1);
}

/** A leading slash belongs to the first segment: `/prod/db` is `db` in the folder `/prod/`. */
function segmentStart(name: string, prefix: string): number {
  return prefix === '' && name.startsWith('/') ? 1 : prefix.length;
}

/** The leading slash is left out unless a folder of the same name without one stands beside it. */
export function folderLabel(
  folder: string,
  parent: string,
  exists: (folder: string) => boolean,
): string {
  const segment = folder.slice(parent.length, -1);
  const bare = segment.startsWith('/') ? segment.slice(1) : segment;
  return bare === '' ? '/' : exists(folder.slice(1)) ? segment : bare;
}

/** The prefixes of the folders that hold `name`, outermost first. */
export function folderChain(name: string): readonly string[] {
  const chain: string[] = [];
  for (
    let folder = childFolder(name, '');
    folder !== undefined;
    folder = childFolder(name, chain.at(-1) ?? '')
  ) {
    chain.push(folder);
  }
  return chain;
}

/** By code unit: the order in which Secrets Manager sorts names, and thirty times as fast as a collator. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
