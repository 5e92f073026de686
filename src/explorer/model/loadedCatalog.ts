import { connectionKey, type Connection } from '../../core/connection.ts';
import { resourceKey, resourceRef, type ResourceRef } from '../../core/resources.ts';
import type { Branches } from './branches.ts';
import { isOverdue } from './resourceFaces.ts';

/** What the tree has loaded, for searches that shall not cost a call. */
export class LoadedCatalog {
  readonly #branches: Branches;
  readonly #active: () => Connection | undefined;

  constructor(branches: Branches, active: () => Connection | undefined) {
    this.#branches = branches;
    this.#active = active;
  }

  search(text: string, limit: number): readonly ResourceRef[] {
    const wanted = text.toLowerCase();
    const found = new Map<string, ResourceRef>();
    for (const { connection, branch } of this.#branches.all()) {
      for (const resource of branch.loaded()) {
        if (found.size >= limit) {
          return [...found.values()];
        }
        if (resource.name.toLowerCase().includes(wanted)) {
          const ref = resourceRef(connection, resource);
          found.set(resourceKey(ref), ref);
        }
      }
    }
    return [...found.values()];
  }

  /** The active connection and what was opened: a search must not make a profile sign in that nobody has touched. */
  connections(): readonly Connection[] {
    const active = this.#active();
    const opened = Array.from(this.#branches.all(), ({ connection }) => connection);
    const all = [...(active ? [active] : []), ...opened];
    return [...new Map(all.map((connection) => [connectionKey(connection), connection])).values()];
  }

  /** How many of the loaded secrets should have been rotated by now. */
  overdueCount(now: number): number {
    let overdue = 0;
    for (const { branch } of this.#branches.all()) {
      for (const resource of branch.loaded()) {
        overdue += resource.kind === 'secret' && isOverdue(resource, now) ? 1 : 0;
      }
    }
    return overdue;
  }
}
