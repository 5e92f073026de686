import * as l10n from '@vscode/l10n';

import { consoleOrigin, partitionOf } from '../connections/partitions.ts';
import type { ResourceRef } from '../core/resources.ts';
import { UserError } from '../core/userError.ts';
import { pickResource } from './findResource.ts';
import type { Services } from './services.ts';

export async function openInConsole(services: Services, selected?: ResourceRef): Promise<void> {
  const ref = selected ?? (await pickResource(services, l10n.t('Open in AWS Console')));
  if (!ref) {
    return;
  }
  const { endpoints } = await services.connections.settingsFor(ref.connection);
  const endpoint = ref.kind === 'secret' ? endpoints.secrets_manager : endpoints.ssm;
  if (endpoint !== undefined) {
    throw new UserError(
      l10n.t(
        '{0} comes from the endpoint {1}, which the AWS Console does not show. Browse it here instead.',
        ref.name,
        endpoint,
      ),
    );
  }
  await services.links.open(consoleUrl(ref));
}

/** The console's own addresses; it wants a parameter's name encoded twice (`/a` is `%252Fa`). */
export function consoleUrl({ kind, name, connection: { region } }: ResourceRef): string {
  const origin = consoleOrigin(region);
  if (origin === undefined) {
    const partition = partitionOf(region)?.id ?? region;
    throw new UserError(
      l10n.t(
        'No AWS Console address is published for {0}. Open {1} in the console by hand.',
        partition,
        name,
      ),
    );
  }
  const query = `region=${encodeURIComponent(region)}`;
  return kind === 'secret'
    ? `${origin}/secretsmanager/secret?name=${encodeURIComponent(name)}&${query}`
    : `${origin}/systems-manager/parameters/${encodeURIComponent(encodeURIComponent(name))}/description?${query}`;
}
