import * as l10n from '@vscode/l10n';

import type { ResourceRef } from '../core/resources.ts';
import { pickResource } from './findResource.ts';
import { readValue } from './readValue.ts';
import type { Services } from './services.ts';

export async function copyValue(services: Services, selected?: ResourceRef): Promise<void> {
  const ref = selected ?? (await pickResource(services, l10n.t('Copy Value')));
  if (!ref) {
    return;
  }
  const value = await readValue(services, ref);
  await services.clipboard.copyValue(value, ref.name);
  if (value.isBinary) {
    services.prompts.inform(l10n.t('{0} is binary. Its base64 form was copied.', ref.name));
  }
}
