import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { poll } from './support/poll.ts';
import { openWorkbench, type Workbench } from './support/workbench.ts';

suite('An empty tree says why', () => {
  let sandbox: Sandbox;
  let workbench: Workbench;

  suiteSetup(async function () {
    this.timeout(180_000);
    sandbox = await startSandbox();
    await writeConfig(undefined);
    workbench = await openWorkbench({ env: sandbox.env, workspace: sandbox.workspace });
    await workbench.openExplorer();
  });

  suiteTeardown(async () => {
    await workbench.close();
    await sandbox.stop();
  });

  test('without AWS files it offers to make them', async () => {
    await welcomeIs(/no AWS config or credentials file yet[\s\S]*Create AWS Config/);
  });

  test('without a profile in the files it offers to open them, within two seconds of the edit', async () => {
    await writeConfig('[sso-session corp]\nsso_region = eu-west-1\n');
    await welcomeIs(/name no profile[\s\S]*Open AWS Config/);
  });

  test('with every profile hidden it offers to show them', async () => {
    await writeConfig('[profile only]\nregion = eu-west-1\n');
    await workbench.explorer.row(['only']);
    await workbench.explorer.chooseFromContextMenu(['only'], 'Hide Profile');
    await welcomeIs(/Every profile is hidden[\s\S]*Show Hidden Profiles…/);
    await workbench.explorer.clickWelcomeButton('Show Hidden Profiles…');
    await workbench.quickInput.pick('only');
    await workbench.explorer.row(['only']);
  });

  test('a half-written file is told beside what can be read', async () => {
    await writeConfig('[profile only]\nregion = eu-west-1\n[profile half');
    await workbench.explorer.row([/^AWS config file, line 3: /]);
    await workbench.explorer.row(['only']);
  });

  test('the walkthrough has its four steps, each with a picture', async () => {
    await workbench.runCommand('Secret Manager: Open Walkthrough');
    const { page } = workbench;
    const steps = page.locator('.getting-started-step');
    await poll('the four steps', async () => ((await steps.count()) === 4 ? true : undefined));
    for (const title of [
      'Open the explorer',
      'Find a secret or parameter',
      'Copy a value safely',
      'Mark production',
    ]) {
      await steps.filter({ hasText: title }).first().click();
      await page
        .locator(
          '.getting-started-media svg, .getting-started-media webview, .getting-started-media iframe, .getting-started-media .image',
        )
        .first()
        .waitFor({ state: 'attached' });
    }
  });

  async function welcomeIs(text: RegExp): Promise<void> {
    await poll(
      `the welcome text ${String(text)}`,
      async () => (text.test(await workbench.explorer.welcome()) ? true : undefined),
      async () => `It says: ${await workbench.explorer.welcome()}`,
    );
  }

  async function writeConfig(text: string | undefined): Promise<void> {
    const folder = join(sandbox.home, '.aws');
    await rm(join(folder, 'credentials'), { force: true });
    await (text === undefined
      ? rm(join(folder, 'config'), { force: true })
      : writeFile(join(folder, 'config'), text));
  }
});

suite('An untrusted workspace', () => {
  let sandbox: Sandbox;
  let workbench: Workbench;

  suiteSetup(async function () {
    this.timeout(180_000);
    sandbox = await startSandbox();
    workbench = await openWorkbench({
      env: sandbox.env,
      workspace: sandbox.workspace,
      trust: false,
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
    });
    await workbench.openExplorer();
  });

  suiteTeardown(async () => {
    await workbench.close();
    await sandbox.stop();
  });

  test('shows no profile, calls nothing and says why', async () => {
    await poll('the welcome text', async () =>
      /you do not trust/.test(await workbench.explorer.welcome()) ? true : undefined,
    );
    assert.deepEqual(await workbench.explorer.rows(), []);
    assert.equal(sandbox.proxy.journal.length, 0);
  });
});
