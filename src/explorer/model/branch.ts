import type { SortKey } from '../../commands/sortBy.ts';
import type { Page } from '../../core/ports.ts';
import type { Resource } from '../../core/resources.ts';
import { compareText, folderView, type FolderEntry } from './folders.ts';
import { Listing } from './listing.ts';

/** Loads one page of what lies below `prefix` (the empty string: everything). */
export type BranchSource = (
  prefix: string,
  nextToken: string | undefined,
  signal: AbortSignal,
) => Promise<Page<Resource>>;

export interface BranchOptions {
  readonly layout: 'tree' | 'flat';
  readonly pageSize: number;
  readonly sort: SortKey;
  /** The part of the filter that AWS cannot apply. */
  readonly matches: (resource: Resource) => boolean;
}

export interface BranchView {
  readonly folders: readonly FolderEntry[];
  readonly items: readonly Resource[];
  /** How many the next step may bring; 0 when everything is shown. */
  readonly more: number;
  readonly error: unknown;
}

/**
 * The secrets or the parameters of one connection. The whole account is one listing; a folder that is opened before
 * that listing is complete gets one of its own, asked for by prefix, so that opening it costs what its page costs.
 */
export class Branch {
  readonly #source: BranchSource;
  readonly #options: BranchOptions;
  readonly #listings = new Map<string, Listing<Resource>>();
  readonly #shown = new Map<string, number>();
  /** By ARN: what `put` has brought, shown whatever the filter and the number of items shown. */
  readonly #put = new Map<string, Resource>();

  constructor(source: BranchSource, options: BranchOptions) {
    this.#source = source;
    this.#options = options;
  }

  /** The listing of the whole account, whether or not anything was asked of it yet. */
  get whole(): Listing<Resource> {
    return this.#own('');
  }

  /** Everything that any listing has loaded, without duplicates. */
  *loaded(): Iterable<Resource> {
    const earlier: Listing<Resource>[] = [];
    for (const listing of this.#listings.values()) {
      for (const item of listing.items) {
        if (!earlier.some((other) => other.has(item.arn))) {
          yield item;
        }
      }
      earlier.push(listing);
    }
  }

  /** Loads the first page when there is none yet, and tells what the folder shows. */
  async open(prefix: string): Promise<BranchView> {
    const listing = this.#listingFor(prefix);
    if (!listing.isStarted && listing.error === undefined) {
      await listing.loadNext();
    }
    return this.#view(prefix);
  }

  /** Shows one page more, and loads it when it is not there yet. */
  async more(prefix: string): Promise<void> {
    this.#shown.set(prefix, this.#shownIn(prefix) + this.#options.pageSize);
    const { more, folders, items } = this.#view(prefix);
    if (more > 0 && folders.length + items.length < this.#shownIn(prefix)) {
      await this.#listingFor(prefix).loadNext();
    }
  }

  async retry(prefix: string): Promise<void> {
    await this.#listingFor(prefix).loadNext();
  }

  /** Makes a resource visible that no page has brought yet, for example one found by a search. */
  put(resource: Resource): void {
    this.#put.set(resource.arn, resource);
    for (const [prefix, listing] of this.#listings) {
      if (resource.name.startsWith(prefix)) {
        listing.put(resource);
      }
    }
  }

  /** Ends what is being loaded for the folder and the folders below it. True when something was. */
  cancel(prefix: string): boolean {
    let ended = false;
    for (const [covered, listing] of this.#listings) {
      if (covered.startsWith(prefix) && listing.isLoading) {
        listing.cancel();
        ended = true;
      }
    }
    return ended;
  }

  #view(prefix: string): BranchView {
    const { layout, matches } = this.#options;
    const listing = this.#listingFor(prefix);
    const matching = listing.items.filter((item) => matches(item) || this.#put.has(item.arn));
    const { folders, items } =
      layout === 'tree' ? folderView(matching, prefix) : { folders: [], items: matching };
    const limit = this.#shownIn(prefix);
    const shownFolders = folders.filter((folder, at) => at < limit || this.#holdsPut(folder));
    const left = limit - shownFolders.length;
    const shownItems = items.filter(({ arn }, at) => at < left || this.#put.has(arn));
    const hidden = folders.length + items.length - shownFolders.length - shownItems.length;
    const { pageSize } = this.#options;
    // A failed listing goes on by "Retry", so there is no more than what it has loaded.
    const isOpenEnded = !listing.isComplete && listing.error === undefined;
    return {
      folders: shownFolders,
      items: shownItems,
      more: isOpenEnded ? pageSize : Math.min(hidden, pageSize),
      error: listing.error,
    };
  }

  #holdsPut({ prefix }: FolderEntry): boolean {
    return [...this.#put.values()].some(({ name }) => name.startsWith(prefix));
  }

  #shownIn(prefix: string): number {
    return this.#shown.get(prefix) ?? this.#options.pageSize;
  }

  /** The nearest complete listing that covers the folder, else the folder's own. */
  #listingFor(prefix: string): Listing<Resource> {
    for (const [covered, listing] of this.#listings) {
      if (prefix.startsWith(covered) && listing.isComplete) {
        return listing;
      }
    }
    return this.#own(prefix);
  }

  #own(prefix: string): Listing<Resource> {
    let listing = this.#listings.get(prefix);
    if (!listing) {
      listing = new Listing<Resource>(
        (nextToken, signal) => this.#source(prefix, nextToken, signal),
        comparators[this.#options.sort],
      );
      this.#listings.set(prefix, listing);
      for (const resource of this.#put.values()) {
        if (resource.name.startsWith(prefix)) {
          listing.put(resource);
        }
      }
    }
    return listing;
  }
}

type Comparator = (a: Resource, b: Resource) => number;

const byName: Comparator = (a, b) => compareText(a.name, b.name) || compareText(a.arn, b.arn);

/** Latest first; what has no such date comes last, by name. */
function latestFirst(time: (resource: Resource) => number | undefined): Comparator {
  return (a, b) => (time(b) ?? 0) - (time(a) ?? 0) || byName(a, b);
}

const comparators: Readonly<Record<SortKey, Comparator>> = {
  name: byName,
  changed: latestFirst(({ changedAt }) => changedAt),
  // Parameter Store does not tell when a parameter was read.
  accessed: latestFirst((resource) =>
    resource.kind === 'secret' ? resource.accessedAt : resource.changedAt,
  ),
};
