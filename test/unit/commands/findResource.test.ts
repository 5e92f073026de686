import assert from 'node:assert/strict';

import { findResource } from '../../../src/commands/findResource.ts';
import type { Aws, ParameterQuery, SecretQuery } from '../../../src/core/ports.ts';
import type { Connection } from '../../../src/core/connection.ts';
import { RememberedRefs } from '../../../src/core/rememberedRefs.ts';
import { UserError } from '../../../src/core/userError.ts';
import {
  developerProfile,
  fakeServices,
  ireland,
  parameter,
  secret,
  secretRef,
  securityProfile,
  settled,
  virginia,
} from './fakeServices.ts';
import type { FakeOptions, ScriptedSearch } from './fakeServices.ts';

interface Call {
  readonly connection: Connection;
  readonly query: SecretQuery | ParameterQuery;
  readonly signal: AbortSignal;
}

/** AWS that records what it is asked; `fail` chooses the calls that fail. */
function recordingAws(
  fail: (connection: Connection, service: string) => unknown = () => undefined,
) {
  const calls: Call[] = [];
  const answer = async <T>(connection: Connection, service: string, item: T) => {
    await Promise.resolve();
    const error = fail(connection, service);
    if (error !== undefined) {
      throw error as Error;
    }
    return { items: [item], nextToken: 'more' };
  };
  const aws: Partial<Aws> = {
    secrets: (connection) => ({
      ...unused,
      list: (query, signal) => {
        calls.push({ connection, query, signal });
        return answer(connection, 'secrets', secret(`db-of-${connection.profile}`));
      },
    }),
    parameters: (connection) => ({
      ...unused,
      list: (query, signal) => {
        calls.push({ connection, query, signal });
        return answer(connection, 'parameters', parameter(`/db/${connection.profile}`));
      },
    }),
  };
  return { aws, calls };
}

const refuse = () => Promise.reject(new Error('Nobody expected this call'));
const unused = { describe: refuse, versions: refuse, read: refuse, tags: refuse };

async function finding(options: FakeOptions) {
  const services = fakeServices({ profiles: [securityProfile, developerProfile], ...options });
  const found = findResource(services);
  found.catch(() => undefined); // Awaited by the test later on.
  await settled();
  const [search] = services.searches;
  assert.ok(search);
  return { services, found, search };
}

async function type(
  { search, services }: Awaited<ReturnType<typeof finding>>,
  text: string,
): Promise<void> {
  search.text.fire(text);
  services.timers.advance(250);
  await settled();
}

function headings(search: ScriptedSearch<unknown>): readonly string[] {
  return search.items.flatMap(({ separator, label }) =>
    separator === undefined ? [label] : [`[${separator}]`, label],
  );
}

