import type { AwsCall } from '../../../src/core/awsCall.ts';
import type { Remedy } from '../../../src/core/userError.ts';

export const secretCall: AwsCall = {
  service: 'Secrets Manager',
  action: 'secretsmanager:GetSecretValue',
  target: 'prod/db',
  profile: 'developer',
  region: 'eu-west-1',
};
export const local: AwsCall = { ...secretCall, endpoint: 'http://127.0.0.1:4566' };
export const listCall: AwsCall = {
  service: 'Secrets Manager',
  action: 'secretsmanager:ListSecrets',
  profile: 'developer',
  region: 'eu-west-1',
};
const roleCall: AwsCall = {
  service: 'STS',
  action: 'sts:AssumeRole',
  target: 'arn:aws:iam::444455556666:role/admin',
  profile: 'developer-admin',
  region: 'us-east-1',
};
const webIdentityCall: AwsCall = { ...roleCall, action: 'sts:AssumeRoleWithWebIdentity' };
const ssoCall: AwsCall = {
  service: 'IAM Identity Center',
  action: 'sso:GetRoleCredentials',
  target: '444455556666/Admin',
  profile: 'sso-dev',
  region: 'eu-west-1',
};
const loginCall: AwsCall = {
  service: 'AWS Sign-In',
  action: 'signin:CreateOAuth2Token',
  profile: 'login-dev',
  region: 'eu-west-1',
};

export interface FailureCase {
  readonly rule: string;
  readonly call: AwsCall;
  readonly error: { readonly name?: string; readonly code?: string; readonly message?: string };
  readonly says: RegExp;
  readonly remedy: Remedy;
}

const provider = (message: string) => ({ name: 'CredentialsProviderError', message });

