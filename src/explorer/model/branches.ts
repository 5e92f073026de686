import { connectionKey, type Connection } from '../../core/connection.ts';
import type { Aws, Page } from '../../core/ports.ts';
import { matchesLoaded } from '../../core/resourceFilter.ts';
import type { Resource, ResourceKind } from '../../core/resources.ts';
import { Branch, type BranchSource } from './branch.ts';
import { parameterQuery, secretQuery } from './queries.ts';
import type { ViewOptions } from './viewOptions.ts';

export interface BranchLayout {
  readonly layout: 'tree' | 'flat';
  /** 1 to 100. */
  readonly pageSize: number;
}

/** What ListSecrets and DescribeParameters take at the most. */
const maxPage: Readonly<Record<ResourceKind, number>> = { secret: 100, parameter: 50 };

interface OpenedBranch {
  readonly connection: Connection;
  readonly kind: ResourceKind;
  readonly branch: Branch;
}

/** The branches that were opened, each made for the view and layout that held when it was first asked for. */
export class Branches {
  readonly #aws: () => Promise<Aws>;
  readonly #branches = new Map<string, OpenedBranch>();

  constructor(aws: () => Promise<Aws>) {
    this.#aws = aws;
  }

  get(connection: Connection, kind: ResourceKind, view: ViewOptions, layout: BranchLayout): Branch {
    const key = `${connectionKey(connection)}/${kind}`;
    let branch = this.#branches.get(key)?.branch;
    if (!branch) {
      const { filter } = view;
      const pageSize = Math.min(layout.pageSize, maxPage[kind]);
      branch = new Branch(this.#source(connection, kind, view, pageSize), {
        layout: layout.layout,
        pageSize,
        sort: view.sort,
        matches: filter ? (resource) => matchesLoaded(filter, resource) : () => true,
      });
      this.#branches.set(key, { connection, kind, branch });
    }
    return branch;
  }

  all(): Iterable<OpenedBranch> {
    return this.#branches.values();
  }

  /** Forgets what is unwanted and ends its requests. */
  drop(unwanted: (connection: Connection, kind: ResourceKind) => boolean): void {
    for (const [key, { connection, kind, branch }] of this.#branches) {
      if (unwanted(connection, kind)) {
        branch.cancel('');
        this.#branches.delete(key);
      }
    }
  }

  #source(
    connection: Connection,
    kind: ResourceKind,
    view: ViewOptions,
    pageSize: number,
  ): BranchSource {
    const nothing: Page<Resource> = { items: [] };
    return async (prefix, nextToken, signal) => {
      const page = { pageSize, ...(nextToken === undefined ? {} : { nextToken }) };
      if (kind === 'secret') {
        const query = secretQuery(view, prefix);
        return query
          ? (await this.#aws()).secrets(connection).list({ ...query, ...page }, signal)
          : nothing;
      }
      const query = parameterQuery(view, prefix);
      return query
        ? (await this.#aws()).parameters(connection).list({ ...query, ...page }, signal)
        : nothing;
    };
  }
}
