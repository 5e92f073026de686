/** Who an access key is. `arn` is absent when the emulator made the key and knows that better. */
export interface CallerIdentity {
  readonly account: string;
  readonly arn?: string;
}

/** Which account each access key belongs to: the permanent keys, and the temporary ones issued since the start. */
export class Identities {
  readonly #known = new Map<string, CallerIdentity>();

  constructor(
    keys: readonly {
      readonly accessKeyId: string;
      readonly account: string;
      readonly arn?: string;
    }[],
  ) {
    for (const { accessKeyId, account, arn } of keys) {
      this.#known.set(accessKeyId, arn === undefined ? { account } : { account, arn });
    }
  }

  find(accessKeyId: string): CallerIdentity | undefined {
    return this.#known.get(accessKeyId);
  }

  learn(accessKeyId: string, identity: CallerIdentity): void {
    this.#known.set(accessKeyId, identity);
  }
}
