import * as l10n from '@vscode/l10n';
import { describeForLog, failureKeys, hostOf } from './awsErrorShape.ts';
import { credentialFailures } from './credentialFailures.ts';
import { networkFailures } from './networkFailures.ts';
import { Cancelled, isCancelled, UserError } from './userError.ts';
import type { AwsCall, AwsFailure } from './awsCall.ts';

/**
 * Turns a failure of the SDK into a message for a person. Anything unknown is a bug or an outage and is returned
 * unchanged. An HTTP status alone never decides: emulators and proxies answer with others than AWS does.
 */
export function explainAwsFailure(error: unknown, call: AwsCall): unknown {
  if (error instanceof UserError || error instanceof Cancelled) {
    return error;
  }
  if (isCancelled(error)) {
    return new Cancelled();
  }
  for (const { key, text, source } of failureKeys(error)) {
    const row = failures.find(
      ({ names, text: pattern, when }) =>
        names.includes(key) && (pattern?.test(text) ?? true) && (when?.(call) ?? true),
    );
    if (row) {
      const where = call.endpoint ?? hostOf(source);
      const message = row.sentence(where === undefined ? call : { ...call, endpoint: where }, text);
      return new UserError(message, {
        remedies: row.remedies,
        profile: call.profile,
        cause: describeForLog(error),
      });
    }
  }
  return error;
}

const accessDenied = ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation'];

const serviceFailures: readonly AwsFailure[] = [
  {
    names: accessDenied,
    text: /\bkms\b/i,
    sentence: ({ profile, action, ...call }) =>
      l10n.t(
        'Access denied: profile “{0}” may not use the KMS key that {1}{2} needs. The key’s policy or an IAM policy must allow kms:Decrypt.',
        profile,
        action,
        on(call),
      ),
    remedies: ['retry', 'show-log'],
  },
  {
    names: accessDenied,
    sentence: ({ profile, action, ...call }, text) =>
      l10n.t(
        'Access denied: profile “{0}” may not call {1}{2}. {3}',
        profile,
        action,
        on(call),
        denialReason(text),
      ),
    remedies: ['retry', 'show-log'],
  },
  {
    names: [
      'ThrottlingException',
      'Throttling',
      'ThrottledException',
      'TooManyRequestsException',
      'RequestLimitExceeded',
      'RequestThrottled',
      'RequestThrottledException',
      'SlowDown',
      'SlowDownException',
    ],
    sentence: ({ service, action, region }) =>
      l10n.t(
        '{0} throttled {1} in {2}, also when it was repeated. Wait a moment, then retry.',
        service,
        action,
        region,
      ),
    remedies: ['retry'],
  },
  {
    names: ['ResourceNotFoundException'],
    text: /staging label|version ?id|versionid/i,
    sentence: ({ target = '', region }) =>
      l10n.t(
        '{0} has no version with that stage in {1}. A secret that was created without a value has none yet.',
        target,
        region,
      ),
    remedies: ['retry'],
  },
  {
    names: ['ResourceNotFoundException', 'ParameterNotFound', 'InvalidResourceId'],
    sentence: ({ service, target = '', region, profile }) =>
      l10n.t(
        '{0} does not exist in {1} for profile “{2}” ({3}). It may have been deleted or renamed: refresh the list.',
        target,
        service,
        profile,
        region,
      ),
    remedies: ['retry'],
  },
  {
    names: ['ParameterVersionNotFound'],
    sentence: ({ target = '', region }) =>
      l10n.t('{0} has no such version or label in {1}. Refresh its versions.', target, region),
    remedies: ['retry'],
  },
  {
    names: [
      'DecryptionFailure',
      'InvalidKeyId',
      'KMSDisabledException',
      'KMSInvalidStateException',
      'KMSNotFoundException',
      'KMSAccessDeniedException',
    ],
    sentence: ({ service, target = '', region }) =>
      l10n.t(
        '{0} cannot decrypt {1} ({2}): its KMS key is disabled, deleted or closed to this profile. Check the key’s state and policy.',
        service,
        target,
        region,
      ),
    remedies: ['retry', 'show-log'],
  },
  {
    names: ['InvalidRequestException'],
    text: /marked (for|as) delet|marked deleted|scheduled for deletion|currently marked/i,
    sentence: ({ target = '', region }) =>
      l10n.t(
        '{0} is scheduled for deletion in {1}, so its value cannot be read. Restore it first.',
        target,
        region,
      ),
    remedies: ['show-log'],
  },
  {
    names: ['InvalidNextTokenException', 'InvalidNextToken'],
    sentence: ({ service, region }) =>
      l10n.t(
        'The list of {0} in {1} cannot be continued: AWS no longer accepts its page marker. Refresh to list from the start.',
        service,
        region,
      ),
    remedies: ['retry'],
  },
  {
    names: ['RegionDisabledException', 'OptInRequired', 'SubscriptionRequiredException'],
    sentence: ({ service, region, profile }) =>
      l10n.t(
        '{0} is not enabled in {1} for the account of profile “{2}”. Enable the region in the account’s settings, or choose another.',
        service,
        region,
        profile,
      ),
    remedies: ['retry'],
  },
  {
    names: [
      'InternalServiceError',
      'InternalServerError',
      'InternalServerException',
      'InternalFailure',
      'InternalError',
      'ServiceUnavailable',
      'ServiceUnavailableException',
      'InternalServiceErrorException',
    ],
    sentence: ({ service, action, region }) =>
      l10n.t('{0} failed inside AWS at {1} in {2}. Retry in a moment.', service, action, region),
    remedies: ['retry', 'show-log'],
  },
  {
    names: [
      'ValidationException',
      'ValidationError',
      'InvalidParameterException',
      'InvalidParameterValue',
      'InvalidRequestException',
      'InvalidFilterKey',
      'InvalidFilterOption',
      'InvalidFilterValue',
      'UnsupportedOperationException',
      'InvalidAction',
      'UnknownOperationException',
    ],
    sentence: ({ service, action, ...call }) =>
      l10n.t(
        '{0} did not accept {1}{2} as it was asked. The log has AWS’s reason.',
        service,
        action,
        on(call),
      ),
    remedies: ['show-log'],
  },
];

const failures: readonly AwsFailure[] = [
  ...credentialFailures,
  ...serviceFailures,
  ...networkFailures,
];

function on({ target, region }: Pick<AwsCall, 'target' | 'region'>): string {
  return target === undefined ? ` (${region})` : l10n.t(' on {0} ({1})', target, region);
}

/** AWS names the kind of policy that denied. The wordings: "Troubleshoot access denied error messages", IAM User Guide. */
function denialReason(text: string): string {
  if (/explicit deny in a service control policy/i.test(text)) {
    return l10n.t('A service control policy of the organization forbids it.');
  }
  if (/explicit deny in a permissions boundary|no permissions boundary allows/i.test(text)) {
    return l10n.t('The permissions boundary does not allow it.');
  }
  if (/explicit deny in a resource-based policy/i.test(text)) {
    return l10n.t('The resource policy forbids it.');
  }
  if (/no resource-based policy allows/i.test(text)) {
    return l10n.t('The resource policy does not name this profile’s role or user.');
  }
  if (/VPC endpoint policy/i.test(text)) {
    return l10n.t('The policy of the VPC endpoint does not allow it.');
  }
  if (/explicit deny/i.test(text)) {
    return l10n.t('A policy forbids it explicitly.');
  }
  return l10n.t('Ask for the IAM permission, or switch the profile.');
}
