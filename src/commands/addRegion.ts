import * as l10n from '@vscode/l10n';

import type { Connection } from '../core/connection.ts';
import { pickProfile, profileById } from './pickProfile.ts';
import { pickRegion } from './pickRegion.ts';
import type { Services } from './services.ts';

/** Shows one more region of a profile, from now on. */
export async function addRegion(
  services: Services,
  profileId?: string,
): Promise<Connection | undefined> {
  const title = l10n.t('Add Region');
  const profile =
    profileId === undefined
      ? await pickProfile(services, title)
      : await profileById(services, profileId);
  if (!profile) {
    return undefined;
  }
  const shown = services.connections.regions(profile);
  const region = await pickRegion(services, title, { home: shown[0], without: shown });
  if (region === undefined) {
    return undefined;
  }
  await services.connections.addRegion(profile.id, region);
  return { profile: profile.id, region };
}
