import assert from 'node:assert/strict';

import { externalDataInterceptor, loadSharedConfigFiles } from '@smithy/core/config';
import * as fc from 'fast-check';

import { parseIni } from '../../../src/connections/ini.ts';

suite('ini', () => {
  test('nested keys are flattened with a dot, and an unindented key ends the nesting', () => {
    const text = '[services dev]\nssm =\n  endpoint_url = http://127.0.0.1:1\n  x=y\nregion = r\n';
    assert.deepEqual(entriesOf(text, 'services.dev'), [
      ['ssm.endpoint_url', 'http://127.0.0.1:1'],
      ['ssm.x', 'y'],
      ['region', 'r'],
    ]);
  });

  test('a header ends the nesting of the section above', () => {
    const text = '[a]\nssm =\n[b]\n  region = r\n';
    assert.deepEqual(entriesOf(text, 'b'), [['region', 'r']]);
  });

  test('a byte order mark and CRLF line ends change nothing', () => {
    const text = '[default]\nregion = eu-west-1\n[profile b]\nregion = eu-west-2\n';
    const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    assert.deepEqual(parseIni(windows), parseIni(text));
    assert.deepEqual(parseIni(windows).problems, []);
  });

  test('# and ; begin a comment at the line start or after a blank, not inside a value', () => {
    const text = '# a\n; b\n[default] # c\na = 1;2#3\nb = 4 ;5\n';
    assert.deepEqual(entriesOf(text, 'default'), [
      ['a', '1;2#3'],
      ['b', '4'],
    ]);
    assert.deepEqual(parseIni(text).problems, []);
  });

  test('each line that the SDK passes over is a problem with its line number', () => {
    const text = [
      'region = a',
      '[]',
      '[default]',
      'region',
      '= value',
      '[profile half',
      '[default]',
      '[plugin x]',
      'ignored = yes',
    ].join('\n');
    assert.deepEqual(parseIni(text).problems, [
      { line: 1, message: 'The line stands before the first section, so it is not read.' },
      { line: 2, message: 'The section has no name, so nothing in it is read.' },
      { line: 4, message: 'The line has no “=”, so it is not read.' },
      { line: 5, message: 'The line has no key before “=”, so it is not read.' },
      {
        line: 6,
        message:
          'The section header is not closed with “]”, so the lines below it count as part of the section above.',
      },
      {
        line: 7,
        message:
          'Section “default” stands here again after line 3. Both are read as one, and the later value of a key wins.',
      },
      {
        line: 8,
        message: '“[plugin x]” is no kind of section that AWS knows, so nothing in it is read.',
      },
    ]);
  });

  test('a credential in the wrong place is not repeated by a problem', () => {
    const fake = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    const text = `${fake}\n[default]\n${fake}\n= ${fake}\n[${fake}\n`;
    const { problems } = parseIni(text);
    assert.equal(problems.length, 4);
    assert.ok(!JSON.stringify(problems).includes(fake));
  });

  test('the name __proto__ costs the whole file, as in the SDK, and the problem says so', () => {
    const { sections, problems } = parseIni('[default]\nregion = a\n[__proto__]\nb = c\n');
    assert.deepEqual(sections, []);
    assert.deepEqual(problems, [
      { line: 3, message: 'The AWS SDK refuses the whole file because of the name “__proto__”.' },
    ]);
  });

  test('names that every object has are sections and keys like any other', () => {
    assert.deepEqual(entriesOf('[constructor]\ntoString = a\n__proto__ = b\n', 'constructor'), [
      ['toString', 'a'],
      ['__proto__', 'b'],
    ]);
    assert.equal(({} as Record<string, unknown>)['b'], undefined);
  });

  test('a UTF-16 file is one problem, not one for each line', () => {
    const text = Buffer.from('[default]\nregion = eu-west-1\n', 'utf16le').toString('utf8');
    assert.deepEqual(parseIni(text).problems, [
      { line: 1, message: 'The file is not plain text. Save it as UTF-8.' },
    ]);
  });

  test('rubbish without end yields a bounded number of problems', () => {
    assert.equal(parseIni('rubbish\n'.repeat(50_000)).problems.length, 100);
  });

  test('time grows in proportion to the file, whatever its lines look like', () => {
    for (const unit of ['[', ' ', 'a ', '\t#', '="', 'a-', '[profile a']) {
      const short = fastest(() => parseIni(unit.repeat(20_000)));
      const long = fastest(() => parseIni(unit.repeat(160_000)));
      assert.ok(long < Math.max(short, 1) * 32, `${unit}: ${short} ms, then ${long} ms`);
    }
  });

  test('any text is read as the SDK reads it', async () => {
    await fc.assert(
      fc.asyncProperty(iniText, async (text) => {
        const ours = parseIni(text).sections.filter(({ entries }) => entries.size > 0);
        assert.deepEqual(
          Object.fromEntries(ours.map(({ name, entries }) => [name, Object.fromEntries(entries)])),
          await sdkSections(text),
        );
      }),
      { numRuns: 2000 },
    );
  });
});

