import { randomUUID } from 'node:crypto';
import type { ApiAnswer, ApiRequest, Protocol } from './apiRequest.ts';

const namespaces: Readonly<Record<string, string>> = {
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
};

export function jsonAnswer(value: unknown, status = 200): ApiAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() },
    body: Buffer.from(JSON.stringify(value)),
  };
}

export function restAnswer(value: unknown): ApiAnswer {
  const answer = jsonAnswer(value);
  return { ...answer, headers: { ...answer.headers, 'content-type': 'application/json' } };
}

/** The answer of a query-protocol operation; `result` is XML whose text the caller has escaped. */
export function xmlAnswer(service: string, operation: string, result: string): ApiAnswer {
  return xml(
    200,
    `<${operation}Response xmlns="${namespaces[service] ?? ''}"><${operation}Result>${result}</${operation}Result>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${operation}Response>`,
  );
}

/** An error in the shape that the request's service uses. */
export function errorAnswer(
  request: ApiRequest,
  code: string,
  message: string,
  status = 400,
): ApiAnswer {
  return errorOf(request.protocol, request.service, code, message, status);
}

function errorOf(
  protocol: Protocol,
  service: string,
  code: string,
  message: string,
  status: number,
): ApiAnswer {
  switch (protocol) {
    case 'query': {
      const type = status < 500 ? 'Sender' : 'Receiver';
      return xml(
        status,
        `<ErrorResponse xmlns="${namespaces[service] ?? ''}"><Error><Type>${type}</Type><Code>${escapeXml(code)}</Code>` +
          `<Message>${escapeXml(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
      );
    }
    case 'json': {
      const answer = jsonAnswer({ __type: code, message }, status);
      return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': code } };
    }
    case 'rest': {
      const answer = jsonAnswer({ message }, status);
      return {
        ...answer,
        headers: {
          ...answer.headers,
          'content-type': 'application/json',
          'x-amzn-errortype': code,
        },
      };
    }
  }
}

export function htmlAnswer(status: number): ApiAnswer {
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: Buffer.from(
      `<html><head><title>${status}</title></head><body><h1>Internal Server Error</h1></body></html>`,
    ),
  };
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function xml(status: number, text: string): ApiAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text) };
}
