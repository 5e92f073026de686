import assert from 'node:assert/strict';

import * as fc from 'fast-check';

import { jsonMembers, memberText } from '../../../src/core/jsonMembers.ts';

function texts(json: string): readonly (readonly [string, string])[] | undefined {
  return jsonMembers(json)?.map((member) => [member.name, memberText(json, member)]);
}

suite('jsonMembers', () => {
  test('keys keep their order, duplicates and awkward names', () => {
    assert.deepEqual(texts('{"10":1,"2":2,"__proto__":"p","a":"x","a":"y","":null}'), [
      ['10', '1'],
      ['2', '2'],
      ['__proto__', 'p'],
      ['a', 'x'],
      ['a', 'y'],
      ['', 'null'],
    ]);
  });

  test('a string is unescaped and everything else stays as it is written', () => {
    assert.deepEqual(
      texts(
        ' {\n "a\\u0041" : "q\\"\\\\\\n" , "n" : 1.50e+3 ,"o":{ "x": ["}", 1] } , "t":true }\n',
      ),
      [
        ['aA', 'q"\\\n'],
        ['n', '1.50e+3'],
        ['o', '{ "x": ["}", 1] }'],
        ['t', 'true'],
      ],
    );
  });

  test('what is not one JSON object has no members', () => {
    for (const text of ['', 'plain', '[1]', '"{}"', 'null', '{"a":1,}', "{'a':1}", '{"a":1} x']) {
      assert.equal(jsonMembers(text), undefined, text);
    }
    assert.deepEqual(jsonMembers(' { } '), []);
  });

  test('an object of 64 KB of brackets is read without exhausting the stack', () => {
    const nested = `{"a":${'['.repeat(32_000)}${']'.repeat(32_000)}}`;
    assert.equal(texts(nested)?.[0]?.[1].length, 64_000);
  });

  test('every object reads as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(2), (object, indent) => {
        const json = JSON.stringify(object, undefined, indent);
        const members = jsonMembers(json) ?? [];
        const read = members.map(({ name, start, end }) => [
          name,
          JSON.parse(json.slice(start, end)),
        ]);
        assert.deepEqual(read, Object.entries(JSON.parse(json) as object));
      }),
    );
  });
});
