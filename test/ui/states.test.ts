import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../host/paths.ts';
import { SandboxWindow } from './sandboxWindow.ts';
import { poll } from './support/poll.ts';
import { openWorkbench, type Workbench } from './support/workbench.ts';

suite('An explorer with nothing to show', () => {
  let home: string;
  let workbench: Workbench;
  let config: string;

  suiteSetup(async function () {
    this.timeout(180_000);
    home = await mkdtemp(join(tmpdir(), 'secret-manager-states-'));
    config = join(home, '.aws', 'config');
    workbench = await openWorkbench({
      env: { HOME: home, USERPROFILE: home, AWS_EC2_METADATA_DISABLED: 'true' },
      workspace: join(repositoryRoot, 'test', 'fixtures', 'workspace'),
      // The walkthrough leaves its pictures out of a narrow window.
      viewport: { width: 1700, height: 900 },
    });
    await workbench.openExplorer();
  });

  suiteTeardown(async () => {
    await workbench.close();
    await rm(home, { recursive: true, force: true });
  });

  test('says that there is no AWS config, and opens a new one where it belongs', async () => {
    await welcomeIs(
      'There is no AWS config or credentials file yet. Secret Manager shows the profiles that they name.',
      'Create AWS Config',
    );
    await workbench.explorer.clickWelcomeButton('Create AWS Config');
    await poll('the editor', async () =>
      (await workbench.editorTabs()).includes('config') ? true : undefined,
    );
    await workbench.runCommand('View: Close Editor');
    await workbench.clickDialogButton("Don't Save");
  });

  test('says that the files name no profile, as soon as there is a file', async () => {
    await mkdir(join(home, '.aws'));
    await writeFile(config, '[sso-session corp]\nsso_region = eu-west-1\n');
    await welcomeIs('The AWS config and credentials files name no profile.', 'Open AWS Config');
  });

  test('says that every profile is hidden, and shows them again', async () => {
    await writeFile(config, '[profile only]\nregion = eu-west-1\n');
    await workbench.explorer.row(['only']);
    assert.equal(await workbench.explorer.welcome(), '');
    await workbench.explorer.chooseFromContextMenu(['only'], 'Hide Profile');
    await welcomeIs('Every profile is hidden.', 'Show Hidden Profiles…');
    await workbench.explorer.clickWelcomeButton('Show Hidden Profiles…');
    await workbench.quickInput.pick('only');
    await workbench.explorer.row(['only']);
  });

  test('has a walkthrough of four steps, each with its picture', async () => {
    await workbench.runCommand('Secret Manager: Open Walkthrough');
    const steps = workbench.page.locator('.getting-started-step .step-title');
    await steps.first().waitFor();
    assert.deepEqual(
      (await steps.allInnerTexts()).map((title) => title.trim()),
      ['Open the explorer', 'Find a secret or parameter', 'Copy a value safely', 'Mark production'],
    );
    for (const [index, text] of [
      'rotates in 3 d',
      'us-east-1 · developer',
      'Clipboard clears in',
      'production · 111122223333',
    ].entries()) {
      await steps.nth(index).click();
      await poll(
        `the picture with "${text}"`,
        async () => ((await pictures()).some((shown) => shown.includes(text)) ? true : undefined),
        async () => `Pictures: ${(await pictures()).join(' | ')}`,
      );
    }
  });

  /** The texts of the SVG that is on the screen. */
  async function pictures(): Promise<readonly string[]> {
    const texts: string[] = [];
    for (const frame of workbench.page.frames()) {
      const picture = frame.locator('body > svg');
      const box = await picture.boundingBox({ timeout: 200 }).catch(() => null);
      if (box !== null && box.width > 200) {
        texts.push((await picture.textContent()) ?? '');
      }
    }
    return texts;
  }

  async function welcomeIs(text: string, button: string): Promise<void> {
    await poll(
      `the welcome "${text}"`,
      async () => {
        const lines = (await workbench.explorer.welcome()).split('\n');
        return lines.includes(text) && lines.includes(button) ? true : undefined;
      },
      () => workbench.explorer.welcome(),
    );
  }
});

suite('In a workspace that is not trusted, the explorer', () => {
  let window: SandboxWindow;

  suiteSetup(async function () {
    this.timeout(180_000);
    window = await SandboxWindow.open({ trust: false });
  });

  suiteTeardown(async () => {
    await window.close();
  });

  test('says why it is empty, offers no command that would call AWS, and calls nothing', async () => {
    const { workbench } = window;
    const welcome = await poll('the welcome', async () => {
      const text = await window.tree.welcome();
      return text === '' ? undefined : text;
    });
    assert.match(
      welcome,
      /^In a workspace that you do not trust, Secret Manager calls no AWS service and starts no credential process\./,
    );
    assert.deepEqual(
      (await workbench.quickInput.paletteTitles('Secret Manager: ')).filter((title) =>
        title.startsWith('Secret Manager: '),
      ),
      [
        'Secret Manager: Focus on Explorer View',
        'Secret Manager: Open AWS Config',
        'Secret Manager: Open Walkthrough',
        'Secret Manager: Show Log',
        'Secret Manager: View as List',
      ],
    );
    assert.deepEqual(window.calls(), []);
  });

  test('shows the profiles once the workspace is trusted', async () => {
    const { page } = window.workbench;
    await window.tree.clickWelcomeButton('Manage Workspace Trust');
    await page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: 'Trust', exact: true })
      .click();
    await window.tree.row(['security']);
    assert.deepEqual(window.calls(), []);
    await window.workbench.runCommand('View: Close All Editors');
    await page.locator('.monaco-modal-editor-block').waitFor({ state: 'detached' });
    await window.tree.expand(['security', 'eu-west-1', 'Secrets', 'prod']);
  });
});