export const failureCases: readonly FailureCase[] = [
  {
    rule: 'a denied call names the profile, the action, the target and the region',
    call: secretCall,
    error: { name: 'AccessDeniedException', message: 'User: x is not authorized' },
    says: /^Access denied: profile “developer” may not call secretsmanager:GetSecretValue on prod\/db \(eu-west-1\)\. Ask for the IAM permission, or switch the profile\.$/,
    remedy: 'retry',
  },
  {
    rule: 'a denied call without a target names the region alone',
    call: listCall,
    error: { name: 'AccessDenied' },
    says: /may not call secretsmanager:ListSecrets \(eu-west-1\)\./,
    remedy: 'retry',
  },
  {
    rule: 'a denial by the organization says so',
    call: secretCall,
    error: {
      name: 'AccessDeniedException',
      message: 'not authorized with an explicit deny in a service control policy',
    },
    says: /A service control policy of the organization forbids it\.$/,
    remedy: 'retry',
  },
  {
    rule: 'a denial by a permissions boundary says so',
    call: secretCall,
    error: {
      name: 'AccessDeniedException',
      message: 'because no permissions boundary allows the action',
    },
    says: /The permissions boundary does not allow it\.$/,
    remedy: 'retry',
  },
  {
    rule: 'a denial by a resource policy says so',
    call: secretCall,
    error: {
      name: 'AccessDeniedException',
      message: 'with an explicit deny in a resource-based policy',
    },
    says: /The resource policy forbids it\.$/,
    remedy: 'retry',
  },
  {
    rule: 'a resource policy that does not name the caller says so',
    call: secretCall,
    error: {
      name: 'AccessDeniedException',
      message: 'because no resource-based policy allows the action',
    },
    says: /The resource policy does not name this profile’s role or user\.$/,
    remedy: 'retry',
  },
  {
    rule: 'a denial by a VPC endpoint policy says so',
    call: secretCall,
    error: {
      name: 'AccessDeniedException',
      message: 'because no VPC endpoint policy allows the action',
    },
    says: /The policy of the VPC endpoint does not allow it\.$/,
    remedy: 'retry',
  },
  {
    rule: 'a denial by another explicit deny says so',
    call: secretCall,
    error: {
      name: 'AccessDeniedException',
      message: 'with an explicit deny in an identity-based policy',
    },
    says: /A policy forbids it explicitly\.$/,
    remedy: 'retry',
  },
  {
    rule: 'a denied key is told apart from a denied secret',
    call: secretCall,
    error: { name: 'AccessDeniedException', message: 'Access to KMS is not allowed' },
    says: /may not use the KMS key .* must allow kms:Decrypt\.$/,
    remedy: 'retry',
  },
  {
    rule: 'a throttled call asks for patience',
    call: listCall,
    error: { name: 'ThrottlingException', message: 'Rate exceeded' },
    says: /^Secrets Manager throttled secretsmanager:ListSecrets in eu-west-1, .* then retry\.$/,
    remedy: 'retry',
  },
  {
    rule: 'a missing secret names it',
    call: secretCall,
    error: { name: 'ResourceNotFoundException', message: "can't find the specified secret." },
    says: /^prod\/db does not exist in Secrets Manager for profile “developer” \(eu-west-1\)/,
    remedy: 'retry',
  },
  {
    rule: 'a missing version is told apart from a missing secret',
    call: secretCall,
    error: {
      name: 'ResourceNotFoundException',
      message: "can't find the specified secret value for staging label: AWSCURRENT",
    },
    says: /^prod\/db has no version with that stage in eu-west-1/,
    remedy: 'retry',
  },
  {
    rule: 'a missing parameter names it',
    call: { ...secretCall, service: 'Parameter Store', action: 'ssm:GetParameter', target: '/a' },
    error: { name: 'ParameterNotFound', message: 'UnknownError' },
    says: /^\/a does not exist in Parameter Store/,
    remedy: 'retry',
  },
  {
    rule: 'a missing parameter version is told apart',
    call: { ...secretCall, service: 'Parameter Store', target: '/a:9' },
    error: { name: 'ParameterVersionNotFound' },
    says: /^\/a:9 has no such version or label/,
    remedy: 'retry',
  },
  {
    rule: 'an undecryptable value points to the key',
    call: secretCall,
    error: { name: 'DecryptionFailure' },
    says: /cannot decrypt prod\/db \(eu-west-1\): its KMS key is disabled, deleted or closed/,
    remedy: 'retry',
  },
  {
    rule: 'a secret that waits for its deletion says to restore it',
    call: secretCall,
    error: {
      name: 'InvalidRequestException',
      message: 'You can’t perform this operation because it was marked for deletion.',
    },
    says: /^prod\/db is scheduled for deletion in eu-west-1, .* Restore it first\.$/,
    remedy: 'show-log',
  },
  {
    rule: 'any other invalid request points to the log',
    call: secretCall,
    error: { name: 'InvalidRequestException', message: 'Something else.' },
    says: /did not accept secretsmanager:GetSecretValue on prod\/db \(eu-west-1\)/,
    remedy: 'show-log',
  },
  {
    rule: 'a stale page marker says to list from the start',
    call: listCall,
    error: { name: 'InvalidNextTokenException' },
    says: /cannot be continued: .* Refresh to list from the start\.$/,
    remedy: 'retry',
  },
  {
    rule: 'a region that the account has not enabled says so',
    call: listCall,
    error: { name: 'RegionDisabledException' },
    says: /is not enabled in eu-west-1 for the account of profile “developer”/,
    remedy: 'retry',
  },
  {
    rule: 'a failure inside AWS says where',
    call: listCall,
    error: { name: 'InternalServiceError' },
    says: /^Secrets Manager failed inside AWS at secretsmanager:ListSecrets in eu-west-1/,
    remedy: 'retry',
  },
  {
    rule: 'a validation failure points to the log',
    call: listCall,
    error: { name: 'ValidationException', message: '1 validation error detected' },
    says: /did not accept secretsmanager:ListSecrets \(eu-west-1\) as it was asked/,
    remedy: 'show-log',
  },
  {
    rule: 'an expired session asks to sign in',
    call: listCall,
    error: { name: 'ExpiredTokenException' },
    says: /^The credentials of profile “developer” have expired\. Sign in again\.$/,
    remedy: 'sign-in',
  },
  {
    rule: 'an unknown access key is told apart from a wrong secret key',
    call: listCall,
    error: { name: 'UnrecognizedClientException' },
    says: /^AWS does not know the access key of profile “developer” in eu-west-1/,
    remedy: 'open-config',
  },
  {
    rule: 'a wrong secret key points to the credentials file',
    call: listCall,
    error: { name: 'InvalidSignatureException', message: 'The request signature does not match' },
    says: /^The secret access key of profile “developer” does not belong to its access key id/,
    remedy: 'open-config',
  },
  {
    rule: 'a skewed clock is named by its own error',
    call: listCall,
    error: { name: 'RequestTimeTooSkewed' },
    says: /^This computer’s clock differs too much .* Set the clock, then retry\.$/,
    remedy: 'retry',
  },
  {
    rule: 'a signature from the future is a skewed clock',
    call: listCall,
    error: { name: 'InvalidSignatureException', message: 'Signature not yet current: …' },
    says: /^This computer’s clock/,
    remedy: 'retry',
  },
  {
    rule: 'an expired signature is a skewed clock',
    call: listCall,
    error: { name: 'InvalidSignatureException', message: 'Signature expired: … is now earlier' },
    says: /^This computer’s clock/,
    remedy: 'retry',
  },
  {
    rule: 'a denied role names the role',
    call: roleCall,
    error: { name: 'AccessDenied', message: 'not authorized to perform: sts:AssumeRole' },
    says: /^sts:AssumeRole denied for role arn:aws:iam::444455556666:role\/admin \(profile “developer-admin”\)/,
    remedy: 'retry',
  },
  {
    rule: 'a denied web identity names the role',
    call: webIdentityCall,
    error: { name: 'AccessDenied' },
    says: /^sts:AssumeRoleWithWebIdentity denied for role arn:aws:iam/,
    remedy: 'retry',
  },
  {
    rule: 'a refused web identity token says so',
    call: webIdentityCall,
    error: { name: 'InvalidIdentityToken' },
    says: /did not accept the web identity token of profile “developer-admin”/,
    remedy: 'retry',
  },
  {
    rule: 'a wrong MFA code asks for the next one',
    call: roleCall,
    error: {
      name: 'AccessDenied',
      message: 'MultiFactorAuthentication failed with invalid MFA one time pass code.',
    },
    says: /^STS did not accept the MFA code for profile “developer-admin”/,
    remedy: 'sign-in',
  },
  {
    rule: 'an ended Identity Center session asks to sign in',
    call: ssoCall,
    error: { name: 'UnauthorizedException', message: 'Session token not found or invalid' },
    says: /^The IAM Identity Center session of profile “sso-dev” has ended\. Sign in again\.$/,
    remedy: 'sign-in',
  },
  {
    rule: 'a missing permission set names account and role',
    call: ssoCall,
    error: { name: 'ForbiddenException', message: 'No access' },
    says: /does not give profile “sso-dev” access as 444455556666\/Admin/,
    remedy: 'open-config',
  },
  {
    rule: 'wrong Identity Center settings point to the config',
    call: ssoCall,
    error: { name: 'InvalidRequestException' },
    says: /did not accept the settings of profile “sso-dev”/,
    remedy: 'open-config',
  },
  {
    rule: 'an ended aws login session names the command',
    call: loginCall,
    error: provider('Your session has expired. Please reauthenticate.'),
    says: /^The session of profile “login-dev” has ended\. Run “aws login --profile login-dev”/,
    remedy: 'sign-in',
  },
  {
    rule: 'an aws login session without network is not an ended session',
    call: loginCall,
    error: provider('Failed to refresh token: Error: connect ECONNREFUSED 127.0.0.1:1'),
    says: /could not be renewed: AWS Sign-In is not reachable/,
    remedy: 'retry',
  },
  {
    rule: 'an SSO provider failure asks to sign in',
    call: listCall,
    error: provider('The SSO session associated with this profile has expired.'),
    says: /^The IAM Identity Center session of profile “developer” has ended/,
    remedy: 'sign-in',
  },
  {
    rule: 'a missing MFA callback asks to sign in',
    call: listCall,
    error: provider('Profile x requires multi-factor authentication'),
    says: /needs an MFA code/,
    remedy: 'sign-in',
  },
  {
    rule: 'a cycle points to the config',
    call: listCall,
    error: provider('Detected a cycle attempting to resolve credentials for profile x.'),
    says: /lead back to itself/,
    remedy: 'open-config',
  },
  {
    rule: 'a failed credential process points to its command',
    call: listCall,
    error: provider('Command failed: get-keys --token hunter2'),
    says: /^The credential_process of profile “developer” failed\./,
    remedy: 'open-config',
  },
  {
    rule: 'a profile without credentials points to the config',
    call: listCall,
    error: provider('Could not resolve credentials using profile: [x] in configuration'),
    says: /has no credentials in the AWS config/,
    remedy: 'open-config',
  },
  {
    rule: 'any other credentials failure points to the log',
    call: listCall,
    error: provider('Something new'),
    says: /^The credentials of profile “developer” could not be loaded/,
    remedy: 'show-log',
  },
  {
    rule: 'a refused connection names the endpoint',
    call: local,
    error: { name: 'TimeoutError', code: 'ECONNREFUSED' },
    says: /^Secrets Manager is not reachable at http:\/\/127\.0\.0\.1:4566: connection refused\./,
    remedy: 'retry',
  },
  {
    rule: 'an unknown host names the endpoint',
    call: local,
    error: { code: 'ENOTFOUND' },
    says: /is not reachable at http:\/\/127\.0\.0\.1:4566: the name cannot be resolved/,
    remedy: 'retry',
  },
  {
    rule: 'a missing route names the endpoint',
    call: local,
    error: { code: 'EHOSTUNREACH' },
    says: /is not reachable at http:\/\/127\.0\.0\.1:4566: there is no network route/,
    remedy: 'retry',
  },
  {
    rule: 'a reset connection is told apart from a refused one',
    call: local,
    error: { name: 'TimeoutError', code: 'ECONNRESET' },
    says: /^The connection to Secrets Manager at http:\/\/127\.0\.0\.1:4566 was cut off/,
    remedy: 'retry',
  },
  {
    rule: 'a certificate that is not trusted says that nothing was sent',
    call: local,
    error: { code: 'SELF_SIGNED_CERT_IN_CHAIN' },
    says: /is not trusted on this computer, so nothing was sent/,
    remedy: 'retry',
  },
  {
    rule: 'https spoken to an http endpoint points to the address',
    call: local,
    error: { code: 'EPROTO' },
    says: /Check whether the endpoint is http or https\.$/,
    remedy: 'open-config',
  },
  {
    rule: 'a slow answer names the action',
    call: local,
    error: { name: 'TimeoutError', code: 'ETIMEDOUT' },
    says: /did not answer secretsmanager:GetSecretValue in time/,
    remedy: 'retry',
  },
  {
    rule: 'an answer that is not JSON points to what stands in between',
    call: local,
    error: { name: 'SyntaxError', message: 'Unexpected token <' },
    says: /something that is not an AWS answer, or with half of one/,
    remedy: 'retry',
  },
  {
    rule: 'an answer that is not XML points to what stands in between',
    call: roleCall,
    error: { name: 'Error', message: "Unclosed tag 'html'.\n  Deserialization error: to see" },
    says: /something that is not an AWS answer/,
    remedy: 'retry',
  },
  {
    rule: 'a malformed region points to the profile',
    call: { ...listCall, region: 'moon 1' },
    error: { name: 'Error', message: 'Region not accepted: region="moon 1"' },
    says: /has no endpoint in “moon 1”\. Check the region of profile “developer”\.$/,
    remedy: 'open-config',
  },
  {
    rule: 'an unknown endpoint points to the profile',
    call: listCall,
    error: { name: 'EndpointError' },
    says: /has no endpoint in “eu-west-1”/,
    remedy: 'open-config',
  },
];
