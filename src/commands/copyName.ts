import * as l10n from '@vscode/l10n';

import type { ResourceRef } from '../core/resources.ts';
import { copyLines } from './copyLines.ts';
import type { Services } from './services.ts';

/** Several names are copied one per line. */
export async function copyName(
  services: Services,
  selected: readonly ResourceRef[] = [],
): Promise<void> {
  await copyLines(services, selected, {
    title: l10n.t('Copy Name'),
    line: ({ name }) => name,
    one: ({ name }) => name,
    several: (count) => l10n.t('{0} names', count),
  });
}
