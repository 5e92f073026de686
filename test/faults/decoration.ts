/** What the emulator cannot represent about a seeded secret. Ages are in days before the sandbox started. */
export interface SecretDecoration {
  readonly createdDaysAgo: number;
  readonly changedDaysAgo: number;
  /** Absent: never accessed. */
  readonly accessedDaysAgo?: number;
  readonly rotation?: RotationDecoration;
}

export interface RotationDecoration {
  /** Absent for rotation that the owning service manages. */
  readonly lambdaArn?: string;
  readonly automaticallyAfterDays?: number;
  readonly scheduleExpression?: string;
  readonly duration?: string;
  readonly lastRotatedDaysAgo?: number;
  /** Negative: the rotation is overdue. */
  readonly nextInDays: number;
}

interface ParameterDecoration {
  readonly modifiedDaysAgo: number;
  readonly modifiedBy: string;
  /** How many versions the seed made; later ones are a test's own and keep their real date. */
  readonly versions: number;
}

/** A resource that its owner shares: by a resource policy (secret) or through AWS RAM (parameter). */
interface SharedResource {
  readonly kind: 'secret' | 'parameter';
  readonly owner: string;
  readonly region: string;
  readonly name: string;
  readonly readers: readonly string[];
}

export interface Decorations {
  /** Epoch milliseconds at which the seed was done. What changed later is shown as the emulator tells it. */
  readonly seededUntil: number;
  secret(account: string, region: string, name: string): SecretDecoration | undefined;
  parameter(account: string, region: string, name: string): ParameterDecoration | undefined;
  readonly shared: readonly SharedResource[];
}

const secondsPerDay = 86_400;

/** Epoch seconds, as the JSON services write dates. */
export function daysBefore(epochMilliseconds: number, days: number): number {
  return Math.round(epochMilliseconds / 1000) - Math.round(days * secondsPerDay);
}

/** LastAccessedDate and the like carry no time of day. */
export function dayOf(epochSeconds: number): number {
  return epochSeconds - (epochSeconds % secondsPerDay);
}
