import { setTimeout as delay } from 'node:timers/promises';

/** Generous: a busy two-core machine renders a row seconds after the click. */
export const patienceSeconds = 30;

/** Reads until there is something, else says what was waited for and what was last there. */
export async function poll<T>(
  what: string,
  read: () => Promise<T | undefined>,
  describe: () => Promise<string> = () => Promise.resolve(''),
  seconds = patienceSeconds,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await read();
    if (value !== undefined) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${String(seconds)} s for ${what}. ${await describe()}`.trim());
    }
    await delay(50);
  }
}

export type Text = string | RegExp;

export function matches(text: string, wanted: Text): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}
