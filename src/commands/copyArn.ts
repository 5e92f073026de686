import * as l10n from '@vscode/l10n';

import type { ResourceRef } from '../core/resources.ts';
import { copyLines } from './copyLines.ts';
import type { Services } from './services.ts';

/** Several ARNs are copied one per line. */
export async function copyArn(
  services: Services,
  selected: readonly ResourceRef[] = [],
): Promise<void> {
  await copyLines(services, selected, {
    title: l10n.t('Copy ARN'),
    line: ({ arn }) => arn,
    one: ({ name }) => l10n.t('the ARN of {0}', name),
    several: (count) => l10n.t('{0} ARNs', count),
  });
}
