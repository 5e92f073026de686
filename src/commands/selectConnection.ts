import * as l10n from '@vscode/l10n';

import { regionName } from '../connections/partitions.ts';
import type { Connection, Profile } from '../core/connection.ts';
import { pickProfile } from './pickProfile.ts';
import { pickRegion } from './pickRegion.ts';
import type { Services } from './services.ts';

/** Makes a profile in a region the active connection: the one that commands without a selected item start from. */
export async function selectConnection(services: Services): Promise<Connection | undefined> {
  const title = l10n.t('Select Connection');
  const profile = await pickProfile(services, title);
  const region = profile && (await selectRegion(services, profile, title));
  if (profile === undefined || region === undefined) {
    return undefined;
  }
  const connection = { profile: profile.id, region };
  await services.connections.setActive(connection);
  return connection;
}

async function selectRegion(
  services: Services,
  profile: Profile,
  title: string,
): Promise<string | undefined> {
  const { connections, prompts } = services;
  const regions = connections.regions(profile);
  const picked =
    regions.length === 0
      ? another
      : await prompts.pick(
          [
            ...regions.map((region) => ({
              label: region,
              description: regionName(region) ?? '',
              icon: 'globe',
              value: region,
            })),
            { label: l10n.t('Add Region…'), icon: 'add', value: another },
          ],
          { title, placeholder: l10n.t('Which region of {0}', profile.label) },
        );
  if (picked !== another) {
    return picked;
  }
  const added = await pickRegion(services, title, { home: regions[0], without: regions });
  if (added !== undefined) {
    await connections.addRegion(profile.id, added);
  }
  return added;
}

/** No region is called so. */
const another = '';
