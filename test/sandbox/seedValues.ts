import { createHash } from 'node:crypto';

/** In every value of the sandbox, in one encoding or another: what holds this text somewhere has leaked a value. */
export const valueMarker = 'not-a-real-';

/** A password that anybody can see is none, the same at every start. */
export function fakePassword(name: string, version = 1): string {
  const digest = createHash('sha256').update(`${name}#${version}`).digest('hex').slice(0, 10);
  return `${valueMarker}password-${digest}`;
}

interface Engine {
  readonly engine: string;
  readonly port: number;
  readonly host: string;
  /** Beside engine, host, port, username and password. */
  readonly more: Readonly<Record<string, string>>;
}

const instance = (name: string) => `${name}.c0ffee000000.eu-west-1.rds.amazonaws.com`;

/** The fields that the rotation templates of each engine read. */
const engines: Readonly<Record<string, Engine>> = {
  postgres: {
    engine: 'postgres',
    port: 5432,
    host: instance('payments'),
    more: { dbname: 'payments', dbInstanceIdentifier: 'payments' },
  },
  'aurora-postgresql': {
    engine: 'aurora-postgresql',
    port: 5432,
    host: instance('ledger.cluster'),
    more: { dbname: 'ledger', dbClusterIdentifier: 'ledger' },
  },
  mysql: {
    engine: 'mysql',
    port: 3306,
    host: instance('orders'),
    more: { dbname: 'orders', dbInstanceIdentifier: 'orders' },
  },
  mariadb: {
    engine: 'mariadb',
    port: 3306,
    host: instance('cms'),
    more: { dbname: 'cms', dbInstanceIdentifier: 'cms' },
  },
  oracle: {
    engine: 'oracle',
    port: 1521,
    host: instance('erp'),
    more: { dbname: 'ORCL', dbInstanceIdentifier: 'erp' },
  },
  sqlserver: {
    engine: 'sqlserver',
    port: 1433,
    host: instance('billing'),
    more: { dbname: 'billing', dbInstanceIdentifier: 'billing' },
  },
  db2: {
    engine: 'db2',
    port: 50_000,
    host: instance('warehouse'),
    more: { dbname: 'WHOUSE', dbInstanceIdentifier: 'warehouse' },
  },
  mongo: {
    engine: 'mongo',
    port: 27_017,
    host: 'catalog.cluster-c0ffee000000.eu-west-1.docdb.amazonaws.com',
    more: { ssl: 'true', dbClusterIdentifier: 'catalog' },
  },
  redshift: {
    engine: 'redshift',
    port: 5439,
    host: 'reports.c0ffee000000.eu-west-1.redshift.amazonaws.com',
    more: { dbname: 'reports', dbClusterIdentifier: 'reports' },
  },
};

export function databaseSecret(engine: string, name: string, version = 1): string {
  const shape = engines[engine];
  if (shape === undefined) {
    throw new Error(`No such engine: ${engine}`);
  }
  const { port, host, more } = shape;
  return JSON.stringify({
    engine: shape.engine,
    host,
    port,
    username: 'app',
    password: fakePassword(name, version),
    ...more,
  });
}

export function jsonSecret(name: string, fields: Readonly<Record<string, string>>): string {
  return JSON.stringify({ ...fields, secret: fakePassword(name) });
}

/** The largest value there may be: 65,536 bytes. */
export function largestSecret(name: string): string {
  const start = `${fakePassword(name)}\n`;
  return start.padEnd(65_536, '0123456789abcdef');
}

export function binarySecret(name: string): Buffer {
  return Buffer.concat([Buffer.from([0, 255, 254, 253]), Buffer.from(fakePassword(name))]);
}