const word = fc.constantFrom(
  'region',
  'default',
  'a',
  'b.c',
  'x-y',
  'ssm',
  'endpoint_url',
  'é',
  '',
);
const blank = fc.constantFrom('', ' ', '  ', '\t', '\uFEFF', '\u00A0');
const value = fc.constantFrom(
  '',
  'v',
  'a=b',
  'x # y',
  'x;y',
  'p ;q',
  '"q"',
  'http://127.0.0.1:4566/',
);
const header = fc
  .tuple(
    fc.constantFrom(
      '',
      'profile ',
      'sso-session ',
      'services ',
      'plugin ',
      'profile  ',
      'profile\t',
    ),
    fc.constantFrom('', '"', "'"),
    word,
    fc.constantFrom('', ' b', '@c/d:e%', '.f'),
    fc.constantFrom('', '"', "'"),
    fc.constantFrom(']', '', '] ', '] # c', ']x', ']]'),
  )
  .map(([type, open, name, more, close, end]) => `[${type}${open}${name}${more}${close}${end}`);
const entry = fc
  .tuple(blank, word, blank, fc.constantFrom('=', '=', '', '=='), blank, value)
  .map((parts) => parts.join(''));
const plainHeader = fc.constantFrom('[a]', '[default]', '[profile a]', '[services a]');
const nesting = fc.constantFrom('ssm =', '  ssm =', '  endpoint_url = u');
const comment = fc.constantFrom('# c', ';c', '  # c', '');
const rubbish = fc.string({ unit: fc.constantFrom(...Array.from('[]=#; \t"\'ab.:-\r')) });
const iniText = fc
  .tuple(
    fc.constantFrom('', '\uFEFF'),
    fc.array(
      fc.tuple(
        fc.oneof(plainHeader, header, entry, entry, nesting, comment, rubbish),
        fc.constantFrom('\n', '\r\n'),
      ),
    ),
  )
  .map(([mark, lines]) => mark + lines.flat().join(''));

/** The SDK keeps the credentials file's sections as its parser returns them. */
async function sdkSections(text: string): Promise<unknown> {
  externalDataInterceptor.interceptFile('generated-credentials', text);
  externalDataInterceptor.interceptFile('generated-config', '');
  const { credentialsFile } = await loadSharedConfigFiles({
    filepath: 'generated-credentials',
    configFilepath: 'generated-config',
  });
  return credentialsFile;
}

function entriesOf(text: string, name: string): readonly (readonly [string, string])[] {
  const section = parseIni(text).sections.find((section) => section.name === name);
  return section ? [...section.entries] : [];
}

function fastest(task: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    task();
    return performance.now() - start;
  });
  return Math.min(...times);
}
