import { isRecord } from './isRecord.ts';
import type { Memory } from './ports.ts';
import { resourceKey } from './resources.ts';
import type { ResourceRef } from './resources.ts';

/** `added` holds what was added by ARN, `pins` what stands at the top, `recents` what was found last. */
export type RememberedKind = 'added' | 'pins' | 'recents';

/** Secrets and parameters kept between sessions: where they are and what they are called, never more. */
export class RememberedRefs {
  readonly #memory: Memory;
  readonly #kind: RememberedKind;
  readonly #limit: number;

  constructor(memory: Memory, kind: RememberedKind) {
    this.#memory = memory;
    this.#kind = kind;
    this.#limit = limits[kind];
  }

  /** In the order in which they are shown. What an older version or another hand wrote wrongly is left out. */
  all(): readonly ResourceRef[] {
    const stored = this.#memory.get(this.#kind);
    return Array.isArray(stored) ? stored.filter(isResourceRef).map(bare) : [];
  }

  has(ref: ResourceRef): boolean {
    return this.all().some(sameAs(ref));
  }

  /** Puts it first; what is there already keeps its place. */
  async addFirst(ref: ResourceRef): Promise<void> {
    await this.#store([bare(ref), ...this.#without(ref)]);
  }

  async addLast(ref: ResourceRef): Promise<void> {
    await this.#store([...this.#without(ref), bare(ref)]);
  }

  async remove(ref: ResourceRef): Promise<void> {
    await this.#store(this.#without(ref));
  }

  #without(ref: ResourceRef): readonly ResourceRef[] {
    const isSame = sameAs(ref);
    return this.all().filter((other) => !isSame(other));
  }

  async #store(refs: readonly ResourceRef[]): Promise<void> {
    await this.#memory.update(this.#kind, refs.slice(0, this.#limit));
  }
}

const limits: Readonly<Record<RememberedKind, number>> = { added: 500, pins: 200, recents: 20 };

function sameAs(ref: ResourceRef): (other: ResourceRef) => boolean {
  const key = resourceKey(ref);
  return (other) => resourceKey(other) === key;
}

/** Only the named members: an object that carries more must not take it into the memory. */
function bare({ connection, kind, name, arn }: ResourceRef): ResourceRef {
  const { profile, region } = connection;
  return { connection: { profile, region }, kind, name, arn };
}

function isResourceRef(value: unknown): value is ResourceRef {
  if (!isRecord(value)) {
    return false;
  }
  const { connection, kind, name, arn } = value;
  return (
    isRecord(connection) &&
    typeof connection['profile'] === 'string' &&
    typeof connection['region'] === 'string' &&
    (kind === 'secret' || kind === 'parameter') &&
    typeof name === 'string' &&
    typeof arn === 'string'
  );
}
