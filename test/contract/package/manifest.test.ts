import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import '../../fakes/registerVscode.ts';
import { activateBundle } from '../../fakes/activateBundle.ts';
import { fakeHost } from '../../fakes/vscodeApi.ts';
import { repositoryRoot } from '../../host/paths.ts';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings: readonly MenuItem[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly scope?: string }>>;
    };
    readonly walkthroughs: readonly unknown[];
  };
}

/** What only makes sense with the node that a menu or a click passes. */
const nodeOnly = [
  'hideProfile',
  'loadMore',
  'remedy',
  'removeAdded',
  'removeRegion',
  'retry',
  'revealPin',
  'unpin',
].map((id) => `secretManager.${id}`);

suite('the manifest', () => {
  let manifest: Manifest;
  let written: string;
  let extension: { dispose(): void };

  suiteSetup(async () => {
    written = await readFile(join(repositoryRoot, 'package.json'), 'utf8');
    manifest = JSON.parse(written) as Manifest;
    extension = activateBundle(join(repositoryRoot, manifest.main));
  });

  suiteTeardown(() => {
    extension.dispose();
  });

  test('declares exactly the commands that activation registers', () => {
    const declared = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(declared.toSorted(), [...fakeHost.commands.keys()].toSorted());
  });

  test('declares exactly the settings that the code listens to', () => {
    const listened = fakeHost.listenedSettings();
    const declared = Object.keys(manifest.contributes.configuration.properties);
    assert.deepEqual(declared.toSorted(), [...listened].toSorted());
  });

  test('gives every command a category and a title of its own', () => {
    const { commands } = manifest.contributes;
    assert.deepEqual(
      commands.filter(({ category }) => category !== '%category%'),
      [],
    );
    assert.equal(new Set(commands.map(({ title }) => title)).size, commands.length);
  });

  test('hides from the palette what needs a node', () => {
    const hidden = new Set(
      (manifest.contributes.menus['commandPalette'] ?? [])
        .filter(({ when }) => when === 'false')
        .map(({ command }) => command),
    );
    assert.deepEqual(
      nodeOnly.filter((command) => !hidden.has(command)),
      [],
    );
  });

  test('names no command in a menu or key binding that it does not declare', () => {
    const declared = new Set(manifest.contributes.commands.map(({ command }) => command));
    const used = [
      ...Object.values(manifest.contributes.menus).flat(),
      ...manifest.contributes.keybindings,
    ].map(({ command }) => command);
    assert.deepEqual(
      used.filter((command) => !declared.has(command)),
      [],
    );
  });

  test('asks in its when-clauses only for settings that it declares and contexts that the code sets', async () => {
    const clauses = whenClauses(manifest.contributes).join('\n');
    const settings = names(clauses, /\bconfig\.(secretManager(?:\.\w+)+)/g);
    const contexts = names(clauses, /(?<!config\.)\b(secretManager\.\w+)/g);
    const sources = await texts('src/**/*.ts');
    const set = names(sources, /setContext\b[^;]*?'(secretManager\.\w+)'/g);
    const views = ['secretManager.explorer'];
    assert.deepEqual(without(contexts, new Set([...set, ...views])), []);
    assert.deepEqual(without(set, contexts), [], 'a context that nothing asks for');
    assert.deepEqual(
      without(settings, new Set(Object.keys(manifest.contributes.configuration.properties))),
      [],
    );
  });

  test('and the texts beside it have the same keys', async () => {
    const nls = JSON.parse(
      await readFile(join(repositoryRoot, 'package.nls.json'), 'utf8'),
    ) as Record<string, string>;
    assert.deepEqual([...names(written, /"%([\w.]+)%"/g)].toSorted(), Object.keys(nls).toSorted());
  });

  test('names commands and settings in its texts that exist', async () => {
    const nls = await readFile(join(repositoryRoot, 'package.nls.json'), 'utf8');
    const commands = names(nls, /command:(secretManager\.[\w.]+)/g);
    const settings = names(nls, /openSettings\?%22(secretManager\.[\w.]+)%22/g);
    assert.ok(commands.size > 0 && settings.size > 0);
    const declared = new Set(manifest.contributes.commands.map(({ command }) => command));
    // The editor makes this one for every view.
    declared.add('secretManager.explorer.focus');
    assert.deepEqual(without(commands, declared), []);
    assert.deepEqual(
      without(settings, new Set(Object.keys(manifest.contributes.configuration.properties))),
      [],
    );
  });

  test('lets no workspace change a setting', () => {
    const { properties } = manifest.contributes.configuration;
    assert.deepEqual(
      Object.entries(properties)
        .filter(([, { scope }]) => scope !== 'machine' && scope !== 'application')
        .map(([name]) => name),
      [],
    );
  });

  test('names media that are there', async () => {
    const named = names(written, /"(media\/[^"]+)"/g);
    assert.ok(named.size >= 5);
    const there = new Set(
      await Array.fromAsync(glob('media/**/*.*', { cwd: repositoryRoot }), (path) =>
        path.replaceAll('\\', '/'),
      ),
    );
    assert.deepEqual(without(named, there), []);
  });
});

function whenClauses(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    (key === 'when' || key === 'enablement') && typeof inner === 'string'
      ? [inner]
      : whenClauses(inner),
  );
}

function without(names: ReadonlySet<string>, known: ReadonlySet<string>): readonly string[] {
  return [...names].filter((name) => !known.has(name));
}

function names(text: string, pattern: RegExp): Set<string> {
  return new Set(Array.from(text.matchAll(pattern), ([, name = '']) => name));
}

async function texts(pattern: string): Promise<string> {
  const read = await Array.fromAsync(glob(pattern, { cwd: repositoryRoot }), (path) =>
    readFile(join(repositoryRoot, path), 'utf8'),
  );
  return read.join('\n');
}
