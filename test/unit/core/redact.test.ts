import assert from 'node:assert/strict';
import { inspect } from 'node:util';

import * as fc from 'fast-check';

import { redact } from '../../../src/core/redact.ts';

const marker = 'Zq7Planted9';
const accessKey = 'AKIAIOSFODNN7EXAMPLE';
const secretKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

const members = [
  'SecretString',
  'SecretBinary',
  'Value',
  'SecretAccessKey',
  'SessionToken',
  'accessToken',
  'refreshToken',
  'clientSecret',
  'Authorization',
  'x-amz-security-token',
  'password',
];

/** Any text with the marker somewhere inside it. */
const value = fc
  .tuple(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: fc.constantFrom('"', "'", '`', '\\', '\n', ' ', '+', ',', '}', 'a') }),
  )
  .map(([before, after]) => `${before}${marker}${after}`);
const member = fc.constantFrom(...members);

suite('redact', () => {
  test('a value planted in a JSON member never survives, however often the JSON is quoted', () => {
    fc.assert(
      fc.property(member, value, fc.nat(3), fc.boolean(), (name, text, quotings, pretty) => {
        let json = JSON.stringify({ a: 1, [name]: text, z: 2 }, undefined, pretty ? 2 : 0);
        for (let quoting = 0; quoting < quotings; quoting += 1) {
          json = JSON.stringify({ body: json, after: true });
        }
        assert.doesNotMatch(redact(`Response: ${json} done`), new RegExp(marker));
      }),
      { numRuns: 500 },
    );
  });

  test('a value never survives where the text was cut off behind it', () => {
    fc.assert(
      fc.property(member, value, (name, text) => {
        const json = JSON.stringify({ [name]: text });
        const cut = json.slice(0, json.indexOf(marker) + marker.length);
        assert.doesNotMatch(redact(cut), new RegExp(marker));
      }),
    );
  });

  test('a value never survives in what the inspector prints', () => {
    fc.assert(
      fc.property(member, value, (name, text) => {
        const printed = inspect({ deep: { [name]: text, after: 'kept' } }, { breakLength: 40 });
        assert.doesNotMatch(redact(printed), new RegExp(marker));
      }),
    );
  });

  test('a text that the inspector breaks into lines is masked to its last line', () => {
    const printed = inspect({ Value: `${'a line of the value\n'.repeat(6)}${marker}`, Name: 'db' });
    assert.match(printed, /' \+\n/);
    assert.equal(redact(printed), "{\n  Value: •••,\n  Name: 'db'\n}");
  });

  test('bytes and objects in such a member do not survive', () => {
    const bytes = new TextEncoder().encode('swordfish');
    for (const text of [
      inspect({ SecretBinary: bytes }),
      inspect({ SecretBinary: Buffer.from(bytes) }),
      JSON.stringify({ SecretBinary: bytes }),
      JSON.stringify({ SecretBinary: Buffer.from(bytes) }),
    ]) {
      assert.doesNotMatch(redact(text), /119|77/, text);
    }
    assert.doesNotMatch(redact(JSON.stringify({ Value: { a: ['}"', marker] }, b: 1 })), /Planted/);
  });

  test('what follows the value stays readable', () => {
    assert.equal(
      redact('{"SecretString":"a\\"b","Name":"prod/db"}'),
      '{"SecretString":•••,"Name":"prod/db"}',
    );
    assert.equal(
      redact(JSON.stringify({ body: JSON.stringify({ Value: 'a\\', Name: 'db' }), more: 1 })),
      String.raw`{"body":"{\"Value\":•••,\"Name\":\"db\"}","more":1}`,
    );
  });

  test('assignments and options are masked to the end of the line', () => {
    assert.equal(
      redact(`aws_secret_access_key = ${marker} x\nregion = a`),
      'aws_secret_access_key = •••\nregion = a',
    );
    assert.doesNotMatch(redact(`aws x --secret-string ${marker} more`), /Planted/);
  });

  test('of an access key id only the ends stay', () => {
    assert.equal(redact(`key ${accessKey}.`), 'key AKIA•••MPLE.');
    assert.equal(redact('ASIAIOSFODNN7EXAMPLE'), 'ASIA•••MPLE');
  });

  test('a secret access key is masked beside its id and alone', () => {
    assert.doesNotMatch(redact(`${accessKey} ${secretKey}`), /bPxRfi/);
    assert.equal(redact(secretKey), '•••');
    assert.equal(redact(`${accessKey} ${'a'.repeat(40)}`), 'AKIA•••MPLE •••');
  });

  test('a commit id and a name of forty characters are no keys', () => {
    const commit = '0123456789abcdef0123456789abcdef01234567';
    assert.equal(redact(`at ${commit}`), `at ${commit}`);
  });

  test('long tokens are masked', () => {
    const token = `IQoJb3JpZ2luX2Vj${'Ab3/+'.repeat(40)}==`;
    assert.equal(redact(`token ${token} end`), 'token ••• end');
  });

  test('headers are masked', () => {
    assert.equal(
      redact(`Authorization: AWS4-HMAC-SHA256 Credential=${accessKey}/x, Signature=abc\nHost: h`),
      'Authorization: •••\nHost: h',
    );
    assert.equal(redact(`sent Bearer ${marker}, refused`), 'sent Bearer •••, refused');
  });

  test('presigned query parameters are masked and the address stays', () => {
    assert.equal(
      redact('https://h/p?X-Amz-Date=1&X-Amz-Signature=abc&X-Amz-Credential=def&region=eu'),
      'https://h/p?X-Amz-Date=1&X-Amz-Signature=•••&X-Amz-Credential=•••&region=eu',
    );
  });

  test('XML of the Security Token Service and private keys are masked', () => {
    assert.equal(
      redact('<SessionToken>abc</SessionToken><Arn>arn</Arn>'),
      '<SessionToken>•••</SessionToken><Arn>arn</Arn>',
    );
    assert.doesNotMatch(
      redact(`-----BEGIN RSA PRIVATE KEY-----\n${marker}\n-----END RSA PRIVATE KEY-----`),
      /Planted/,
    );
  });

  test('an ordinary line stays as it is', () => {
    const line =
      'Access denied: profile “developer” may not call secretsmanager:GetSecretValue on arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-a1b2c3 (request 6b1f2a3c-0000-4000-8000-000000000000)';
    assert.equal(redact(line), line);
  });

  test('a hostile text of 400 KB is redacted in linear time', () => {
    for (const piece of [
      '"Value":"\\',
      'AKIA',
      '<Value',
      'Value:[',
      '-----BEGIN A-----',
      '\\\\"',
      '= ',
    ]) {
      const small = timed(piece, 50_000);
      const large = timed(piece, 400_000);
      assert.ok(large < Math.max(small, 2) * 40, `${piece}: ${small} ms, then ${large} ms`);
    }
  });
});

function timed(piece: string, length: number): number {
  const text = piece.repeat(Math.ceil(length / piece.length));
  const start = performance.now();
  redact(text);
  return performance.now() - start;
}
