import type { Disposable } from '../util/disposableStore.ts';

/** Waiting, as a port: tests move the time by hand. */
export interface Timers {
  after(milliseconds: number, run: () => void): Disposable;
  every(milliseconds: number, run: () => void): Disposable;
}

export const systemTimers: Timers = {
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return { dispose: () => clearTimeout(timer) };
  },
  every(milliseconds, run) {
    const timer = setInterval(run, milliseconds);
    return { dispose: () => clearInterval(timer) };
  },
};
