import * as l10n from '@vscode/l10n';
import type { AwsCall, AwsFailure } from './awsCall.ts';

const denied = ['AccessDenied', 'AccessDeniedException'];
const providerError = ['CredentialsProviderError', 'TokenProviderError', 'ProviderError'];

/** Failures of who the caller is: keys, sessions, clocks, roles and sign-ins. */
export const credentialFailures: readonly AwsFailure[] = [
  {
    names: ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'],
    sentence: clockSkew,
    remedies: ['retry'],
  },
  {
    names: ['InvalidSignatureException', 'SignatureDoesNotMatch', 'AuthFailure'],
    text: /not yet current|signature expired|is now (earlier|later)/i,
    sentence: clockSkew,
    remedies: ['retry'],
  },
  {
    names: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'],
    sentence: ({ profile }) =>
      l10n.t('The credentials of profile “{0}” have expired. Sign in again.', profile),
    remedies: ['sign-in', 'retry'],
  },
  {
    names: [
      'UnrecognizedClientException',
      'InvalidClientTokenId',
      'InvalidAccessKeyId',
      'AuthFailure',
    ],
    sentence: ({ profile, region }) =>
      l10n.t(
        'AWS does not know the access key of profile “{0}” in {1}. It may be deleted, inactive or of another partition, or the region is not enabled for the account.',
        profile,
        region,
      ),
    remedies: ['sign-in', 'open-config'],
  },
  {
    names: [
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
      'IncompleteSignature',
      'IncompleteSignatureException',
    ],
    sentence: ({ profile }) =>
      l10n.t(
        'The secret access key of profile “{0}” does not belong to its access key id. Correct it in the AWS credentials file.',
        profile,
      ),
    remedies: ['open-config', 'retry'],
  },
  {
    names: [...denied, 'ValidationError', 'InvalidParameterValue'],
    text: /invalid MFA|one time pass code|tokenCode/i,
    when: ({ action }) => action.startsWith('sts:'),
    sentence: ({ profile }) =>
      l10n.t(
        'STS did not accept the MFA code for profile “{0}”. A code works once: sign in with the next one.',
        profile,
      ),
    remedies: ['sign-in'],
  },
  {
    names: denied,
    when: ({ action }) => action === 'sts:AssumeRoleWithWebIdentity',
    sentence: ({ profile, target = '' }) =>
      l10n.t(
        'sts:AssumeRoleWithWebIdentity denied for role {0} (profile “{1}”). The role’s trust policy must name the identity provider and this identity.',
        target,
        profile,
      ),
    remedies: ['retry', 'open-config'],
  },
  {
    names: ['InvalidIdentityToken', 'IDPRejectedClaim', 'IDPCommunicationError'],
    sentence: ({ profile, target = '' }) =>
      l10n.t(
        'STS did not accept the web identity token of profile “{0}” for role {1}. The token may be expired or of another provider.',
        profile,
        target,
      ),
    remedies: ['retry', 'open-config'],
  },
  {
    names: denied,
    when: ({ action }) => action === 'sts:AssumeRole',
    sentence: ({ profile, target = '' }) =>
      l10n.t(
        'sts:AssumeRole denied for role {0} (profile “{1}”). The role must exist, its trust policy must name the source profile, and that profile’s policy must allow it.',
        target,
        profile,
      ),
    remedies: ['retry', 'open-config'],
  },
  {
    names: [
      'UnauthorizedException',
      'InvalidGrantException',
      'InvalidClientException',
      'UnauthorizedClientException',
    ],
    when: isIdentityCenter,
    sentence: ssoExpired,
    remedies: ['sign-in'],
  },
  {
    names: [...denied, 'ForbiddenException', 'ResourceNotFoundException'],
    when: isIdentityCenter,
    sentence: ({ profile, target = '' }) =>
      l10n.t(
        'IAM Identity Center does not give profile “{0}” access as {1}. Check sso_account_id and sso_role_name, or ask for the permission set.',
        profile,
        target,
      ),
    remedies: ['sign-in', 'open-config'],
  },
  {
    names: ['InvalidRequestException', 'InvalidRequestRegionException', 'InvalidScopeException'],
    when: isIdentityCenter,
    sentence: ({ profile, region }) =>
      l10n.t(
        'IAM Identity Center in {0} did not accept the settings of profile “{1}”. Check sso_start_url, sso_region and sso_registration_scopes.',
        region,
        profile,
      ),
    remedies: ['open-config', 'show-log'],
  },
  {
    names: providerError,
    text: /\b(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError)\b/,
    sentence: ({ profile, service }) =>
      l10n.t(
        'The credentials of profile “{0}” could not be renewed: {1} is not reachable. Check the network, then retry.',
        profile,
        service,
      ),
    remedies: ['retry'],
  },
  {
    names: providerError,
    when: ({ service }) => service === 'AWS Sign-In',
    sentence: ({ profile }) =>
      l10n.t(
        'The session of profile “{0}” has ended. Run “aws login --profile {0}” in a terminal, then sign in again here.',
        profile,
      ),
    remedies: ['sign-in'],
  },
  {
    names: providerError,
    text: /\bsso\b/i,
    sentence: ssoExpired,
    remedies: ['sign-in'],
  },
  {
    names: providerError,
    text: /multi-factor|mfa/i,
    sentence: ({ profile }) =>
      l10n.t('Profile “{0}” needs an MFA code. Sign in to be asked for it.', profile),
    remedies: ['sign-in'],
  },
  {
    names: providerError,
    text: /detected a cycle/i,
    sentence: ({ profile }) =>
      l10n.t(
        'The source_profile settings of profile “{0}” lead back to itself. Correct them in the AWS config.',
        profile,
      ),
    remedies: ['open-config'],
  },
  {
    names: providerError,
    text: /credential_process|command failed/i,
    sentence: ({ profile }) =>
      l10n.t(
        'The credential_process of profile “{0}” failed. Run its command in a terminal to see why.',
        profile,
      ),
    remedies: ['retry', 'open-config'],
  },
  {
    names: providerError,
    text: /could not (be found|resolve credentials)/i,
    sentence: ({ profile }) =>
      l10n.t(
        'Profile “{0}” has no credentials in the AWS config. Add them, or choose another profile.',
        profile,
      ),
    remedies: ['open-config'],
  },
  {
    names: providerError,
    sentence: ({ profile }) =>
      l10n.t(
        'The credentials of profile “{0}” could not be loaded. The log has the reason.',
        profile,
      ),
    remedies: ['retry', 'sign-in', 'show-log'],
  },
];

function isIdentityCenter({ service }: AwsCall): boolean {
  return service === 'IAM Identity Center';
}

function clockSkew({ service, action }: AwsCall): string {
  return l10n.t(
    'This computer’s clock differs too much from AWS’s, so {0} did not accept the signature of {1}. Set the clock, then retry.',
    service,
    action,
  );
}

function ssoExpired({ profile }: AwsCall): string {
  return l10n.t(
    'The IAM Identity Center session of profile “{0}” has ended. Sign in again.',
    profile,
  );
}
