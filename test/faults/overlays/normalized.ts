import { errorAnswer } from '../answers.ts';
import { isRecord, jsonObject, type ApiAnswer, type ApiRequest } from '../apiRequest.ts';

/** The emulator's answer in AWS's form: JSON errors with status 400, and no field that is null. */
export function normalized(request: ApiRequest, answer: ApiAnswer): ApiAnswer {
  if (request.protocol !== 'json') {
    return answer;
  }
  const type = answer.headers['content-type'] ?? '';
  if (answer.status < 400) {
    return withJson(answer, withoutNulls(jsonObject(answer.body)));
  }
  const error = jsonObject(answer.body);
  if (typeof error['__type'] === 'string') {
    const code = error['__type'];
    const headers = { ...answer.headers, 'x-amzn-errortype': code };
    return { ...answer, headers, status: answer.status < 500 ? 400 : answer.status };
  }
  if (answer.status === 403 || type.includes('xml')) {
    return errorAnswer(request, 'AccessDeniedException', 'User is not authorized.');
  }
  return crashed(request, answer.body.toString('utf8'));
}

export function withJson(answer: ApiAnswer, value: unknown): ApiAnswer {
  return { ...answer, body: Buffer.from(JSON.stringify(value)) };
}

/** What the emulator's HTML error pages stand for. */
function crashed(request: ApiRequest, page: string): ApiAnswer {
  if (page.includes('NotImplementedError') || page.includes('has not been implemented')) {
    return errorAnswer(
      request,
      'UnknownOperationException',
      `${request.operation} is not emulated.`,
    );
  }
  return errorAnswer(
    request,
    request.service === 'ssm' ? 'InternalServerError' : 'InternalServiceError',
    'An error occurred on the server side.',
    500,
  );
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => withoutNulls(item));
  }
  if (!isRecord(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, item]) => item !== null && !(name === 'NextToken' && item === ''))
      .map(([name, item]) => [name, withoutNulls(item)]),
  );
}
