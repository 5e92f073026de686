import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { binarySecret, databaseSecret, fakePassword } from '../sandbox/seedValues.ts';
import { parameter, parametersPath, SandboxWindow, secretsPath } from './sandboxWindow.ts';
import { poll } from './support/poll.ts';

const clearSeconds = 3;
const db = [...secretsPath, 'prod', 'payments', 'db'];
const value = databaseSecret('postgres', 'prod/payments/db', 3);
const countdown = /^Clipboard clears in \d+ s$/;

suite('Copying', () => {
  let window: SandboxWindow;

  suiteSetup(async function () {
    this.timeout(180_000);
    window = await SandboxWindow.open({
      settings: {
        'secretManager.clipboardClearSeconds': clearSeconds,
        'secretManager.explorer.indexLimit': 0,
        'workbench.hover.delay': 3_600_000,
      },
    });
    await window.tree.expand(db.slice(0, -1));
  });

  suiteTeardown(async () => {
    await window.close();
  });

  test('takes a name and an ARN from what is loaded, and leaves them on the clipboard', async () => {
    const calls = await window.callsOf(async () => {
      await window.tree.chooseFromContextMenu(db, 'Copy ARN');
      await clipboardIs(
        /^arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod\/payments\/db-\w{6}$/,
      );
      await window.tree.chooseFromContextMenu(db, 'Copy Name');
      await clipboardIs('prod/payments/db');
    });
    assert.deepEqual(calls, []);
    await delay((clearSeconds + 1.5) * 1000);
    assert.equal(await window.workbench.clipboard(), 'prod/payments/db');
  });

  test('takes the names of all selected items, by the keyboard too', async () => {
    await window.tree.click([...db.slice(0, -1), 'ledger-db']);
    await window.tree.click([...db.slice(0, -1), 'stripe'], { modifiers: ['ControlOrMeta'] });
    await window.workbench.page.keyboard.press('ControlOrMeta+c');
    await clipboardIs('prod/payments/ledger-db\nprod/payments/stripe');
  });

  test('fetches a value by its stage when asked for it, counts down, and clears it', async () => {
    const calls = await window.callsOf(async () => {
      await window.tree.inlineAction(db, 'Copy Value');
      await clipboardIs(value);
    });
    assert.deepEqual(
      calls.map((call) => [call.operation, parameter(call, 'VersionStage')]),
      [['GetSecretValue', 'AWSCURRENT']],
    );
    await window.workbench.waitForStatusBarItem('Copied the value of prod/payments/db.');
    await clipboardIs('');
    await countdownEnds();
  });

  test('does not clear what was copied elsewhere meanwhile', async () => {
    await copyValue();
    await window.workbench.setClipboard('copied elsewhere');
    await countdownEnds();
    await delay(500);
    assert.equal(await window.workbench.clipboard(), 'copied elsewhere');
  });

  test('ends the countdown with the next copy', async () => {
    await copyValue();
    await window.tree.chooseFromContextMenu(db, 'Copy Name');
    await clipboardIs('prod/payments/db');
    await countdownEnds();
    await delay((clearSeconds + 1) * 1000);
    assert.equal(await window.workbench.clipboard(), 'prod/payments/db');
  });

  test('clears at once by a click on the countdown', async () => {
    await copyValue();
    const clicked = Date.now();
    await window.workbench.clickStatusBarItem(countdown);
    await clipboardIs('');
    assert.ok(Date.now() - clicked < clearSeconds * 1000);
    await countdownEnds();
  });

  test('takes one key’s value out of a secret', async () => {
    await window.tree.expand(db);
    await window.tree.click([...db, 'Keys']);
    await window.tree.row([...db, 'Keys', 'password']);
    const calls = await window.callsOf(async () => {
      await window.tree.inlineAction([...db, 'Keys', 'password'], 'Copy Key’s Value');
      await clipboardIs(fakePassword('prod/payments/db', 3));
    });
    assert.deepEqual(
      calls.map((call) => [call.operation, parameter(call, 'VersionStage')]),
      [['GetSecretValue', 'AWSCURRENT']],
    );
    await countdownEnds();
  });

  test('asks by name which key’s value it is to be, and shows no value', async () => {
    const { quickInput } = window.workbench;
    await window.tree.chooseFromContextMenu(db, 'Copy Key’s Value…');
    const items = await quickInput.items();
    assert.deepEqual(
      items,
      ['engine', 'host', 'port', 'username', 'password', 'dbname', 'dbInstanceIdentifier'].map(
        (label) => ({ label, description: '', detail: '' }),
      ),
    );
    await quickInput.pick('port');
    await clipboardIs('5432');
    await countdownEnds();
    await window.tree.collapse(db);
  });

  test('says that a value which is no JSON object has no keys', async () => {
    await window.tree.chooseFromContextMenu([...secretsPath, 'legacy-ldap-bind'], 'Show Keys');
    const told = await window.workbench.waitForNotification(/legacy-ldap-bind/);
    assert.equal(
      told.message,
      'The value of legacy-ldap-bind is not a JSON object, so it has no keys. Copy the whole value instead.',
    );
    await window.workbench.clearNotifications();
  });

  test('takes a binary value as base64 and says so', async () => {
    const keystore = [...secretsPath, 'prod', 'identity', 'keystore'];
    await window.tree.expand(keystore.slice(0, -1));
    await window.tree.chooseFromContextMenu(keystore, 'Copy Value');
    await clipboardIs(binarySecret('prod/identity/keystore').toString('base64'));
    await window.workbench.waitForNotification(
      'prod/identity/keystore is binary. Its base64 form was copied.',
    );
    await window.workbench.clearNotifications();
    await window.tree.collapse(keystore.slice(0, -1));
    await countdownEnds();
  });

  test('decrypts a SecureString parameter', async () => {
    const password = [...parametersPath, 'prod', 'payments', 'db'];
    await window.tree.expand(password.slice(0, -1));
    const calls = await window.callsOf(async () => {
      await window.tree.chooseFromContextMenu(password, 'Copy Value');
      await clipboardIs(fakePassword('/prod/payments/db'));
    });
    assert.deepEqual(
      calls.map((call) => [call.operation, parameter(call, 'WithDecryption')]),
      [['GetParameter', true]],
    );
    await window.tree.collapse(parametersPath);
  });

  test('writes the AWS CLI’s command with the stage, and reads nothing for it', async () => {
    const { quickInput } = window.workbench;
    const calls = await window.callsOf(async () => {
      await window.tree.chooseFromContextMenu(db, 'Copy as CLI Command…');
      await quickInput.pick('Get Value');
      await clipboardIs(
        /^aws secretsmanager get-secret-value --secret-id arn:aws:\S+:secret:prod\/payments\/db-\w{6} --version-stage AWSCURRENT --profile security --region eu-west-1 --endpoint-url http:\/\/127\.0\.0\.1:\d+$/,
      );
    });
    assert.deepEqual(calls, []);
  });

  test('asks for the item when it is called from the palette', async () => {
    const { quickInput } = window.workbench;
    await window.workbench.runCommand('Secret Manager: Copy Name');
    await quickInput.waitFor('the question', ({ title }) => title === 'Copy Name');
    await quickInput.type('siem/ingest');
    await quickInput.pick('security/siem/ingest-token');
    await clipboardIs('security/siem/ingest-token');
  });

  test('does not open the AWS Console for what a local endpoint serves', async () => {
    await window.tree.chooseFromContextMenu(db, 'Open in AWS Console');
    const told = await window.workbench.waitForNotification(/AWS Console/);
    assert.match(
      told.message,
      /^prod\/payments\/db comes from the endpoint http:\/\/127\.0\.0\.1:\d+, which the AWS Console does not show\. Browse it here instead\.$/,
    );
    assert.deepEqual(window.workbench.seen.openedUrls, []);
    await window.workbench.clearNotifications();
  });

  async function copyValue(): Promise<void> {
    await window.tree.inlineAction(db, 'Copy Value');
    await clipboardIs(value);
    await window.workbench.waitForStatusBarItem(countdown);
  }

  async function clipboardIs(wanted: string | RegExp): Promise<void> {
    const shown = String(wanted).slice(0, 60);
    await poll(`the clipboard to hold "${shown}"`, async () => {
      const text = await window.workbench.clipboard();
      const isIt = typeof wanted === 'string' ? text === wanted : wanted.test(text);
      return isIt ? true : undefined;
    });
  }

  async function countdownEnds(): Promise<void> {
    await poll('the countdown to end', async () => {
      const items = await window.workbench.statusBarItems();
      return items.some(({ text }) => countdown.test(text)) ? undefined : true;
    });
  }
});
