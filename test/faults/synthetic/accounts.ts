import { errorAnswer } from '../answers.ts';
import { isRecord, type ApiAnswer } from '../apiRequest.ts';
import type { Call } from '../overlay.ts';
import { mostNames } from './names.ts';
import { answerParameters } from './parameters.ts';
import { answerSecrets } from './secrets.ts';

export interface SyntheticSize {
  readonly secrets: number;
  readonly parameters: number;
}

/** By account id. */
export type SyntheticSizes = Readonly<Record<string, SyntheticSize>>;

/** Accounts of any size, the same in every region, whose items exist only while they are asked for. */
export class SyntheticAccounts {
  #sizes: SyntheticSizes;

  constructor(sizes: SyntheticSizes) {
    this.#sizes = sizes;
  }

  set(sizes: SyntheticSizes): void {
    this.#sizes = sizes;
  }

  answer(call: Call): ApiAnswer | undefined {
    const size = this.#sizes[call.account];
    const { request } = call;
    if (size === undefined) {
      return undefined;
    }
    if (request.service === 'secretsmanager') {
      return answerSecrets(call, size.secrets) ?? unknown(call);
    }
    if (request.service === 'ssm') {
      return answerParameters(call, size.parameters) ?? unknown(call);
    }
    return undefined;
  }
}

export function parseSyntheticSizes(value: unknown): SyntheticSizes | undefined {
  const good =
    isRecord(value) &&
    Object.entries(value).every(
      ([account, size]) =>
        /^\d{12}$/.test(account) &&
        isRecord(size) &&
        isCount(size['secrets']) &&
        isCount(size['parameters']),
    );
  return good ? (value as SyntheticSizes) : undefined;
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostNames;
}

function unknown({ request }: Call): ApiAnswer {
  return errorAnswer(
    request,
    'UnknownOperationException',
    `${request.operation} is not available in a synthetic account.`,
  );
}
