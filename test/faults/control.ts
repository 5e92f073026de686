import { restAnswer } from './answers.ts';
import { isRecord, type ApiAnswer } from './apiRequest.ts';
import { parseFault, type Faults } from './faults.ts';
import type { Journal } from './journal.ts';
import { parseSyntheticSizes, type SyntheticAccounts } from './synthetic/accounts.ts';

export const controlPrefix = '/_proxy/';

interface Controlled {
  readonly journal: Journal;
  readonly faults: Faults;
  readonly synthetic: SyntheticAccounts;
}

/** The proxy's own API, for tests that run in another process than the proxy. */
export function answerControl(
  proxy: Controlled,
  method: string,
  path: string,
  body: Buffer,
): ApiAnswer {
  switch (`${method} ${path.slice(controlPrefix.length)}`) {
    case 'GET journal':
      return restAnswer(proxy.journal.entries);
    case 'DELETE journal':
      proxy.journal.clear();
      return restAnswer({});
    case 'POST faults': {
      // One fault, or several at once.
      const given: unknown = parse(body);
      const faults = (Array.isArray(given) ? given : [given]).map((item) => parseFault(item));
      if (faults.includes(undefined)) {
        return refused('Not a fault.');
      }
      for (const fault of faults) {
        if (fault !== undefined) {
          proxy.faults.inject(fault);
        }
      }
      return restAnswer({});
    }
    case 'DELETE faults':
      proxy.faults.clear();
      return restAnswer({});
    case 'POST synthetic': {
      const sizes = parseSyntheticSizes(parse(body));
      if (sizes === undefined) {
        return refused('Not a table of synthetic accounts.');
      }
      proxy.synthetic.set(sizes);
      return restAnswer({});
    }
    default:
      return refused(`No such control: ${method} ${path}`, 404);
  }
}

function parse(body: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isRecord(value) || Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function refused(message: string, status = 400): ApiAnswer {
  return { ...restAnswer({ message }), status };
}
