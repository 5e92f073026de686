import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface UpstreamRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface FakeUpstream {
  readonly url: string;
  readonly requests: readonly UpstreamRequest[];
  stop(): Promise<void>;
}

export interface FakeAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly body: string;
}

/** A server that says what it is told to and remembers what it was asked. */
export function startFakeUpstream(
  answer: (request: UpstreamRequest) => FakeAnswer,
): Promise<FakeUpstream> {
  const requests: UpstreamRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (text: string) => {
      body += text;
    });
    incoming.on('end', () => {
      const request = { headers: incoming.headers, body };
      requests.push(request);
      const { status = 200, type = 'application/x-amz-json-1.1', body: text } = answer(request);
      outgoing.writeHead(status, { 'content-type': type });
      outgoing.end(text);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({
        url: `http://127.0.0.1:${port}`,
        requests,
        stop: () =>
          new Promise((done) => {
            server.close(() => {
              done();
            });
            server.closeAllConnections();
          }),
      });
    });
  });
}
