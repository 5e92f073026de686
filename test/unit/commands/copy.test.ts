import assert from 'node:assert/strict';

import { copyArn } from '../../../src/commands/copyArn.ts';
import { copyJsonKeyValue } from '../../../src/commands/copyJsonKeyValue.ts';
import { copyName } from '../../../src/commands/copyName.ts';
import { copyValue } from '../../../src/commands/copyValue.ts';
import { readJsonKeys } from '../../../src/commands/readJsonKeys.ts';
import { SecretValue } from '../../../src/core/secretValue.ts';
import { Cancelled, UserError } from '../../../src/core/userError.ts';
import { fakeServices, parameterRef, secretRef, settled } from './fakeServices.ts';
import type { FakeOptions } from './fakeServices.ts';

const db = secretRef('prod/db');

function withValue(value: SecretValue, options: FakeOptions = {}) {
  const reads: string[][] = [];
  const services = fakeServices({
    ...options,
    secrets: {
      read: (id, stage) => {
        reads.push([id, stage]);
        return Promise.resolve({ versionId: 'v1', stages: [stage], value });
      },
    },
    parameters: {
      read: (id) => {
        reads.push([id]);
        return Promise.resolve({ version: 1, value });
      },
    },
  });
  return { services, reads };
}

suite('copyName and copyArn', () => {
  test('several items are copied one per line, without a call', async () => {
    const services = fakeServices();
    const refs = [db, parameterRef('/prod/url')];
    await copyName(services, refs);
    await copyArn(services, refs);
    assert.deepEqual(services.copied, [
      { text: 'prod/db\n/prod/url', what: '2 names', isValue: false },
      { text: refs.map(({ arn }) => arn).join('\n'), what: '2 ARNs', isValue: false },
    ]);
  });

  test('one item is told by its name', async () => {
    const services = fakeServices();
    await copyName(services, [db]);
    await copyArn(services, [db]);
    assert.deepEqual(
      services.copied.map(({ what }) => what),
      ['prod/db', 'the ARN of prod/db'],
    );
  });

  test('without a selected item it is asked for', async () => {
    const services = fakeServices({ loaded: [db] });
    const copying = copyArn(services);
    await settled();
    services.searches[0]?.choose('prod/db');
    await copying;
    assert.equal(services.copied[0]?.text, db.arn);
  });

  test('nothing is copied when the person goes away', async () => {
    const services = fakeServices({ loaded: [db] });
    const copying = copyName(services);
    await settled();
    services.searches[0]?.hidden.fire();
    await copying;
    assert.deepEqual(services.copied, []);
  });
});

suite('copyValue', () => {
  test('a secret is read once, by its ARN and the stage AWSCURRENT, and copied as a value', async () => {
    const { services, reads } = withValue(SecretValue.text('swordfish'));
    await copyValue(services, db);
    assert.deepEqual(reads, [[db.arn, 'AWSCURRENT']]);
    assert.deepEqual(services.copied, [{ text: 'swordfish', what: 'prod/db', isValue: true }]);
    assert.deepEqual(services.prompts.informed, []);
  });

  test('a parameter is read by its ARN, which names its account', async () => {
    const url = parameterRef('/prod/url');
    const { services, reads } = withValue(SecretValue.text('swordfish'));
    await copyValue(services, url);
    assert.deepEqual(reads, [[url.arn]]);
    assert.equal(services.copied[0]?.isValue, true);
  });

  test('a binary value is copied as base64, and that is said', async () => {
    const { services } = withValue(SecretValue.binary(new Uint8Array([1, 2, 255])));
    await copyValue(services, db);
    assert.equal(services.copied[0]?.text, 'AQL/');
    assert.deepEqual(services.prompts.informed, ['prod/db is binary. Its base64 form was copied.']);
  });

  test('a value that arrives after the person cancelled is dropped', async () => {
    const { services } = withValue(SecretValue.text('swordfish'));
    const cancelling = {
      ...services,
      prompts: Object.assign(Object.create(services.prompts), {
        busy: <T>(_title: string, task: (signal: AbortSignal) => Promise<T>) =>
          task(AbortSignal.abort()),
      }) as typeof services.prompts,
    };
    await assert.rejects(copyValue(cancelling, db), Cancelled);
    assert.deepEqual(services.copied, []);
  });
});

suite('readJsonKeys', () => {
  test('keys are names in the value’s own order, duplicates and awkward names included', async () => {
    const { services } = withValue(
      SecretValue.text('{"9":1,"1":{"deep":2},"__proto__":3,"a":4,"a":5}'),
    );
    const keys = await readJsonKeys(services, db);
    assert.deepEqual(
      keys.map(({ name, index }) => `${index} ${name}`),
      ['0 9', '1 1', '2 __proto__', '3 a', '4 a'],
    );
    assert.deepEqual(Object.keys(keys[0] ?? {}), ['name', 'index']);
  });

  test('a value without keys is told without a word of it', async () => {
    for (const text of ['swordfish', '["swordfish"]', '{"a":"swordfish"']) {
      const { services } = withValue(SecretValue.text(text));
      await assert.rejects(readJsonKeys(services, db), (error: unknown) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, /prod\/db is not a JSON object/);
        assert.doesNotMatch(`${error.stack ?? ''}${String(error.cause)}`, /swordfish/);
        return true;
      });
    }
    const { services } = withValue(SecretValue.binary(new Uint8Array([123, 125])));
    await assert.rejects(readJsonKeys(services, db), /prod\/db is binary/);
  });
});

suite('copyJsonKeyValue', () => {
  const value = SecretValue.text('{"user":"app","port":5432,"a":"first","a":"second","":"empty"}');

  test('a text is copied without quotes and anything else as it is written', async () => {
    const { services } = withValue(value);
    await copyJsonKeyValue(services, db, 'user');
    await copyJsonKeyValue(services, db, 'port');
    assert.deepEqual(services.copied, [
      { text: 'app', what: 'user of prod/db', isValue: true },
      { text: '5432', what: 'port of prod/db', isValue: true },
    ]);
  });

  test('of two keys of one name the chosen one is copied, by name alone the last', async () => {
    const { services } = withValue(value);
    await copyJsonKeyValue(services, db, { name: 'a', index: 2 });
    await copyJsonKeyValue(services, db, 'a');
    await copyJsonKeyValue(services, db, { name: 'a', index: 0 });
    assert.deepEqual(
      services.copied.map(({ text }) => text),
      ['first', 'second', 'second'],
    );
  });

  test('without a key it asks by name, showing no value, and reads once', async () => {
    const { services, reads } = withValue(value, { answers: ['(empty key)'] });
    await copyJsonKeyValue(services, db);
    assert.equal(services.copied[0]?.text, 'empty');
    assert.equal(reads.length, 1);
    const shown = services.prompts.offered.flat().map((item) => ({ ...item, value: undefined }));
    assert.doesNotMatch(JSON.stringify(shown), /app|5432|first|second/);
  });

  test('declining the key copies nothing', async () => {
    const { services } = withValue(value, { answers: [undefined] });
    await copyJsonKeyValue(services, db);
    assert.deepEqual(services.copied, []);
  });

  test('a key that is gone is told by name', async () => {
    const { services } = withValue(value);
    await assert.rejects(copyJsonKeyValue(services, db, 'host'), /prod\/db has no key “host”/);
    assert.deepEqual(services.copied, []);
  });

  test('an empty object has nothing to choose from', async () => {
    const { services } = withValue(SecretValue.text('{}'));
    await assert.rejects(copyJsonKeyValue(services, db), /empty JSON object/);
  });
});
