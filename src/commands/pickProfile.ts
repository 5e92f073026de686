import * as l10n from '@vscode/l10n';

import type { Profile } from '../core/connection.ts';
import type { PickItem } from '../core/ports.ts';
import { UserError } from '../core/userError.ts';
import type { Services } from './services.ts';

/** The only profile there is, or the one that the person picks; the active one stands first. */
export async function pickProfile(
  { connections, prompts }: Services,
  title: string,
): Promise<Profile | undefined> {
  const [profiles, active] = await Promise.all([connections.profiles(), connections.active()]);
  const [only] = profiles;
  if (!only) {
    throw new UserError(
      l10n.t(
        'There is no AWS profile to choose from. Add one to the AWS config, or show a hidden one.',
      ),
      { remedies: ['open-config'] },
    );
  }
  if (profiles.length === 1) {
    return only;
  }
  const isActive = ({ id }: Profile): boolean => id === active?.profile;
  const ordered = [
    ...profiles.filter(isActive),
    ...profiles.filter((profile) => !isActive(profile)),
  ];
  return await prompts.pick(
    ordered.map((profile) => profileItem(profile, isActive(profile))),
    { title, placeholder: l10n.t('Which AWS profile') },
  );
}

function profileItem(profile: Profile, isActive: boolean): PickItem<Profile> {
  return {
    label: profile.label,
    ...(profile.region !== undefined && { description: profile.region }),
    ...(isActive && { detail: l10n.t('The active connection’s profile') }),
    icon: 'account',
    value: profile,
  };
}

/** A profile that the tree named, which may have left the configuration since. */
export async function profileById({ connections }: Services, id: string): Promise<Profile> {
  const profiles = await connections.profiles();
  const profile = profiles.find((candidate) => candidate.id === id);
  if (!profile) {
    throw new UserError(l10n.t('Profile “{0}” is not in the AWS configuration any more.', id), {
      remedies: ['open-config'],
    });
  }
  return profile;
}
