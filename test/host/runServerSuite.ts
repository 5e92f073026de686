import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { launchBrowser } from './chromium.ts';
import { repositoryRoot } from './paths.ts';
import type { Environment, Log } from './processes.ts';
import { bundleSuite } from './suiteBundle.ts';
import type { SuiteResults } from './suiteResults.ts';
import { resultsVariable } from './suiteResults.ts';
import { startVsCodeServer } from './vscodeServer.ts';

export interface ServerSuiteOptions {
  readonly workspace: string;
  readonly env: Environment;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly extensionPath?: string;
  readonly suiteFolder?: string;
  readonly limitSeconds?: number;
  readonly log: Log;
}

export const hostSuiteFolder = join(import.meta.dirname, 'suite');

/** Runs the host suite inside VS Code's server with Chromium as its window. */
export async function runServerSuite(options: ServerSuiteOptions): Promise<SuiteResults> {
  const testsPath = await bundleSuite(options.suiteFolder ?? hostSuiteFolder);
  const folder = await mkdtemp(join(tmpdir(), 'host-suite-'));
  const resultsFile = join(folder, 'results.json');
  try {
    await using stack = new AsyncDisposableStack();
    const serverLines: string[] = [];
    const server = await startVsCodeServer({
      workspace: options.workspace,
      extensionPath: options.extensionPath ?? repositoryRoot,
      env: { ...options.env, [resultsVariable]: resultsFile },
      settings: options.settings ?? {},
      log: (line) => serverLines.push(line),
    });
    stack.defer(async () => {
      await server.stop();
    });
    const browser = await launchBrowser(options.log);
    stack.defer(async () => {
      await browser.close();
    });
    const page = await browser.newPage();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const consoleLines = collectConsole(page);
    await page.goto(server.url({ testsPath }));
    const text = await waitForFile(resultsFile, options.limitSeconds ?? 400);
    if (text === undefined) {
      throw new Error(
        `The host suite wrote no results within ${String(options.limitSeconds ?? 400)} s. The browser console's last lines:\n${consoleLines.slice(-30).join('\n')}\nThe server's last lines:\n${serverLines.slice(-10).join('\n')}`,
      );
    }
    return JSON.parse(text) as SuiteResults;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export function collectConsole(page: Page): string[] {
  const lines: string[] = [];
  const add = (line: string): void => {
    lines.push(line.slice(0, 300));
    lines.splice(0, lines.length - 200);
  };
  page.on('console', (message) => {
    add(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => {
    add(`page error: ${error.message}`);
  });
  page.on('crash', () => {
    add('the page crashed');
  });
  return lines;
}

async function waitForFile(path: string, seconds: number): Promise<string | undefined> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) {
      return text;
    }
    await delay(200);
  }
  return undefined;
}
