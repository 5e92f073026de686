import type { ApiAnswer, ApiRequest } from './apiRequest.ts';

/** What an overlay is given: the request, whose it is, and a way to ask the emulator. */
export interface Call {
  readonly request: ApiRequest;
  /** The caller's account; empty when the request is not signed. */
  readonly account: string;
  /** Asks the emulator in the caller's account, or in another one, with these parameters instead of the request's. */
  ask(options?: {
    readonly params?: Readonly<Record<string, unknown>>;
    readonly account?: string;
    readonly operation?: string;
  }): Promise<ApiAnswer>;
}

/**
 * AWS's documented behaviour where the emulator lacks it. Undefined: not mine. An overlay is derived from AWS's
 * documentation, and so its tests check our belief about AWS, not AWS.
 */
export type Overlay = (call: Call) => Promise<ApiAnswer | undefined> | ApiAnswer | undefined;
