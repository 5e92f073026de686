import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';

const root = join(import.meta.dirname, '../..');

suite('localization', () => {
  test('the bundle holds exactly the texts that the code shows: run "npm run l10n" after a change', async () => {
    const files = await Array.fromAsync(glob('src/**/*.ts', { cwd: root }));
    const sources = await Promise.all(
      files.map(async (file) => ({
        extension: '.ts' as const,
        contents: await readFile(join(root, file), 'utf8'),
      })),
    );
    const bundle = await readFile(join(root, 'l10n/bundle.l10n.json'), 'utf8');
    const extracted = await getL10nJson(sources);
    assert.ok(Object.keys(extracted).length > 100);
    assert.deepEqual(JSON.parse(bundle), extracted);
  }).timeout(30_000);

  test('no text is built before it is translated', async () => {
    for await (const file of glob('src/**/*.ts', { cwd: root })) {
      const text = await readFile(join(root, file), 'utf8');
      assert.doesNotMatch(text, /\bl10n\.t\(\s*[^'\s]/, file);
    }
  });
});
