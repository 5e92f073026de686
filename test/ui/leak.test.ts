import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { securityKey } from '../sandbox/accounts.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { parametersPath, SandboxWindow, secretsPath } from './sandboxWindow.ts';
import { poll } from './support/poll.ts';

/** Nothing else in the world is called so; the characters make each encoding differ from the others. */
const canary = `canary-Zq7/+ü${'x'.repeat(3)}-${process.pid}`;
const secret = [...secretsPath, 'leak', 'secret'];
const parameter = [...parametersPath, 'leak', 'parameter'];

suite('A value leaks nowhere', () => {
  let window: SandboxWindow;
  /** What a person could see or hear on the way. */
  const seen: string[] = [];

  suiteSetup(async function () {
    this.timeout(180_000);
    const sandbox = await startSandbox();
    const options = {
      endpoint: sandbox.proxyUrl,
      region: 'eu-west-1',
      credentials: securityKey,
    };
    const secrets = new SecretsManagerClient(options);
    const parameters = new SSMClient(options);
    await secrets.send(
      new CreateSecretCommand({
        Name: 'leak/secret',
        SecretString: JSON.stringify({ username: 'app', password: canary }),
      }),
    );
    for (const Value of [`${canary}-1`, canary]) {
      await parameters.send(
        new PutParameterCommand({
          Name: '/leak/parameter',
          Type: 'SecureString',
          Value,
          Overwrite: true,
        }),
      );
    }
    secrets.destroy();
    parameters.destroy();
    window = await SandboxWindow.open({
      sandbox,
      settings: { 'secretManager.clipboardClearSeconds': 3 },
    });
    await window.tree.row(['security']);
  });

  suiteTeardown(async () => {
    await window.close();
  });

  test('while it is browsed, copied and searched for', async () => {
    for (const group of ['Versions', 'Rotation', 'Replicas', 'Tags']) {
      await window.tree.expand([...secret, group]);
    }
    await window.tree.click([...secret, 'Keys']);
    await window.tree.row([...secret, 'Keys', 'password']);
    await remember();
    seen.push(await window.tree.tooltip(secret));
    await copied(() => window.tree.inlineAction(secret, 'Copy Value'));
    await copied(() =>
      window.tree.inlineAction([...secret, 'Keys', 'password'], 'Copy Key’s Value…'),
    );
    await window.tree.expand([...parameter, 'Versions']);
    seen.push(await window.tree.tooltip(parameter));
    await copied(() => window.tree.inlineAction(parameter, 'Copy Value'));
    await remember();
    await window.workbench.runCommand('Secret Manager: Show Log');
    await remember();
    await window.reload();
    await window.tree.expand(secret);
    await remember();

    assert.ok(seen.some((text) => text.includes('leak/secret')));
    for (const text of seen) {
      assertFree(Buffer.from(text), 'what the window shows and says');
    }
  }).timeout(150_000);

  test('into a file of the editor, the browser, the workspace or the home', async () => {
    const browserProfiles = (await readdir(tmpdir()))
      .filter((name) => name.startsWith('playwright'))
      .map((name) => join(tmpdir(), name));
    const { userDataDir } = window.workbench;
    const { home, workspace } = window.sandbox;
    const files = await search([userDataDir, home, workspace, ...browserProfiles]);
    assert.ok(files > 20, `only ${files} files were searched`);
  }).timeout(60_000);

  test('into what the server and the page print', () => {
    const { serverLines, consoleLines } = window.workbench.seen;
    for (const line of [...serverLines, ...consoleLines]) {
      assertFree(Buffer.from(line), 'the output');
    }
  });

  async function remember(): Promise<void> {
    seen.push(JSON.stringify(await window.tree.allRows()));
    seen.push(JSON.stringify(await window.workbench.statusBarItems()));
    seen.push(JSON.stringify(await window.workbench.notifications()));
    seen.push(await window.workbench.page.content());
    seen.push(await window.workbench.page.locator('body').ariaSnapshot());
  }

  /** The clipboard is where the value belongs, for a while. */
  async function copied(copy: () => Promise<void>): Promise<void> {
    await copy();
    await poll('the value on the clipboard', async () =>
      (await window.workbench.clipboard()).includes(canary) ? true : undefined,
    );
    await remember();
    await poll('the clipboard to clear', async () =>
      (await window.workbench.clipboard()) === '' ? true : undefined,
    );
  }
});

const forms: readonly Buffer[] = [
  Buffer.from(canary),
  Buffer.from(canary, 'utf16le'),
  Buffer.from(encodeURIComponent(canary)),
  Buffer.from(JSON.stringify(canary).slice(1, -1)),
  // Base64 depends on where in a group of three bytes the value begins.
  ...[0, 1, 2].map((offset) => {
    const encoded = Buffer.from('\0'.repeat(offset) + canary).toString('base64');
    return Buffer.from(encoded.slice(4, -4));
  }),
];

function assertFree(content: Buffer, where: string): void {
  for (const form of forms) {
    assert.ok(!content.includes(form), `the value is in ${where}`);
  }
}

async function search(folders: readonly string[]): Promise<number> {
  let files = 0;
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) {
        const path = join(entry.parentPath, entry.name);
        // A file that goes away meanwhile holds nothing.
        assertFree(await readFile(path).catch(() => Buffer.alloc(0)), path);
        files += 1;
      }
    }
  }
  return files;
}