suite('findResource', () => {
  test('before anything is typed it shows recents and loaded items, without a call', async () => {
    const { aws, calls } = recordingAws();
    const services = fakeServices({ aws, loaded: [secretRef('a'), secretRef('b')] });
    await new RememberedRefs(services.memory, 'recents').addFirst(secretRef('b'));
    void findResource(services);
    await settled();
    const [search] = services.searches;
    assert.ok(search);
    assert.deepEqual(headings(search), ['[Recent]', 'b', '[Loaded]', 'a']);
    assert.deepEqual(calls, []);
    assert.equal(search.busy, false);
  });

  test('recents of a profile that is not shown are left out', async () => {
    const services = fakeServices({ profiles: [securityProfile] });
    await new RememberedRefs(services.memory, 'recents').addFirst(secretRef('b', virginia));
    void findResource(services);
    await settled();
    assert.deepEqual(services.searches[0]?.labels, []);
  });

  test('every connection is asked once for each service, with what it can search for', async () => {
    const { aws, calls } = recordingAws();
    const asked = await finding({ aws, connections: [ireland, virginia] });
    await type(asked, ' db ');
    assert.deepEqual(
      calls.map(({ connection, query }) => ({ region: connection.region, filters: query.filters })),
      [ireland, virginia].flatMap(({ region }) => [
        { region, filters: [{ key: 'name', values: ['db', '/db'] }] },
        { region, filters: [{ key: 'Name', option: 'Contains', values: ['db'] }] },
      ]),
    );
    assert.deepEqual(headings(asked.search), [
      '[eu-west-1 · security]',
      'db-of-security',
      '/db/security',
      '[us-east-1 · developer]',
      'db-of-developer',
      '/db/developer',
    ]);
    assert.equal(asked.search.busy, false);
  });

  test('typing on asks for the last text only, and cancels what is under way', async () => {
    const { aws, calls } = recordingAws();
    const asked = await finding({ aws });
    asked.search.text.fire('d');
    asked.services.timers.advance(100);
    asked.search.text.fire('db');
    asked.services.timers.advance(250);
    assert.equal(asked.search.busy, true);
    await Promise.resolve();
    await type(asked, 'dbx');
    const texts = calls.map(({ query }) => query.filters?.[0]?.values?.[0]);
    assert.deepEqual([...new Set(texts)], ['db', 'dbx']);
    assert.deepEqual(
      calls.map(({ signal }) => signal.aborted),
      [true, true, false, false],
    );
    assert.deepEqual(asked.search.labels, ['db-of-security', '/db/security']);
  });

  test('one connection’s failure takes nothing from the others', async () => {
    const denied = new UserError('Access denied: profile “developer” may not list secrets.', {
      remedies: ['sign-in'],
    });
    const { aws } = recordingAws(({ profile }, service) =>
      profile === 'developer' && service === 'secrets' ? denied : undefined,
    );
    const asked = await finding({ aws, connections: [virginia, ireland] });
    await type(asked, 'db');
    assert.deepEqual(headings(asked.search), [
      '[us-east-1 · developer]',
      '/db/developer',
      '[eu-west-1 · security]',
      'db-of-security',
      '/db/security',
      '[Problems]',
      'us-east-1 · developer could not be searched',
    ]);
    asked.search.choose('us-east-1 · developer could not be searched');
    await assert.rejects(asked.found, denied);
  });

  test('the chosen item is handed out, remembered first, and the list is closed', async () => {
    const { aws, calls } = recordingAws();
    const asked = await finding({ aws });
    await type(asked, 'db');
    asked.search.choose('/db/security');
    const ref = await asked.found;
    assert.equal(ref?.name, '/db/security');
    assert.deepEqual(ref.connection, ireland);
    assert.deepEqual(new RememberedRefs(asked.services.memory, 'recents').all(), [ref]);
    assert.ok(asked.search.disposed);
    assert.ok(calls.every(({ signal }) => signal.aborted));
  });

  test('going away cancels the search and finds nothing', async () => {
    const { aws, calls } = recordingAws();
    const asked = await finding({ aws });
    await type(asked, 'db');
    asked.search.text.fire('dbx');
    asked.search.hidden.fire();
    assert.equal(await asked.found, undefined);
    asked.services.timers.advance(1000);
    await settled();
    assert.equal(calls.length, 2);
    assert.ok(asked.search.disposed);
  });

  test('a text that AWS would refuse or turn round is not sent', async () => {
    const { aws, calls } = recordingAws();
    const asked = await finding({ aws });
    await type(asked, '!prod');
    await type(asked, 'ü');
    assert.deepEqual(calls, []);
    assert.equal(asked.search.busy, false);
  });

  test('of many connections four are asked at a time', async () => {
    const connections = Array.from({ length: 10 }, (_, index) => ({
      profile: `p${index}`,
      region: 'eu-west-1',
    }));
    let open = 0;
    let most = 0;
    const aws: Partial<Aws> = {
      secrets: () => ({
        ...unused,
        list: async () => {
          open += 1;
          most = Math.max(most, open);
          await settled();
          open -= 1;
          return { items: [] };
        },
      }),
      parameters: () => ({ ...unused, list: () => Promise.resolve({ items: [] }) }),
    };
    const asked = await finding({ aws, connections });
    await type(asked, 'db');
    for (let turn = 0; turn < 10; turn += 1) {
      await settled();
    }
    assert.equal(most, 4);
    assert.equal(asked.search.busy, false);
  });
});
