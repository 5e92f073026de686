import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly default: unknown }>>;
    };
  };
}

const ownId = 'secret-manager.secret-manager';

/** A secret as the tree hands it to a command. */
const node = {
  kind: 'resource',
  connection: { profile: 'security', region: 'eu-west-1' },
  resource: {
    kind: 'secret',
    arn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-a1b2c3',
    name: 'prod/db',
    tags: [],
  },
  label: 'db',
  place: 'branch',
};

suite('the extension in its host', () => {
  function extension(): vscode.Extension<unknown> {
    const found = vscode.extensions.getExtension(ownId);
    assert.ok(found, `${ownId} is not installed`);
    return found;
  }

  function manifest(): Manifest {
    return extension().packageJSON as Manifest;
  }

  suiteSetup(async () => {
    await extension().activate();
  });

  test('activates', () => {
    assert.equal(extension().isActive, true);
  });

  test('loads no AWS code before the first AWS call', () => {
    const dist = join(extension().extensionPath, 'dist');
    const loaded = Object.keys(require.cache).filter((path) => path.startsWith(dist));
    assert.deepEqual(loaded, [join(dist, 'extension.js')]);
  });

  test('registers exactly the commands of its manifest', async () => {
    const declared = manifest().contributes.commands.map(({ command }) => command);
    const registered = (await vscode.commands.getCommands(true)).filter(
      (id) =>
        id.startsWith('secretManager.') &&
        // The editor makes these for every view and container itself.
        !id.startsWith('secretManager.explorer.'),
    );
    assert.ok(declared.length > 20);
    assert.deepEqual(registered.toSorted(), declared.toSorted());
  });

  test('translates every title of its manifest', () => {
    const titles = manifest().contributes.commands.map(({ title }) => title);
    assert.deepEqual(
      titles.filter((title) => title === '' || title.includes('%')),
      [],
    );
  });

  test('settings have the defaults of the manifest', () => {
    const { properties } = manifest().contributes.configuration;
    for (const [key, { default: expected }] of Object.entries(properties)) {
      const inspected = vscode.workspace.getConfiguration().inspect(key);
      assert.deepEqual(inspected?.defaultValue, expected, key);
    }
  });

  test('a workspace cannot hide profiles, unmark production or keep values on the clipboard', async () => {
    for (const [key, value] of [
      ['secretManager.profiles.hidden', ['security']],
      ['secretManager.production', ['none']],
      ['secretManager.clipboardClearSeconds', 0],
    ] as const) {
      const configuration = vscode.workspace.getConfiguration();
      const before = configuration.get(key);
      await assert.rejects(async () => {
        await configuration.update(key, value, vscode.ConfigurationTarget.Workspace);
      }, key);
      assert.deepEqual(vscode.workspace.getConfiguration().get(key), before, key);
    }
  });

  test('a command on a node of the tree acts on that node', async () => {
    await vscode.commands.executeCommand('secretManager.copyName', node, [node]);
    assert.equal(await vscode.env.clipboard.readText(), 'prod/db');
    await vscode.commands.executeCommand('secretManager.copyArn', node);
    assert.equal(await vscode.env.clipboard.readText(), node.resource.arn);
  });

  test('a command on several selected nodes acts on all of them', async () => {
    const other = { ...node, resource: { ...node.resource, name: 'prod/api' } };
    await vscode.commands.executeCommand('secretManager.copyName', node, [node, other]);
    assert.equal(await vscode.env.clipboard.readText(), 'prod/db\nprod/api');
  });
});
