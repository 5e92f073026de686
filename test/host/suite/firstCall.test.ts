import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { fakePassword } from '../../sandbox/seedValues.ts';
import { proxyVariable } from '../suiteResults.ts';

interface Call {
  readonly operation: string;
  readonly params: Readonly<Record<string, unknown>>;
}

const name = '/prod/payments/db';
/** A parameter of the sandbox as the tree hands it to a command. */
const node = {
  kind: 'resource',
  connection: { profile: 'security', region: 'eu-west-1' },
  resource: {
    kind: 'parameter',
    arn: `arn:aws:ssm:eu-west-1:111122223333:parameter${name}`,
    name,
    type: 'SecureString',
  },
  label: 'db',
  place: 'branch',
};

suite('the first AWS call', () => {
  const journal = `${process.env[proxyVariable] ?? ''}/_proxy/journal`;

  /** This runs in the extension's own process. */
  function isAwsLoaded(): boolean {
    const extension = vscode.extensions.getExtension('secret-manager.secret-manager');
    assert.ok(extension);
    return join(extension.extensionPath, 'dist', 'aws', 'index.js') in require.cache;
  }

  async function calls(): Promise<readonly Call[]> {
    const entries = (await (await fetch(journal)).json()) as readonly Call[];
    return entries.filter(({ operation }) => operation === 'GetParameter');
  }

  test('loads the AWS code, fetches what was asked for and nothing before that', async () => {
    assert.equal(isAwsLoaded(), false);
    assert.deepEqual(await calls(), []);
    await vscode.commands.executeCommand('secretManager.copyValue', node, [node]);
    assert.equal(await vscode.env.clipboard.readText(), fakePassword(name));
    assert.equal(isAwsLoaded(), true);
    assert.deepEqual(
      (await calls()).map(({ params }) => [params['Name'], params['WithDecryption']]),
      [[node.resource.arn, true]],
    );
  });

  test('is taken off the clipboard by a command', async () => {
    await vscode.commands.executeCommand('secretManager.clearClipboard');
    assert.equal(await vscode.env.clipboard.readText(), '');
  });
});
