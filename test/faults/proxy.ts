import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { sandboxKeys, sandboxRoles, type SandboxRole } from '../sandbox/accounts.ts';
import { parseApiRequest, type ApiAnswer, type ApiRequest } from './apiRequest.ts';
import { errorAnswer } from './answers.ts';
import { answerControl, controlPrefix } from './control.ts';
import type { Decorations } from './decoration.ts';
import { afterEmptyPages, Faults, type Fault } from './faults.ts';
import { Identities } from './identities.ts';
import { Journal, type JournalEntry } from './journal.ts';
import type { Call, Overlay } from './overlay.ts';
import { identityOverlay } from './overlays/identity.ts';
import { normalized } from './overlays/normalized.ts';
import { parameterOverlay } from './overlays/parameters.ts';
import { secretOverlay } from './overlays/secrets.ts';
import { ssoOverlay } from './ssoStub.ts';
import { SyntheticAccounts, type SyntheticSizes } from './synthetic/accounts.ts';
import { openUpstream, type Upstream } from './upstream.ts';

export interface ProxyOptions {
  /** The emulator's address. */
  readonly target: string;
  readonly keys?: readonly {
    readonly accessKeyId: string;
    readonly account: string;
    readonly arn?: string;
  }[];
  readonly roles?: readonly SandboxRole[];
  readonly decorations?: Decorations;
  readonly synthetic?: SyntheticSizes;
}

export interface Proxy {
  readonly url: string;
  readonly journal: readonly JournalEntry[];
  clearJournal(): void;
  inject(fault: Fault): void;
  /** Ends every fault. */
  clear(): void;
  setSynthetic(sizes: SyntheticSizes): void;
  stop(): Promise<void>;
}

