import type { AwsCall } from '../core/awsCall.ts';
import { explainAwsFailure } from '../core/awsFailures.ts';
import { abortable } from './abortable.ts';
import type { Transport } from './transport.ts';

export interface SendOptions {
  readonly abortSignal: AbortSignal;
}

/** The one way a request leaves: cancellable even between two attempts, limited in time, explained when it fails. */
export async function guardedCall<T>(
  transport: Transport,
  call: AwsCall,
  signal: AbortSignal,
  send: (options: SendOptions) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
  }, transport.callLimit);
  const either = AbortSignal.any([signal, late.signal]);
  try {
    signal.throwIfAborted();
    return await abortable(
      transport.use(() => send({ abortSignal: either })),
      either,
    );
  } catch (error) {
    const failure = late.signal.aborted && !signal.aborted ? timeout(transport, error) : error;
    throw explainAwsFailure(failure, call);
  } finally {
    clearTimeout(timer);
  }
}

function timeout({ callLimit }: Transport, cause: unknown): Error {
  const error = new Error(`Not answered within ${callLimit} ms.`, { cause });
  error.name = 'TimeoutError';
  return error;
}
