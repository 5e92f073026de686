import * as l10n from '@vscode/l10n';

import type { Services } from './services.ts';

export const sortKeys = ['name', 'changed', 'accessed'] as const;

export type SortKey = (typeof sortKeys)[number];

/** Asks for the order of the tree's items. */
export async function sortBy(
  { prompts }: Services,
  current: SortKey,
): Promise<SortKey | undefined> {
  const items: readonly {
    readonly value: SortKey;
    readonly label: string;
    readonly detail?: string;
  }[] = [
    { value: 'name', label: l10n.t('Name') },
    { value: 'changed', label: l10n.t('Last Changed'), detail: l10n.t('The latest first.') },
    {
      value: 'accessed',
      label: l10n.t('Last Accessed'),
      detail: l10n.t(
        'The latest first. Parameter Store does not tell, so parameters go by their last change.',
      ),
    },
  ];
  return await prompts.pick(
    items.map((item) =>
      item.value === current ? { ...item, description: l10n.t('current') } : item,
    ),
    { title: l10n.t('Sort By'), placeholder: l10n.t('What to sort by') },
  );
}
