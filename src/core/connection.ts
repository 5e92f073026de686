/** A profile in a region: as whom and where a call is made. `profile` is a {@link Profile} id. */
export interface Connection {
  readonly profile: string;
  readonly region: string;
}

export function connectionKey({ profile, region }: Connection): string {
  return `${profile}@${region}`;
}

/** Where a profile's credentials come from, as far as the configuration tells without a call. */
export type CredentialKind =
  | 'static'
  | 'assume-role'
  | 'sso'
  | 'login'
  | 'web-identity'
  | 'process'
  | 'environment'
  | 'container'
  | 'instance'
  | 'none';

/**
 * One way to be somebody. Named profiles carry their name as id; the pseudo-profiles of the environment and of
 * container and instance roles have ids in angle brackets, which no profile name may contain.
 */
export interface Profile {
  readonly id: string;
  readonly label: string;
  readonly credentialKind: CredentialKind;
  /** The configured region, absent when neither the profile nor the environment names one. */
  readonly region?: string;
  readonly roleArn?: string;
  readonly mfaSerial?: string;
  readonly sso?: SsoSettings;
}

export interface SsoSettings {
  /** The `sso-session` section's name; absent for the legacy form with the start URL in the profile. */
  readonly sessionName?: string;
  readonly startUrl: string;
  readonly region: string;
  readonly accountId?: string;
  readonly roleName?: string;
  readonly scopes: readonly string[];
}

/** Who the caller is, from sts:GetCallerIdentity (and iam:ListAccountAliases where it is allowed). */
export interface Identity {
  readonly accountId: string;
  readonly arn: string;
  readonly accountAlias?: string;
  /** Epoch milliseconds at which the session's credentials end; absent for permanent keys. */
  readonly expiresAt?: number;
}

/** The AWS services this extension calls, by the names the `services` section of the AWS config uses. */
export type AwsService = 'secrets_manager' | 'ssm' | 'sts' | 'iam' | 'sso' | 'sso_oidc';

/** Everything a client is built from, decided before any SDK code is loaded. */
export interface ConnectionSettings {
  readonly profile: Profile;
  readonly region: string;
  /** The configured endpoint of each service; a service that is absent uses AWS's own. */
  readonly endpoints: Readonly<Partial<Record<AwsService, string>>>;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
}
