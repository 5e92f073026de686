import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, glob, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** One file that breaks a rule, and a word of what the linter has to say of it. */
const breaches: readonly (readonly [
  rule: string,
  file: string,
  text: string,
  complaint: string,
])[] = [
  ['core knows no editor', 'src/core/a.ts', "import 'vscode';", 'vscode'],
  ['commands know no editor', 'src/commands/a.ts', "import 'vscode';", 'vscode'],
  ['the tree’s model knows no editor', 'src/explorer/model/a.ts', "import 'vscode';", 'vscode'],
  ['the AWS side knows no editor', 'src/aws/a.ts', "import 'vscode';", 'vscode'],
  ['connections know no SDK', 'src/connections/a.ts', "import '@aws-sdk/client-ssm';", '@aws-sdk'],
  ['the editor’s side knows no SDK', 'src/ui/a.ts', "import '@aws-sdk/client-ssm';", '@aws-sdk'],
  ['the editor’s side loads no AWS adapter', 'src/ui/a.ts', "import '../aws/index.ts';", 'aws'],
  ['the root knows no SDK', 'src/a.ts', "import '@smithy/core';", '@smithy'],
  ['commands know no Node', 'src/commands/a.ts', "import 'node:fs';", 'node:'],
  ['core knows no AWS adapter', 'src/core/a.ts', "import '../aws/index.ts';", 'aws'],
  ['core knows no command', 'src/core/a.ts', "import '../commands/b.ts';", 'commands'],
  ['source knows no test', 'src/ui/a.ts', "import '../../test/fakes/b.ts';", 'test'],
  ['no default exports', 'src/core/a.ts', 'export default 1;', 'no-default-export'],
  ['no any', 'src/core/a.ts', 'export const a: any = 1;', 'no-explicit-any'],
  ['no console', 'src/ui/a.ts', "console.log('a');", 'no-console'],
  ['no long files', 'src/core/a.ts', 'export {};\n'.repeat(301), 'max-lines'],
];

suite('the house', () => {
  let folder: string;

  suiteSetup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'architecture-'));
    await cp(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  });

  suiteTeardown(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  for (const [rule, file, text, complaint] of breaches) {
    test(`the linter sees to it: ${rule}`, async () => {
      const output = await lint({ [file]: text });
      assert.match(output, new RegExp(complaint));
    });
  }

  test('the linter sees a cycle of two files', async () => {
    const output = await lint({
      'src/core/a.ts': "import { b } from './b.ts';\nexport const a = (): unknown => b;\n",
      'src/core/b.ts': "import { a } from './a.ts';\nexport const b = (): unknown => a;\n",
    });
    assert.match(output, /no-cycle/);
  });

  test('the linter has nothing to say of a file that breaks no rule', async () => {
    assert.equal(await lint({ 'src/core/a.ts': 'export const a = 1;\n' }), '');
  });

  test('the pure folders import no editor, no SDK and no Node', async () => {
    const pure = 'src/{core,connections,commands,util,explorer/model}/**/*.ts';
    const texts = await sources(pure);
    assert.ok(texts.size > 50);
    for (const [file, text] of texts) {
      assert.doesNotMatch(text, /from '(vscode|node:|@aws-sdk\/|@smithy\/)/, file);
    }
  });

  test('the tree and the editor’s side reach AWS through its ports alone', async () => {
    const texts = await sources('src/{explorer,ui}/**/*.ts');
    assert.ok(texts.size > 20);
    for (const [file, text] of texts) {
      assert.doesNotMatch(text, /(from|import\() ?'(\.\.\/)+aws\//, file);
    }
  });

  test('the AWS side is loaded by the first call, not with the extension', async () => {
    for (const [file, text] of await sources('src/{*,!(aws)/**/*}.ts')) {
      assert.doesNotMatch(text, /^import (?!type )[^;]*from '[^']*\/aws\//m, file);
    }
  });

  test('a third of the files or fewer know the editor', async () => {
    const texts = [...(await sources('src/**/*.ts')).values()];
    const knowing = texts.filter((text) => /from 'vscode'/.test(text)).length;
    assert.ok(knowing > 0 && knowing <= texts.length / 3, `${knowing} of ${texts.length}`);
  });

  /** What the linter complains about, empty when it does not. */
  async function lint(files: Readonly<Record<string, string>>): Promise<string> {
    await rm(join(folder, 'src'), { recursive: true, force: true });
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
    return await run(process.execPath, [oxlint, '--deny-warnings', 'src'], { cwd: folder }).then(
      () => '',
      (error: { readonly stdout: string }) => error.stdout,
    );
  }
});

/** Each matching file's text by its path. */
async function sources(pattern: string): Promise<ReadonlyMap<string, string>> {
  const files = await Array.fromAsync(glob(pattern, { cwd: root }));
  return new Map(
    await Promise.all(
      files.map(async (file) => [file, await readFile(join(root, file), 'utf8')] as const),
    ),
  );
}
