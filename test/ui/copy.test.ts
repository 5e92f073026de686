import assert from 'node:assert/strict';
import { parameter, parametersPath, SandboxWindow, secretsPath } from './sandboxWindow.ts';
import { poll } from './support/poll.ts';

const db = [...secretsPath, 'prod', 'payments', 'db'];
const dbHost = [...parametersPath, 'prod', 'payments', 'db-host'];
const countdown = /^Clipboard clears in \d+ s$/;

suite('Copying', () => {
  let window: SandboxWindow;

  suiteSetup(async function () {
    this.timeout(180_000);
    window = await SandboxWindow.open({
      settings: {
        'secretManager.clipboardClearSeconds': 4,
        'secretManager.explorer.indexLimit': 0,
      },
    });
    await window.tree.row(['security']);
    await window.tree.expand(db.slice(0, -1));
    await window.tree.expand(dbHost.slice(0, -1));
  });

  suiteTeardown(async () => {
    await window.close();
  });

  test('a name and an ARN are copied without a call and stay on the clipboard', async () => {
    const cost = await window.costOf(async () => {
      await window.tree.chooseFromContextMenu(db, 'Copy Name');
      await clipboardHolds(/^prod\/payments\/db$/);
      await window.tree.chooseFromContextMenu(db, 'Copy ARN');
      await clipboardHolds(
        /^arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod\/payments\/db-/,
      );
    });
    assert.deepEqual(cost, []);
    assert.equal(await findCountdown(), undefined);
  });

  test('a value is fetched when it is copied, by version stage, and leaves the clipboard in time', async () => {
    const calls = await window.callsOf(async () => {
      await window.tree.inlineAction(db, 'Copy Value');
      await clipboardHolds(/"username"/);
      await window.workbench.waitForStatusBarItem(countdown);
      await clipboardHolds(/^$/);
    });
    assert.deepEqual(
      calls.map((call) => [call.operation, parameter(call, 'VersionStage')]),
      [['GetSecretValue', 'AWSCURRENT']],
    );
    assert.equal(await findCountdown(), undefined);
  });

  test('what the person copies in the meantime is left alone', async () => {
    await window.tree.inlineAction(db, 'Copy Value');
    await clipboardHolds(/"username"/);
    await window.workbench.setClipboard('something else');
    await poll('the countdown to end', async () =>
      (await findCountdown()) === undefined ? true : undefined,
    );
    assert.equal(await window.workbench.clipboard(), 'something else');
  });

  test('a click on the countdown clears at once', async () => {
    await window.tree.inlineAction(db, 'Copy Value');
    await clipboardHolds(/"username"/);
    await window.workbench.clickStatusBarItem(countdown);
    await clipboardHolds(/^$/);
  });

  test('one key’s value is copied alone', async () => {
    await window.tree.chooseFromContextMenu(db, 'Copy Key’s Value…');
    await window.workbench.quickInput.pick('dbname');
    await clipboardHolds(/^payments$/);
  });

  test('a parameter’s value is decrypted only when it is copied', async () => {
    const calls = await window.callsOf(async () => {
      await window.tree.inlineAction(dbHost, 'Copy Value');
      await clipboardHolds(/\.amazonaws\.com$|\.internal$|^[a-z]/);
    });
    assert.deepEqual(
      calls.map(({ operation }) => operation),
      ['GetParameter'],
    );
  });

  test('a CLI command names profile, region and endpoint, and no value', async () => {
    await window.tree.chooseFromContextMenu(db, 'Copy as CLI Command…');
    await window.workbench.quickInput.pick('Get Value');
    await clipboardHolds(
      /^aws secretsmanager get-secret-value .*--profile security.*--region eu-west-1.*http:\/\/127\.0\.0\.1/,
    );
  });

  test('a local endpoint has no console, and that is said', async () => {
    await window.tree.chooseFromContextMenu(db, 'Open in AWS Console');
    const { message } = await window.workbench.waitForNotification(/console/i);
    assert.match(message, /127\.0\.0\.1/);
    assert.deepEqual(window.workbench.seen.openedUrls, []);
  });

  async function clipboardHolds(text: RegExp): Promise<void> {
    await poll(
      `the clipboard to hold ${String(text)}`,
      async () => (text.test(await window.workbench.clipboard()) ? true : undefined),
      // Its length only: it can be a value.
      async () => `It holds ${(await window.workbench.clipboard()).length} characters.`,
    );
  }

  async function findCountdown(): Promise<string | undefined> {
    const items = await window.workbench.statusBarItems();
    return items.find(({ text }) => countdown.test(text))?.text;
  }
});
