/**
 * The names of a synthetic account, by arithmetic alone: the item at a position has the name
 * `app-0001/dev/auth/api-key`, and positions are in the order of the names. No component may be the beginning of
 * another one of its list followed by a character below `/`, or the order would not hold.
 */
const environments = ['dev', 'prod', 'staging', 'test'] as const;
const services = [
  'accounts',
  'analytics',
  'auth',
  'billing',
  'cart',
  'catalog',
  'checkout',
  'customers',
  'email',
  'fraud',
  'gateway',
  'inventory',
  'invoices',
  'ledger',
  'loyalty',
  'orders',
  'payments',
  'pricing',
  'profiles',
  'recommendations',
  'reports',
  'search',
  'sessions',
  'shipping',
  'webhooks',
] as const;
const items = [
  'api-key',
  'certificate',
  'database',
  'endpoint',
  'jwt-signing-key',
  'license',
  'oauth-client',
  'queue',
  'smtp',
  'webhook-secret',
] as const;

const perService = items.length;
const perEnvironment = services.length * perService;
export const perApplication = environments.length * perEnvironment;
/** Four digits of application number. */
export const mostNames = 9999 * perApplication;

export interface NameParts {
  readonly application: string;
  readonly environment: string;
  readonly service: string;
  readonly item: string;
}

export function partsAt(position: number): NameParts {
  return {
    application: applicationName(Math.floor(position / perApplication)),
    environment: environments[Math.floor(position / perEnvironment) % environments.length] ?? '',
    service: services[Math.floor(position / perService) % services.length] ?? '',
    item: items[position % perService] ?? '',
  };
}

export function nameAt(position: number): string {
  const { application, environment, service, item } = partsAt(position);
  return `${application}/${environment}/${service}/${item}`;
}

/** The position of a name, or undefined when no item has it. */
export function positionOfName(name: string, count: number): number | undefined {
  const position = firstNotBelow(name, count);
  return position < count && nameAt(position) === name ? position : undefined;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The items whose names begin with the prefix: they stand together. */
export function rangeOfPrefix(prefix: string, count: number): Range {
  if (prefix === '') {
    return { start: 0, end: count };
  }
  // Above every character that a name may hold.
  return { start: firstNotBelow(prefix, count), end: firstNotBelow(`${prefix}\u007F`, count) };
}

function firstNotBelow(text: string, count: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (nameAt(middle) < text) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Which part of a name a component is. */
export type Part = keyof NameParts;

/**
 * Bits that a test gives to each component, joined per position: one pass over the lists of components instead of
 * over the items.
 */
export function bitsOf(
  test: (component: string, part: Part) => number,
): (position: number) => number {
  const byEnvironment = environments.map((name) => test(name, 'environment'));
  const byService = services.map((name) => test(name, 'service'));
  const byItem = items.map((name) => test(name, 'item'));
  const byApplication = new Map<number, number>();
  return (position) => {
    const application = Math.floor(position / perApplication);
    let first = byApplication.get(application);
    if (first === undefined) {
      first = test(applicationName(application), 'application');
      byApplication.set(application, first);
    }
    return (
      first |
      (byEnvironment[Math.floor(position / perEnvironment) % environments.length] ?? 0) |
      (byService[Math.floor(position / perService) % services.length] ?? 0) |
      (byItem[position % perService] ?? 0)
    );
  };
}

function applicationName(index: number): string {
  return `app-${String(index + 1).padStart(4, '0')}`;
}
