import { resolve } from 'node:path';
import type { BrowserContext, Locator, Page, Request } from 'playwright-core';
import { launchBrowser } from '../../host/chromium.ts';
import { collectConsole } from '../../host/runServerSuite.ts';
import type { VsCodeServerOptions } from '../../host/vscodeServer.ts';
import { startVsCodeServer } from '../../host/vscodeServer.ts';
import type { DomElement } from './dom.ts';
import type { Text } from './poll.ts';
import { matches, poll } from './poll.ts';
import { QuickInput } from './quickInput.ts';
import { TreeView } from './treeView.ts';

export interface WorkbenchOptions extends Pick<
  VsCodeServerOptions,
  'env' | 'workspace' | 'machineSettings' | 'trust'
> {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The repository itself when not given. */
  readonly extensionPath?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface Notification {
  readonly message: string;
  readonly buttons: readonly string[];
}

export interface Dialog {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

export interface StatusBarItem {
  /** `<extension id>.<item id>` */
  readonly id: string;
  readonly text: string;
  readonly ariaLabel: string;
}

const containerTitle = 'Secret Manager';
const viewTitle = 'Explorer';
/** Sticky rows would cover others and appear twice; a browser's wheel event counts as one notch, 50 px by default. */
const readableTree = {
  'workbench.tree.enableStickyScroll': false,
  'workbench.list.mouseWheelScrollSensitivity': 8,
};

const firstPaintMilliseconds = 120_000;

/** A fresh server and window with the extension under development; `close` ends both and removes their data. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const serverLines: string[] = [];
  await using stack = new AsyncDisposableStack();
  const server = await startVsCodeServer({
    extensionPath: resolve(import.meta.dirname, '../../..'),
    ...options,
    settings: { ...readableTree, ...options.settings },
    log: (line) => serverLines.push(line),
  });
  stack.defer(async () => {
    await server.stop();
  });
  const browser = await launchBrowser(console.log);
  stack.defer(async () => {
    await browser.close();
  });
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 960 },
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const consoleLines = collectConsole(page);
  const openedUrls = collectOpenedUrls(context, page);
  await page.goto(server.url());
  const closing = stack.move();
  const workbench = new Workbench(
    page,
    server.userDataDir,
    { serverLines, consoleLines, openedUrls },
    async () => {
      await closing.disposeAsync();
    },
  );
  try {
    await workbench.waitUntilReady();
  } catch (error) {
    await workbench.close();
    const lines = [...serverLines.slice(-10), ...consoleLines.slice(-20)].join('\n');
    throw new Error(
      `The workbench did not become ready. The last lines of the server and of the page:\n${lines}`,
      {
        cause: error,
      },
    );
  }
  return workbench;
}

/** The whole window, as a person sees it. */
export class Workbench {
  readonly page: Page;
  readonly userDataDir: string;
  readonly explorer: TreeView;
  readonly quickInput: QuickInput;
  /** What the server printed, what the page printed, and the web pages that were opened outside. */
  readonly seen: {
    readonly serverLines: readonly string[];
    readonly consoleLines: readonly string[];
    readonly openedUrls: readonly string[];
  };
  readonly #close: () => Promise<void>;

  constructor(
    page: Page,
    userDataDir: string,
    seen: Workbench['seen'],
    close: () => Promise<void>,
  ) {
    this.page = page;
    this.userDataDir = userDataDir;
    this.seen = seen;
    this.explorer = new TreeView(page, viewTitle);
    this.quickInput = new QuickInput(page);
    this.#close = close;
  }

  async close(): Promise<void> {
    await this.#close();
  }

  async waitUntilReady(): Promise<void> {
    await this.#activityBarEntry().waitFor({ timeout: firstPaintMilliseconds });
    await this.page.locator('.statusbar-item').first().waitFor({ timeout: firstPaintMilliseconds });
  }

  /** Opens the view container unless it is open. A second click would close it. */
  async openExplorer(): Promise<TreeView> {
    const title = this.page
      .locator('[id="workbench.parts.sidebar"] .composite.title h2')
      .filter({ hasText: containerTitle });
    await poll('the view container', async () => {
      if (await title.isVisible()) {
        return true;
      }
      await this.#activityBarEntry().click();
      await title.waitFor({ timeout: 3000 }).catch(() => undefined);
      return (await title.isVisible()) ? true : undefined;
    });
    return this.explorer;
  }

  async runCommand(title: string): Promise<void> {
    await this.quickInput.runCommand(title);
  }

  /** The number on the activity bar's icon, empty when there is none. */
  async badge(): Promise<string> {
    const badge = this.page
      .locator('.activitybar .action-item')
      .filter({ has: this.page.locator(`a.action-label[aria-label^="${containerTitle}"]`) });
    return (await badge.locator('.badge-content:visible').allInnerTexts()).join('').trim();
  }

  /**
   * What the notification centre holds. `--enable-smoke-test-driver` suppresses toasts, so the centre is opened for the
   * reading and closed again.
   */
  async notifications(): Promise<readonly Notification[]> {
    await this.#openNotificationCentre();
    const notifications = await this.#notifications();
    await this.#closeNotificationCentre();
    return notifications;
  }

  async waitForNotification(message: Text): Promise<Notification> {
    await this.#openNotificationCentre();
    const notification = await this.#waitInNotificationCentre(message);
    await this.#closeNotificationCentre();
    return notification;
  }

  async clickNotificationButton(message: Text, button: string): Promise<void> {
    await this.#openNotificationCentre();
    const { message: text } = await this.#waitInNotificationCentre(message);
    const item = this.#centre().locator('.notification-list-item').filter({ hasText: text });
    // The buttons of a collapsed notification are hidden until the pointer is on it.
    await item.first().hover();
    const expand = item.first().locator('.codicon-notifications-expand:visible');
    if ((await expand.count()) > 0) {
      await expand.click();
    }
    await item.getByRole('button', { name: button, exact: true }).first().click();
    await this.#closeNotificationCentre();
  }

  async clearNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.#openNotificationCentre();
    await poll('the notifications to clear', async () =>
      (await this.#notifications()).length === 0 ? true : undefined,
    );
    await this.#closeNotificationCentre();
  }

  /** The modal dialog once it is there. */
  async dialog(): Promise<Dialog> {
    return await poll('a dialog', async () => {
      const dialogs = await this.page
        .locator('.monaco-dialog-box')
        .evaluateAll((boxes: DomElement[]) =>
          boxes.map((box) => ({
            message:
              (
                box.querySelector('.dialog-message-text') ?? box.querySelector('.dialog-message')
              )?.innerText.trim() ?? '',
            detail: box.querySelector('.dialog-message-detail')?.innerText.trim() ?? '',
            buttons: [...box.querySelectorAll('.dialog-buttons .monaco-button')].map((button) =>
              button.innerText.trim(),
            ),
          })),
        );
      return dialogs[0];
    });
  }

  async clickDialogButton(name: string): Promise<void> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.getByRole('button', { name, exact: true }).click();
    await box.waitFor({ state: 'detached' });
  }

  async statusBarItems(): Promise<readonly StatusBarItem[]> {
    return await this.page.locator('.statusbar-item:visible').evaluateAll((items: DomElement[]) =>
      items.map((item) => ({
        id: item.getAttribute('id') ?? '',
        text: item.innerText.trim(),
        ariaLabel: item.getAttribute('aria-label') ?? '',
      })),
    );
  }

  async waitForStatusBarItem(text: Text): Promise<StatusBarItem> {
    return await poll(
      `the status bar item ${String(text)}`,
      async () => (await this.statusBarItems()).find((item) => matches(item.text, text)),
      async () => `Shown: ${(await this.statusBarItems()).map((item) => item.text).join(' | ')}`,
    );
  }

  async clickStatusBarItem(text: Text): Promise<void> {
    const item = await this.waitForStatusBarItem(text);
    await this.page.locator(`.statusbar-item[id="${item.id}"] a`).first().click();
  }

  async editorTabs(): Promise<readonly string[]> {
    const tabs = await this.page.locator('.tabs-container .tab .label-name').allInnerTexts();
    return tabs.map((tab) => tab.trim());
  }

  async clipboard(): Promise<string> {
    return await this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  async setClipboard(text: string): Promise<void> {
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  }

  /** A PNG of the window. */
  async screenshot(path: string): Promise<void> {
    await this.page.mouse.move(1, 1);
    await this.page.screenshot({ path });
  }

  #centre(): Locator {
    return this.page.locator('.notifications-center.visible');
  }

  async #openNotificationCentre(): Promise<void> {
    await this.#toggleNotificationCentre(true);
  }

  async #closeNotificationCentre(): Promise<void> {
    await this.#toggleNotificationCentre(false);
  }

  async #toggleNotificationCentre(open: boolean): Promise<void> {
    await poll(`the notification centre to ${open ? 'open' : 'close'}`, async () => {
      if ((await this.#centre().count()) > 0 === open) {
        return true;
      }
      await this.page.locator('[id="status.notifications"] a').click({ timeout: 5000 });
      return undefined;
    });
  }

  async #notifications(): Promise<readonly Notification[]> {
    return await this.#centre()
      .locator('.notification-list-item')
      .evaluateAll((items: DomElement[]) =>
        items.map((item) => ({
          message: (
            item.querySelector('.notification-list-item-message')?.textContent ?? ''
          ).trim(),
          buttons: [
            ...item.querySelectorAll('.notification-list-item-buttons-container .monaco-button'),
          ]
            .map((button) => (button.textContent ?? '').trim())
            .filter((label) => label !== ''),
        })),
      );
  }

  async #waitInNotificationCentre(message: Text): Promise<Notification> {
    return await poll(
      `the notification ${String(message)}`,
      async () => (await this.#notifications()).find((item) => matches(item.message, message)),
      async () => `Shown: ${JSON.stringify(await this.#notifications())}`,
    );
  }

  #activityBarEntry(): Locator {
    return this.page.locator(`.activitybar a.action-label[aria-label^="${containerTitle}"]`);
  }
}

/** `env.openExternal` opens a browser tab: its address is noted and the tab closed. */
function collectOpenedUrls(context: BrowserContext, own: Page): string[] {
  const urls: string[] = [];
  context.on('request', (request) => {
    // A tab that cannot reach its page asks twice.
    if (request.isNavigationRequest() && pageOf(request) !== own && urls.at(-1) !== request.url()) {
      urls.push(request.url());
    }
  });
  context.on('page', (page) => {
    if (page !== own) {
      void page.waitForEvent('request').then(
        () => page.close(),
        () => undefined,
      );
    }
  });
  return urls;
}

/** A new tab's first request comes before its frame, which Playwright then refuses to give. */
function pageOf(request: Request): Page | undefined {
  try {
    return request.frame().page();
  } catch {
    return undefined;
  }
}
