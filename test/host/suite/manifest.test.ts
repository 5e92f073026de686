import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

interface Contributions {
  readonly commands: readonly { readonly command: string; readonly category?: string }[];
  readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
}

/** What does nothing without the row of the tree that it was chosen on. */
const onlyOnNodes = [
  'hideProfile',
  'loadMore',
  'remedy',
  'removeAdded',
  'removeRegion',
  'retry',
  'revealPin',
  'showKeys',
  'unpin',
].map((id) => `secretManager.${id}`);

suite('the manifest', () => {
  let folder: string;
  let contributes: Contributions;

  suiteSetup(() => {
    const extension = vscode.extensions.getExtension<unknown>('secret-manager.secret-manager');
    assert.ok(extension);
    folder = extension.extensionPath;
    ({ contributes } = extension.packageJSON as { readonly contributes: Contributions });
  });

  test('keeps from the palette exactly the commands that need a node', () => {
    const hidden = (contributes.menus['commandPalette'] ?? [])
      .filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    assert.deepEqual(hidden.toSorted(), onlyOnNodes);
  });

  test('puts every command in the one category', () => {
    assert.deepEqual(
      contributes.commands.filter(({ category }) => category !== 'Secret Manager'),
      [],
    );
  });

  test('names in its menus only commands that there are', () => {
    const known = new Set(contributes.commands.map(({ command }) => command));
    const named = Object.values(contributes.menus).flatMap((items) =>
      items.map(({ command }) => command),
    );
    assert.ok(named.length > known.size);
    assert.deepEqual(
      named.filter((command) => !known.has(command)),
      [],
    );
  });

  test('has a text for each of its keys, and no text without a key', async () => {
    const manifest = await readFile(join(folder, 'package.json'), 'utf8');
    const texts = JSON.parse(await readFile(join(folder, 'package.nls.json'), 'utf8')) as object;
    const keys = Array.from(manifest.matchAll(/"%([^"%]+)%"/g), ([, key]) => key);
    assert.deepEqual(new Set(keys), new Set(Object.keys(texts)));
  });
});
