import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { securityKey } from '../sandbox/accounts.ts';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { parametersPath, SandboxWindow, secretsPath } from './sandboxWindow.ts';
import { poll } from './support/poll.ts';
import { ValueTraces } from './valueTraces.ts';

const [head, tail] = [`canary>head?${random()}`, `${random()}<tail/canary`];
const canary = `${head}+not-a-real-password+${tail}`;
const traces = new ValueTraces([head, tail]);
const settledMilliseconds = 700;

suite('A value', () => {
  let window: SandboxWindow;
  /** What was visible at each step: the DOM, the accessibility tree and the rows. */
  const seen: { readonly step: string; readonly content: string }[] = [];

  suiteSetup(async function () {
    this.timeout(180_000);
    const sandbox = await startSandbox();
    await putCanaries(sandbox);
    window = await SandboxWindow.open({
      sandbox,
      settings: { 'secretManager.clipboardClearSeconds': 5 },
    });
  });

  suiteTeardown(async () => {
    await window.close();
  });

  test('is found by this search in each form', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'value-traces-'));
    try {
      const forms: readonly Buffer[] = [
        Buffer.from(`{"password":"${canary}"}`),
        Buffer.from(`{"password":"${canary}"}`, 'utf16le'),
        ...['', 'x', 'xy'].map((before) =>
          Buffer.from(Buffer.from(`${before}${canary}`).toString('base64')),
        ),
        Buffer.from(encodeURIComponent(canary)),
        Buffer.from(Buffer.from(canary).toString('hex')),
        Buffer.from(canary.slice(0, head.length)),
        Buffer.from(canary.slice(-tail.length)),
      ];
      await Promise.all(
        forms.map((form, index) => writeFile(join(folder, `${String(index)}.bin`), form)),
      );
      await writeFile(join(folder, 'other.txt'), canary.slice(0, head.length - 1));
      assert.equal((await traces.inFolder(folder)).length, forms.length);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('is nowhere on the screen while everything about it is opened', async () => {
    const { tree } = window;
    const secret = [...secretsPath, 'leak', 'database'];
    await tree.expand(secret);
    await tree.click([...secret, 'Keys']);
    await tree.row([...secret, 'Keys', 'password']);
    for (const group of ['Keys', 'Versions', 'Rotation', 'Replicas', 'Tags']) {
      await tree.expand([...secret, group]);
    }
    await look('the secret');
    seen.push({ step: 'the secret’s tooltip', content: await tree.tooltip(secret) });
    await tree.contextMenu([...secret, 'Keys', 'password']);
    for (const name of ['plain', 'secure', 'list']) {
      await tree.expand([...parametersPath, 'leak', name, 'Versions']);
      seen.push({
        step: `the tooltip of ${name}`,
        content: await tree.tooltip([...parametersPath, 'leak', name]),
      });
    }
    await look('the parameters');
    nothingSeen();
  });

  test('goes to the clipboard and nowhere else when it is copied', async () => {
    const { tree, workbench } = window;
    await tree.inlineAction([...secretsPath, 'leak', 'database', 'Keys', 'password'], 'Copy Key');
    await clipboardHolds(canary);
    await look('after copying a key’s value');
    await tree.inlineAction([...secretsPath, 'leak', 'database'], 'Copy Value');
    await clipboardHolds(JSON.stringify({ user: 'app', password: canary }));
    await look('after copying a secret');
    await tree.inlineAction([...parametersPath, 'leak', 'secure'], 'Copy Value');
    await clipboardHolds(canary);
    await look('after copying a parameter');
    seen.push({ step: 'notifications', content: JSON.stringify(await workbench.notifications()) });
    nothingSeen();
  });

  test('is in no message when its answer is cut in half', async () => {
    const { tree, workbench } = window;
    const secret = [...secretsPath, 'leak', 'database'];
    for (const kind of ['truncate-json', 'truncate'] as const) {
      window.sandbox.proxy.inject({ kind, operation: 'GetSecretValue' });
      await tree.inlineAction(secret, 'Copy Value');
      await workbench.waitForNotification(/GetSecretValue/);
      seen.push({ step: kind, content: JSON.stringify(await workbench.notifications()) });
      await look(kind);
      window.sandbox.proxy.clear();
      await workbench.clearNotifications();
    }
    nothingSeen();
  });

  test('stays in no file, no browser storage and no line that the editor printed', async () => {
    const { workbench, sandbox } = window;
    await poll('the clipboard to be cleared', async () =>
      (await workbench.clipboard()) === '' ? true : undefined,
    );
    const { page, userDataDir, seen: printed } = workbench;
    // With the settings, the server's own folder and its temporary files; this host writes no log of an extension.
    assert.deepEqual(await traces.inFolder(dirname(userDataDir)), []);
    assert.deepEqual(await traces.inFolder(sandbox.home), []);
    assert.deepEqual(await traces.inFolder(sandbox.workspace), []);
    const storage = JSON.stringify(await page.context().storageState({ indexedDB: true }));
    assert.ok(storage.length > 1000, 'The window keeps its state in the browser.');
    assert.deepEqual(traces.in(storage), []);
    assert.deepEqual(traces.in(printed.serverLines.join('\n')), []);
    assert.deepEqual(traces.in(printed.consoleLines.join('\n')), []);
  });

  async function look(step: string): Promise<void> {
    const { workbench } = window;
    // What a step writes on the screen reaches it after the clipboard has the value.
    await delay(settledMilliseconds);
    seen.push({
      step,
      content: [
        await workbench.page.content(),
        await workbench.page.locator('body').ariaSnapshot(),
        JSON.stringify(await workbench.explorer.allRows()),
        JSON.stringify(await workbench.statusBarItems()),
      ].join('\n'),
    });
  }

  function nothingSeen(): void {
    assert.ok(seen.some(({ content }) => content.length > 10_000));
    assert.deepEqual(
      seen.filter(({ content }) => traces.in(content).length > 0).map(({ step }) => step),
      [],
    );
  }

  async function clipboardHolds(text: string): Promise<void> {
    await poll('the value to be copied', async () =>
      (await window.workbench.clipboard()) === text ? true : undefined,
    );
  }
});

async function putCanaries({ proxyUrl: endpoint }: Sandbox): Promise<void> {
  const options = { endpoint, region: 'eu-west-1', credentials: securityKey };
  const secrets = new SecretsManagerClient(options);
  const parameters = new SSMClient(options);
  await secrets.send(
    new CreateSecretCommand({
      Name: 'leak/database',
      SecretString: JSON.stringify({ user: 'app', password: canary }),
    }),
  );
  for (const [name, Type] of [
    ['plain', 'String'],
    ['secure', 'SecureString'],
    ['list', 'StringList'],
  ] as const) {
    await parameters.send(new PutParameterCommand({ Name: `/leak/${name}`, Type, Value: canary }));
  }
  secrets.destroy();
  parameters.destroy();
}

function random(): string {
  return randomBytes(9).toString('hex');
}
