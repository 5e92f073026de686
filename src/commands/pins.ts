import * as l10n from '@vscode/l10n';

import { RememberedRefs } from '../core/rememberedRefs.ts';
import type { ResourceRef } from '../core/resources.ts';
import { pickResource } from './findResource.ts';
import type { Services } from './services.ts';

/** Keeps secrets and parameters at the top of the tree, in the order in which they were pinned. */
export async function pin(
  services: Services,
  selected: readonly ResourceRef[] = [],
): Promise<void> {
  const refs = selected.length > 0 ? selected : [await pickResource(services, l10n.t('Pin'))];
  const pins = new RememberedRefs(services.memory, 'pins');
  for (const ref of refs) {
    if (ref) {
      await pins.addLast(ref);
    }
  }
}

export async function unpin(
  services: Services,
  selected: readonly ResourceRef[] = [],
): Promise<void> {
  const pins = new RememberedRefs(services.memory, 'pins');
  const refs = selected.length > 0 ? selected : [await pickPin(services, pins)];
  for (const ref of refs) {
    if (ref) {
      await pins.remove(ref);
    }
  }
}

async function pickPin(
  { prompts }: Services,
  pins: RememberedRefs,
): Promise<ResourceRef | undefined> {
  const items = pins.all().map((ref) => ({
    label: ref.name,
    description: `${ref.connection.region} · ${ref.connection.profile}`,
    icon: 'pinned',
    value: ref,
  }));
  if (items.length === 0) {
    prompts.inform(l10n.t('Nothing is pinned.'));
    return undefined;
  }
  return await prompts.pick(items, {
    title: l10n.t('Unpin'),
    placeholder: l10n.t('What to unpin'),
  });
}
