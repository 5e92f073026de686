import * as l10n from '@vscode/l10n';

import { partitionOf, partitions, regionProblem } from '../connections/partitions.ts';
import type { PickItem } from '../core/ports.ts';
import { headed } from './headed.ts';
import type { Services } from './services.ts';

/** Regions by their names, those of the partition that the profile is at home in first; any other can be typed. */
export async function pickRegion(
  { prompts }: Services,
  title: string,
  options: { readonly home: string | undefined; readonly without: readonly string[] },
): Promise<string | undefined> {
  const picked = await prompts.pick([...regionItems(options), typeItem()], {
    title,
    placeholder: l10n.t('Which region'),
  });
  if (picked !== typed) {
    return picked;
  }
  const text = await prompts.input({
    title,
    prompt: l10n.t('A region by its id'),
    placeholder: 'eu-west-1',
    validate: regionProblem,
  });
  return text?.trim();
}

/** No region is called so. */
const typed = '';

function typeItem(): PickItem<string> {
  return {
    label: l10n.t('Type a Region…'),
    icon: 'edit',
    separator: l10n.t('Another region'),
    value: typed,
  };
}

function regionItems({
  home,
  without,
}: {
  readonly home: string | undefined;
  readonly without: readonly string[];
}): readonly PickItem<string>[] {
  const homePartition = home === undefined ? 'aws' : partitionOf(home)?.id;
  const ordered = [
    ...partitions.filter(({ id }) => id === homePartition),
    ...partitions.filter(({ id }) => id !== homePartition),
  ];
  return ordered.flatMap(({ id, regions }) =>
    headed(
      id,
      Object.entries(regions)
        .filter(([region]) => !without.includes(region))
        .map(([region, name]) => ({
          label: region,
          description: name,
          icon: 'globe',
          value: region,
        })),
    ),
  );
}
