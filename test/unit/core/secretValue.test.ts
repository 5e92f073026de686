import assert from 'node:assert/strict';
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { serialize } from 'node:v8';
import fc from 'fast-check';

import { SecretValue } from '../../../src/core/secretValue.ts';

const text = 'swordfish-4711';
const bytes = new TextEncoder().encode(text);
const base64 = 'c3dvcmRmaXNoLTQ3MTE=';

suite('SecretValue', () => {
  const looks: readonly (readonly [how: string, look: (value: SecretValue) => string])[] = [
    ['String()', (value) => String(value)],
    ['toString', (value) => value.toString()],
    ['a template', (value) => `is ${careless(value)}`],
    ['concatenation', (value) => 'is ' + careless(value)],
    ['JSON', (value) => JSON.stringify({ value, list: [value] })],
    ['the inspector', (value) => inspect(value)],
    ['the inspector, nested', (value) => inspect({ a: [{ value }] }, { depth: 9 })],
    ['the inspector, with hidden members', (value) => inspect(value, { showHidden: true })],
    [
      'the inspector without its custom hook',
      (value) => inspect(value, { customInspect: false, showHidden: true }),
    ],
    ['format %s', (value) => format('%s', value)],
    ['format %o', (value) => format('%o', value)],
    ['format %O', (value) => format('%O', value)],
    ['format %j', (value) => format('%j', value)],
    ['format %d', (value) => format('%d', value)],
    ['the console', printed],
    ['its keys', (value) => Object.keys(value).join()],
    ['all its property names', (value) => Reflect.ownKeys(value).map(String).join()],
    ['its entries', (value) => JSON.stringify(Object.entries(value))],
    ['a spread', (value) => inspect({ ...Object(value) })],
    ['Object.assign', (value) => inspect(Object.assign({}, value))],
    ['structuredClone', (value) => inspect(structuredClone(value), { showHidden: true })],
    ['serialization', (value) => serialize(value).toString('latin1')],
    ['an error’s message', (value) => new Error(`failed with ${careless(value)}`).stack ?? ''],
    ['an error’s cause', (value) => inspect(new Error('failed', { cause: value }))],
  ];
  for (const [how, look] of looks) {
    test(`${how} does not reveal it`, () => {
      for (const value of [SecretValue.text(text), SecretValue.binary(bytes)]) {
        const seen = look(value);
        assert.equal(typeof seen, 'string');
        for (const part of [text, base64, [...bytes].join(), [...bytes].join(', '), 'swordfish']) {
          assert.ok(!seen.includes(part), seen);
        }
      }
    });
  }

  test('the mask does not tell the length', () => {
    assert.equal(String(SecretValue.text('')), String(SecretValue.text('x'.repeat(999))));
  });

  test('reveal gives a text back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (given) => {
        assert.equal(SecretValue.text(given).reveal(), given);
      }),
    );
  });

  test('reveal gives bytes as base64, whatever they are and however many', () => {
    const given = fc.uint8Array({ maxLength: 99 });
    fc.assert(
      fc.property(given, (each) => {
        assert.equal(SecretValue.binary(each).reveal(), Buffer.from(each).toString('base64'));
      }),
    );
    const large = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
    assert.equal(SecretValue.binary(large).reveal(), Buffer.from(large).toString('base64'));
  });

  test('it tells whether it is binary', () => {
    assert.ok(!SecretValue.text('').isBinary);
    assert.ok(SecretValue.binary(new Uint8Array()).isBinary);
  });
});

/** Code that treats the value as if it were the text itself. */
function careless(value: SecretValue): string {
  return value as unknown as string;
}

function printed(value: SecretValue): string {
  let out = '';
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      out += String(chunk);
      done();
    },
  });
  const console = new Console({ stdout });
  console.log('value', value, { value });
  console.table([value]);
  console.dir(value, { showHidden: true });
  return out;
}
