import type { Remedy } from './userError.ts';

/** The call that failed, in the words of IAM policies and of the person's configuration. */
export interface AwsCall {
  readonly service:
    | 'Secrets Manager'
    | 'Parameter Store'
    | 'STS'
    | 'IAM'
    | 'IAM Identity Center'
    | 'AWS Sign-In'
    | 'Container credentials'
    | 'Instance metadata';
  /** As an IAM policy names it: `secretsmanager:ListSecrets`. */
  readonly action: string;
  /** The secret, parameter or role that the call was about. */
  readonly target?: string;
  readonly profile: string;
  readonly region: string;
  /** Only a configured endpoint; AWS's own are known by the region. */
  readonly endpoint?: string;
}

/** One kind of failure. The first row that matches wins, so the narrower one stands first. */
export interface AwsFailure {
  /** `error.name`, `error.code` of Node, or an error code in an answer. */
  readonly names: readonly string[];
  /** Narrows by AWS's own text where AWS has no other sign. */
  readonly text?: RegExp;
  readonly when?: (call: AwsCall) => boolean;
  readonly sentence: (call: AwsCall, text: string) => string;
  readonly remedies: readonly Remedy[];
}
