import { Agent, request as httpRequest } from 'node:http';
import type { ApiAnswer, ApiRequest } from './apiRequest.ts';

/** Sends a request on to the emulator, as is or with another body, in an account if one is named. */
type Send = (
  request: ApiRequest,
  options: {
    readonly account: string | undefined;
    readonly params?: Readonly<Record<string, unknown>>;
  },
) => Promise<ApiAnswer>;

export interface Upstream {
  readonly send: Send;
  close(): void;
}

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

export function openUpstream(target: string): Upstream {
  // Fewer connections than moto's threads can serve at once only queue here instead of there.
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  return {
    send: (request, { account, params }) => {
      const body = params === undefined ? request.body : Buffer.from(JSON.stringify(params));
      const headers: Record<string, string> = { 'content-length': String(body.length) };
      for (const [name, value] of Object.entries(request.headers)) {
        if (!hopByHop.has(name) && value !== undefined) {
          headers[name] = Array.isArray(value) ? value.join(', ') : value;
        }
      }
      if (account !== undefined) {
        headers['x-moto-account-id'] = account;
      }
      return send(new URL(request.path, target), request.method, headers, body, agent);
    },
    close: () => {
      agent.destroy();
    },
  };
}

function send(
  url: URL,
  method: string,
  headers: Record<string, string>,
  body: Buffer,
  agent: Agent,
): Promise<ApiAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method, headers, agent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.once('error', reject);
      incoming.once('end', () => {
        const kept = Object.entries(incoming.headers).flatMap(([name, value]) =>
          hopByHop.has(name) || value === undefined
            ? []
            : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
        );
        resolve({
          status: incoming.statusCode ?? 502,
          headers: Object.fromEntries(kept),
          body: Buffer.concat(chunks),
        });
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
