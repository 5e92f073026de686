import * as l10n from '@vscode/l10n';

import { filterProblem } from '../core/resourceFilter.ts';
import type { FilterKind, ResourceFilter } from '../core/resourceFilter.ts';
import type { PickItem } from '../core/ports.ts';
import type { Services } from './services.ts';

/** Asks what to narrow the tree by: a filter, `clear` for none, or undefined when the person declined. */
export async function setFilter(
  { prompts }: Services,
  current?: ResourceFilter,
): Promise<ResourceFilter | 'clear' | undefined> {
  const title = l10n.t('Filter');
  const clear: PickItem<FilterKind | 'clear'> = {
    label: l10n.t('Clear Filter'),
    icon: 'clear-all',
    value: 'clear',
  };
  const kind = await prompts.pick([...(current ? [clear] : []), ...kindItems()], {
    title,
    placeholder: l10n.t('What to look at'),
  });
  if (kind === undefined || kind === 'clear') {
    return kind;
  }
  const text =
    kind === 'type'
      ? await pickType(prompts, title)
      : await prompts.input({
          title,
          prompt: prompt(kind),
          ...(current && current.kind !== 'type' && { value: current.text }),
          validate: (typed) => filterProblem(kind, typed),
        });
  return text === undefined ? undefined : { kind, text: text.trim() };
}

async function pickType(prompts: Services['prompts'], title: string): Promise<string | undefined> {
  return await prompts.pick(
    [
      { label: 'String', icon: 'symbol-string', value: 'String' },
      { label: 'StringList', icon: 'list-flat', value: 'StringList' },
      { label: 'SecureString', icon: 'lock', value: 'SecureString' },
    ],
    { title, placeholder: l10n.t('Which type of parameter') },
  );
}

function kindItems(): readonly PickItem<FilterKind>[] {
  return [
    {
      label: l10n.t('Name Begins With'),
      detail: l10n.t('AWS searches. A slash in front does not count; the case does.'),
      value: 'name-prefix',
    },
    {
      label: l10n.t('Name Contains'),
      detail: l10n.t(
        'AWS searches parameters. Secrets are looked for among those that are loaded.',
      ),
      value: 'name-contains',
    },
    {
      label: l10n.t('Path'),
      detail: l10n.t('AWS searches. Everything below a path such as /prod/payments.'),
      value: 'path',
    },
    {
      label: l10n.t('Tag'),
      detail: l10n.t('AWS searches. A key, or key=value.'),
      value: 'tag',
    },
    {
      label: l10n.t('Description'),
      detail: l10n.t(
        'AWS searches secrets. Parameters are looked for among those that are loaded.',
      ),
      value: 'description',
    },
    {
      label: l10n.t('Type of Parameter'),
      detail: l10n.t('AWS searches. No secret has one, so none is shown.'),
      value: 'type',
    },
    {
      label: l10n.t('Any Word'),
      detail: l10n.t(
        'AWS searches names, descriptions and tags of secrets, and names of parameters.',
      ),
      value: 'all',
    },
    {
      label: l10n.t('Among Loaded Items'),
      detail: l10n.t('Nothing is asked of AWS. Any part of the name.'),
      value: 'loaded',
    },
  ];
}

function prompt(kind: Exclude<FilterKind, 'type'>): string {
  switch (kind) {
    case 'name-prefix':
      return l10n.t('The beginning of the name');
    case 'name-contains':
    case 'loaded':
      return l10n.t('A part of the name');
    case 'path':
      return l10n.t('The path');
    case 'tag':
      return l10n.t('The tag’s key, or key=value');
    case 'description':
      return l10n.t('Words of the description');
    case 'all':
      return l10n.t('Words to look for');
  }
}
