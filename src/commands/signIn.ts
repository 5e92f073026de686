import * as l10n from '@vscode/l10n';

import { pickProfile, profileById } from './pickProfile.ts';
import type { Services } from './services.ts';

/** Makes a profile's credentials anew. Resolves with the profile, or undefined when the person declined. */
export async function signIn(services: Services, profileId?: string): Promise<string | undefined> {
  const profile =
    profileId === undefined
      ? await pickProfile(services, l10n.t('Sign In'))
      : await profileById(services, profileId);
  if (!profile) {
    return undefined;
  }
  await services.prompts.busy(l10n.t('Signing in as {0}…', profile.label), async (signal) => {
    const aws = await services.aws();
    await aws.signIn(profile.id, signal);
  });
  services.prompts.inform(l10n.t('Signed in as {0}.', profile.label));
  return profile.id;
}
