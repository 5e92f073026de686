import type { RotationDecoration } from '../faults/decoration.ts';

export interface SeedSecret {
  readonly name: string;
  readonly description?: string;
  /** The values of its versions, oldest first. */
  readonly values: readonly (string | Buffer)[];
  readonly tags?: Readonly<Record<string, string>>;
  /** Encrypted under `alias/app-secrets` instead of the AWS-managed key. */
  readonly customerKey?: true;
  readonly replicaRegions?: readonly string[];
  /** Deleted with this recovery window. */
  readonly deletedInDays?: number;
  readonly owningService?: string;
  readonly rotation?: RotationDecoration;
  readonly changedDaysAgo?: number;
  readonly sharedWith?: string;
}

export interface SeedParameter {
  readonly name: string;
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly values: readonly string[];
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly customerKey?: true;
  readonly advanced?: true;
  readonly dataType?: string;
  readonly policies?: readonly unknown[];
  /** Version by label. */
  readonly labels?: Readonly<Record<string, number>>;
  readonly modifiedDaysAgo?: number;
  readonly sharedWith?: string;
}

export interface SeedPlace {
  readonly account: string;
  readonly region: string;
  readonly secrets: readonly SeedSecret[];
  readonly parameters: readonly SeedParameter[];
}
