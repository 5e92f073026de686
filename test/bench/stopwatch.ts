/** Milliseconds. */
export interface Span {
  /** Of the main thread alone: what other processes and threads do does not count. */
  readonly cpu: number;
  /** By the wall clock. */
  readonly wall: number;
}

export class Stopwatch {
  readonly #cpu = process.threadCpuUsage();
  readonly #wall = performance.now();

  elapsed(): Span {
    const { user, system } = process.threadCpuUsage(this.#cpu);
    return { cpu: (user + system) / 1000, wall: performance.now() - this.#wall };
  }
}

/**
 * The longest time that the event loop gave to nothing else while `run` went on. Looked at every millisecond, so that it
 * is too long by a millisecond at the most, and by what other callbacks did in the same turn.
 */
export async function longestBlock(run: () => Promise<void>): Promise<Span> {
  let longest: Span = { cpu: 0, wall: 0 };
  let turn = new Stopwatch();
  const look = () => {
    const { cpu, wall } = turn.elapsed();
    longest = { cpu: Math.max(longest.cpu, cpu), wall: Math.max(longest.wall, wall) };
    turn = new Stopwatch();
  };
  const timer = setInterval(look, 1);
  try {
    await run();
    // The turn in which `run` ended counts as well.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    look();
  } finally {
    clearInterval(timer);
  }
  return longest;
}
