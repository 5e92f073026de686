import { Cancelled } from '../core/userError.ts';
import { abortable } from './abortable.ts';

interface Running<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Runs a task once for all who ask for it in the meantime. One who gives up leaves the others waiting; the task is
 * aborted when nobody waits any more.
 */
export class SharedTasks<T> {
  readonly #running = new Map<string, Running<T>>();

  async run(
    key: string,
    signal: AbortSignal,
    task: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (signal.aborted) {
      throw new Cancelled();
    }
    const running = this.#running.get(key) ?? this.#start(key, task);
    running.waiting += 1;
    try {
      return await abortable(running.result, signal);
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0) {
        this.#forget(key, running);
        running.controller.abort();
      }
    }
  }

  /** What runs goes on for those who wait for it; who asks from now on starts anew. */
  clear(): void {
    this.#running.clear();
  }

  #start(key: string, task: (signal: AbortSignal) => Promise<T>): Running<T> {
    const controller = new AbortController();
    const running: Running<T> = { result: task(controller.signal), controller, waiting: 0 };
    this.#running.set(key, running);
    return running;
  }

  #forget(key: string, running: Running<T>): void {
    if (this.#running.get(key) === running) {
      this.#running.delete(key);
    }
  }
}
