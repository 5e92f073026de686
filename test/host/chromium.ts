import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { ensureChromium } from './chromiumInstall.ts';
import type { Log } from './processes.ts';
import { isRoot } from './processes.ts';

export async function launchBrowser(log: Log = () => undefined): Promise<Browser> {
  return await chromium.launch({
    executablePath: await ensureChromium(log),
    headless: true,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // The window reaches the server under test and nothing else, on every machine.
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
      ...(isRoot() ? ['--no-sandbox'] : []),
    ],
  });
}
