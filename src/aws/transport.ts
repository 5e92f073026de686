import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Milliseconds. A request that only dribbles is ended by the idle limit, as `requestTimeout` ends with the headers. */
const limits = { connectionTimeout: 3_000, requestTimeout: 15_000, socketTimeout: 15_000 };

/** Milliseconds for one call with all its attempts and the pauses between them. */
const defaultCallLimit = 30_000;

interface Generation {
  readonly handler: NodeHttpHandler;
  active: number;
  retired: boolean;
}

/**
 * The one HTTP handler of all clients, with its connections kept alive. A client's own `destroy` would close it for
 * all of them, so clients are only dropped, and the handler is closed here once its last request has ended.
 */
export class Transport {
  readonly callLimit: number;
  #generation = newGeneration();

  constructor(callLimit = defaultCallLimit) {
    this.callLimit = callLimit;
  }

  get handler(): NodeHttpHandler {
    return this.#generation.handler;
  }

  async use<T>(run: () => Promise<T>): Promise<T> {
    const generation = this.#generation;
    generation.active += 1;
    try {
      return await run();
    } finally {
      generation.active -= 1;
      closeWhenIdle(generation);
    }
  }

  reset(): void {
    const old = this.#generation;
    this.#generation = newGeneration();
    old.retired = true;
    closeWhenIdle(old);
  }
}

function newGeneration(): Generation {
  const handler = new NodeHttpHandler({
    ...limits,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets: 24 },
    httpsAgent: { keepAlive: true, maxSockets: 24 },
    logger: { trace: silent, debug: silent, info: silent, warn: silent, error: silent },
  });
  return { handler, active: 0, retired: false };
}

/** Without a logger the handler writes its warnings to the console. */
function silent(): void {
  // Nothing to say.
}

function closeWhenIdle({ handler, active, retired }: Generation): void {
  if (retired && active === 0) {
    handler.destroy();
  }
}
