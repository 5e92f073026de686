import * as l10n from '@vscode/l10n';
import { UserError } from '../core/userError.ts';
import type { ProfileSection } from './sharedConfig.ts';

export interface StaticKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export function staticKeys(section: ProfileSection | undefined): StaticKeys | undefined {
  const accessKeyId = section?.['aws_access_key_id'];
  const secretAccessKey = section?.['aws_secret_access_key'];
  const sessionToken = section?.['aws_session_token'];
  if (!accessKeyId || !secretAccessKey) {
    return undefined;
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

/** The profiles that a profile's credentials come from, itself first. Throws for a cycle or a missing source. */
export function roleChain(
  sections: ReadonlyMap<string, ProfileSection>,
  profile: string,
): readonly string[] {
  const chain = [profile];
  let source = sourceProfile(sections.get(profile));
  while (source !== undefined) {
    const section = sections.get(source);
    if (!section) {
      throw new UserError(
        l10n.t(
          'Profile “{0}” takes its credentials from profile “{1}”, which does not exist. Correct source_profile in the AWS config.',
          chain.at(-1) ?? profile,
          source,
        ),
        { remedies: ['open-config'] },
      );
    }
    // A source with keys of its own ends the chain, so a role may name its own profile as the source.
    if (staticKeys(section)) {
      return chain.includes(source) ? chain : [...chain, source];
    }
    if (chain.includes(source)) {
      throw new UserError(
        l10n.t(
          'The source_profile settings of profile “{0}” go in a circle: {1}. Correct them in the AWS config.',
          profile,
          [...chain, source].join(' → '),
        ),
        { remedies: ['open-config'] },
      );
    }
    chain.push(source);
    source = sourceProfile(section);
  }
  return chain;
}

function sourceProfile(section: ProfileSection | undefined): string | undefined {
  return section?.['role_arn'] && !section['credential_source']
    ? section['source_profile']
    : undefined;
}