/** Starts the proxy that stands between the extension and the emulator, on a free port of 127.0.0.1. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const core = new ProxyCore(options);
  const server = createServer((incoming, outgoing) => {
    core.handle(incoming, outgoing).catch((error: unknown) => {
      outgoing.destroy(error instanceof Error ? error : undefined);
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    get journal() {
      return core.journal.entries;
    },
    clearJournal: () => {
      core.journal.clear();
    },
    inject: (fault) => {
      core.faults.inject(fault);
    },
    clear: () => {
      core.faults.clear();
    },
    setSynthetic: (sizes) => {
      core.synthetic.set(sizes);
    },
    stop: () => core.stop(server),
  };
}

class ProxyCore {
  readonly journal = new Journal();
  readonly faults = new Faults();
  readonly synthetic: SyntheticAccounts;
  readonly #identities: Identities;
  readonly #upstream: Upstream;
  readonly #overlays: readonly Overlay[];
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: ProxyOptions) {
    this.#upstream = openUpstream(options.target);
    this.#identities = new Identities(options.keys ?? sandboxKeys);
    this.synthetic = new SyntheticAccounts(options.synthetic ?? {});
    this.#overlays = [
      ssoOverlay(this.#identities),
      identityOverlay(this.#identities, options.roles ?? sandboxRoles),
      (call) => this.synthetic.answer(call),
      secretOverlay(options.decorations),
      parameterOverlay(options.decorations),
    ];
  }

  async handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const at = Date.now();
    const path = incoming.url ?? '/';
    const method = incoming.method ?? 'GET';
    const body = await readBody(incoming);
    if (path.startsWith(controlPrefix)) {
      write(outgoing, answerControl(this, method, path, body));
      return;
    }
    const request = parseApiRequest(method, path, incoming.headers, body);
    const account = this.#identities.find(request.accessKeyId)?.account ?? '';
    // Not journalled before it is answered: the status is the answer's, or 0 when there is none.
    let status = 0;
    try {
      status = await this.#answer(request, account, outgoing);
    } finally {
      this.journal.add(request, account, at, status);
    }
  }

  async stop(server: Server): Promise<void> {
    for (const timer of this.#timers) {
      clearTimeout(timer);
    }
    this.#upstream.close();
    const closed = new Promise((resolve) => {
      server.close(resolve);
    });
    server.closeAllConnections();
    await closed;
  }

  /** The status written; 0 when the connection is cut instead. */
  async #answer(request: ApiRequest, account: string, outgoing: ServerResponse): Promise<number> {
    const effect = this.faults.effect(request, Date.now());
    if (effect.kind === 'reset') {
      outgoing.socket?.resetAndDestroy();
      return 0;
    }
    if (effect.kind === 'answer') {
      write(outgoing, effect.answer);
      return effect.answer.status;
    }
    if (effect.kind === 'delay') {
      await this.#delay(effect.ms, outgoing);
      if (outgoing.destroyed) {
        return 0;
      }
    }
    const answer = await this.#resolve(request, account);
    if (effect.kind === 'truncate') {
      await cutShort(outgoing, answer);
      return 0;
    }
    const half = answer.body.subarray(0, Math.ceil(answer.body.length / 2));
    write(outgoing, effect.kind === 'truncate-json' ? { ...answer, body: half } : answer);
    return answer.status;
  }

  async #resolve(request: ApiRequest, account: string): Promise<ApiAnswer> {
    if (request.accessKeyId !== '' && account === '') {
      return request.protocol === 'query'
        ? errorAnswer(request, 'InvalidClientTokenId', invalidToken, 403)
        : errorAnswer(request, 'UnrecognizedClientException', invalidToken);
    }
    const call = this.#call(request, account);
    for (const overlay of this.#overlays) {
      const answer = await overlay(call);
      if (answer !== undefined) {
        return answer;
      }
    }
    return call.ask();
  }

  #call(arrived: ApiRequest, account: string): Call {
    const request = withoutEmptyPages(arrived);
    // Keys without an ARN are temporary ones of the emulator's own, which it finds the account of by itself.
    const known = this.#identities.find(request.accessKeyId);
    const routed = known?.arn === undefined ? undefined : known.account;
    return {
      request,
      account,
      ask: async (options = {}) => {
        const sent = withOperation(request, options.operation);
        const changed = options.params ?? (request === arrived ? undefined : request.params);
        const answer = await this.#upstream.send(sent, {
          account: options.account ?? routed,
          ...(changed === undefined ? {} : { params: changed }),
        });
        return normalized(sent, answer);
      },
    };
  }

  #delay(ms: number, outgoing: ServerResponse): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#timers.delete(timer);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#timers.add(timer);
      outgoing.once('close', done);
    });
  }
}

const invalidToken = 'The security token included in the request is invalid.';

function withoutEmptyPages(request: ApiRequest): ApiRequest {
  const token = request.params['NextToken'];
  if (typeof token !== 'string' || afterEmptyPages(token) === token) {
    return request;
  }
  const { NextToken: _, ...rest } = request.params;
  const real = afterEmptyPages(token);
  return { ...request, params: real === '' ? rest : { ...rest, NextToken: real } };
}

function withOperation(request: ApiRequest, operation: string | undefined): ApiRequest {
  const target = request.headers['x-amz-target'];
  if (operation === undefined || typeof target !== 'string') {
    return request;
  }
  const prefix = target.slice(0, target.lastIndexOf('.') + 1);
  return {
    ...request,
    operation,
    headers: { ...request.headers, 'x-amz-target': prefix + operation },
  };
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(Buffer.from(chunk as Uint8Array));
  }
  return Buffer.concat(chunks);
}

function write(outgoing: ServerResponse, answer: ApiAnswer): void {
  outgoing.writeHead(answer.status, {
    ...answer.headers,
    'content-length': String(answer.body.length),
  });
  outgoing.end(answer.body);
}

/** Promises the whole body, sends half of it and hangs up. */
function cutShort(outgoing: ServerResponse, answer: ApiAnswer): Promise<void> {
  outgoing.writeHead(answer.status, {
    ...answer.headers,
    'content-length': String(answer.body.length),
  });
  return new Promise((resolve) => {
    outgoing.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () => {
      outgoing.destroy();
      resolve();
    });
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') {
        resolve(address.port);
      } else {
        reject(new Error('The proxy has no port.'));
      }
    });
  });
}
