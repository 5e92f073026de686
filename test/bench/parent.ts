import type { Figure } from './figures.ts';

/** What a session says to the process that started it and that runs the proxy. */
export type Message =
  | { readonly kind: 'figure'; readonly figure: Figure }
  /** Answered by a `Calls`. */
  | { readonly kind: 'calls' };

/** The calls since the question before, by operation: `ListSecrets`. */
type Calls = Readonly<Record<string, number>>;

export function tell(figure: Figure): void {
  send({ kind: 'figure', figure });
}

/** How often each service's operations were called since the last time. */
function newCalls(): Promise<Calls> {
  return new Promise((resolve) => {
    process.once('message', (calls: Calls) => {
      resolve(calls);
    });
    send({ kind: 'calls' });
  });
}

/** Calls of the two services that the tree lists; who the caller is, is asked beside them. */
export async function newListCalls(): Promise<number> {
  const { ListSecrets = 0, DescribeParameters = 0, ...others } = await newCalls();
  const unexpected = Object.keys(others).filter((name) => !identityCalls.has(name));
  if (unexpected.length > 0) {
    throw new Error(`Unexpected calls: ${unexpected.join(', ')}`);
  }
  return ListSecrets + DescribeParameters;
}

const identityCalls = new Set(['GetCallerIdentity', 'ListAccountAliases']);

function send(message: Message): void {
  if (!process.send) {
    throw new Error('Run this by "npm run bench".');
  }
  process.send(message);
}
