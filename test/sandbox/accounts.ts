/** An access key of the sandbox, who it belongs to, and what sts:GetCallerIdentity says about it. */
export interface SandboxKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly account: string;
  readonly arn: string;
}

export const securityAccount = '111122223333';
export const developerAccount = '444455556666';
/** Has no data of its own: the proxy answers for it arithmetically. */
export const syntheticAccount = '777788889999';

export const sandboxRegions = ['eu-west-1', 'us-east-1'] as const;

/** The first two are the access keys that AWS's own documentation prints as examples. */
export const securityKey: SandboxKey = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  account: securityAccount,
  arn: `arn:aws:iam::${securityAccount}:user/security-engineer`,
};
export const developerKey: SandboxKey = {
  accessKeyId: 'AKIAI44QH8DHBEXAMPLE',
  secretAccessKey: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY',
  account: developerAccount,
  arn: `arn:aws:iam::${developerAccount}:user/developer`,
};
export const syntheticKey: SandboxKey = {
  accessKeyId: 'AKIASYNTHETICEXAMPLE',
  secretAccessKey: 'synthetic/account/of/the/sandbox/EXAMPLEKEY',
  account: syntheticAccount,
  arn: `arn:aws:iam::${syntheticAccount}:user/load-test`,
};

export const sandboxKeys: readonly SandboxKey[] = [securityKey, developerKey, syntheticKey];

export const accountAliases: Readonly<Record<string, string>> = {
  [securityAccount]: 'acme-security',
  [developerAccount]: 'acme-developer',
  [syntheticAccount]: 'acme-load-test',
};

export interface SandboxRole {
  readonly account: string;
  readonly name: string;
  /** The trust policy asks for aws:MultiFactorAuthPresent. */
  readonly needsMfa: boolean;
}

/** The roles that may be assumed. AssumeRole for any other role is denied, as AWS does for a role that does not exist. */
export const sandboxRoles: readonly SandboxRole[] = [
  { account: developerAccount, name: 'SecretsAdmin', needsMfa: false },
  { account: developerAccount, name: 'SecretsReadOnly', needsMfa: false },
  { account: securityAccount, name: 'BreakGlassAdmin', needsMfa: true },
];

export function roleArn(account: string, name: string): string {
  return `arn:aws:iam::${account}:role/${name}`;
}

export const mfaSerial = `arn:aws:iam::${securityAccount}:mfa/security-engineer`;
/** The one code that the sandbox's MFA device shows, always. */
export const mfaCode = '123456';

export const ssoStartUrl = 'https://acme.awsapps.example/start';
export const ssoRoleName = 'DeveloperAccess';
