import type { Timers } from '../core/timers.ts';
import { systemTimers } from '../core/timers.ts';
import { Cancelled } from '../core/userError.ts';

/** Shows progress until `ended` settles or the person cancels. */
export type ShowProgress = (
  title: string,
  ended: Promise<void>,
  onCancel: () => void,
) => PromiseLike<void>;

const patienceMilliseconds = 1000;

/**
 * Runs a task and shows its progress once it takes over a second. Cancelling ends the wait at once, whether or not the
 * task heeds its signal.
 */
export async function busy<T>(
  showProgress: ShowProgress,
  title: string,
  task: (signal: AbortSignal) => Promise<T>,
  timers: Timers = systemTimers,
): Promise<T> {
  const abort = new AbortController();
  const running = task(abort.signal);
  const ended = running.then(
    () => undefined,
    () => undefined,
  );
  const waiting = timers.after(patienceMilliseconds, () => {
    void showProgress(title, ended, () => abort.abort());
  });
  try {
    return await Promise.race([running, aborted(abort.signal)]);
  } finally {
    waiting.dispose();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Cancelled()), { once: true });
  });
}
