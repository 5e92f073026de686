import * as l10n from '@vscode/l10n';

import { connectionKey } from '../core/connection.ts';
import type { Connection } from '../core/connection.ts';
import { resourceKey } from '../core/resources.ts';
import type { ResourceKind, ResourceRef } from '../core/resources.ts';
import { isCancelled, UserError } from '../core/userError.ts';
import { headed } from './headed.ts';
import type { ConnectionFindings } from './resourceSearch.ts';
import type { SearchItem } from './searchPrompt.ts';

/** Choosing a problem shows it with its remedies. */
export type FindChoice =
  | { readonly kind: 'ref'; readonly ref: ResourceRef }
  | { readonly kind: 'problem'; readonly error: unknown };

/** What one text has found so far: recents first, then what is loaded, then what each connection answers. */
export class FindResults {
  readonly #recents: readonly ResourceRef[];
  readonly #loaded: readonly ResourceRef[];
  readonly #findings: ConnectionFindings[] = [];

  constructor(recents: readonly ResourceRef[], loaded: readonly ResourceRef[]) {
    this.#recents = recents;
    this.#loaded = loaded;
  }

  add(findings: ConnectionFindings): void {
    this.#findings.push(findings);
  }

  /** Each item once, in the first section that has it. */
  items(): readonly SearchItem<FindChoice>[] {
    const seen = new Set<string>();
    const section = (
      heading: string,
      refs: readonly ResourceRef[],
    ): readonly SearchItem<FindChoice>[] => {
      const unseen = refs.filter((ref) => {
        const isNew = !seen.has(resourceKey(ref));
        seen.add(resourceKey(ref));
        return isNew;
      });
      return headed(heading, unseen.map(refItem));
    };
    return [
      ...section(l10n.t('Recent'), this.#recents),
      ...section(l10n.t('Loaded'), this.#loaded),
      ...this.#findings.flatMap(({ connection, refs }) => section(place(connection), refs)),
      ...headed(l10n.t('Problems'), this.#findings.flatMap(problemItems)),
    ];
  }
}

const icons: Readonly<Record<ResourceKind, string>> = {
  secret: 'key',
  parameter: 'symbol-string',
};

function refItem(ref: ResourceRef): SearchItem<FindChoice> {
  return {
    id: resourceKey(ref),
    label: ref.name,
    description: place(ref.connection),
    icon: icons[ref.kind],
    value: { kind: 'ref', ref },
  };
}

function problemItems({ connection, errors }: ConnectionFindings): SearchItem<FindChoice>[] {
  return errors
    .filter((error) => !isCancelled(error))
    .map((error, index) => ({
      id: `problem/${connectionKey(connection)}/${index}`,
      label: l10n.t('{0} could not be searched', place(connection)),
      detail: error instanceof UserError ? error.message : l10n.t('Something unexpected happened.'),
      icon: 'warning',
      value: { kind: 'problem', error },
    }));
}

/** `eu-west-1 · security`, as the tree writes it. */
function place({ profile, region }: Connection): string {
  return `${region} · ${profile}`;
}
