import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Log } from './processes.ts';
import { isRoot, runCommand } from './processes.ts';

/** The path of a Chromium that starts: an installed one, else Playwright's download, else Debian's package. */
export async function ensureChromium(log: Log): Promise<string> {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    if (await starts(named)) {
      return named;
    }
    throw new Error(`CHROME_PATH names ${named}, which does not start.`);
  }
  for (const path of [...installedBrowsers(), chromium.executablePath()]) {
    if (await starts(path)) {
      return path;
    }
  }
  const fetched = (await playwrightChromium(log)) ?? (await debianChromium(log));
  if (fetched === undefined) {
    throw new Error(
      'The UI tests need a browser: install Chrome, Chromium or Edge, or set CHROME_PATH to one; none was found, and none could be downloaded.',
    );
  }
  return fetched;
}

function installedBrowsers(): string[] {
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
        ['/Applications', join(process.env['HOME'] ?? '/', 'Applications')].map((folder) =>
          join(folder, `${name}.app`, 'Contents', 'MacOS', name),
        ),
      );
    case 'win32':
      return ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((variable) => {
        const folder = process.env[variable];
        return folder === undefined
          ? []
          : [
              join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
              join(folder, 'Chromium', 'Application', 'chrome.exe'),
              join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
            ];
      });
    default: {
      const names = [
        'google-chrome-stable',
        'google-chrome',
        'chromium',
        'chromium-browser',
        'microsoft-edge-stable',
        'microsoft-edge',
      ];
      const folders = (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
      return names.flatMap((name) => folders.map((folder) => join(folder, name)));
    }
  }
}

/** A file is not enough: Ubuntu's `chromium-browser` may be a stub, and a download may lack system libraries. */
async function starts(path: string): Promise<boolean> {
  if (!existsSync(path)) {
    return false;
  }
  // On Windows `--version` opens a window instead of printing.
  return (
    process.platform === 'win32' ||
    (await runCommand(path, ['--version'], { seconds: 30 })).code === 0
  );
}

async function playwrightChromium(log: Log): Promise<string | undefined> {
  log("No installed browser was found; trying Playwright's own Chromium…");
  const cli = join(
    dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
    'cli.js',
  );
  const result = await runCommand(process.execPath, [cli, 'install', 'chromium'], {
    seconds: 300,
    // Its failures are stacks, five of them; only the progress is for a person.
    onLine: (line) => {
      if (line.startsWith('Downloading')) {
        log(line);
      }
    },
  });
  const path = chromium.executablePath();
  return result.code === 0 && (await starts(path)) ? path : undefined;
}

async function debianChromium(log: Log): Promise<string | undefined> {
  if (!isRoot() || !isDebian()) {
    return undefined;
  }
  log("Playwright's Chromium is not available; installing Debian's package…");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const result = await runCommand('apt-get', args, { env, seconds: 600, onLine: log });
    if (result.code !== 0) {
      return undefined;
    }
  }
  return (await starts('/usr/bin/chromium')) ? '/usr/bin/chromium' : undefined;
}

function isDebian(): boolean {
  return (
    existsSync('/etc/os-release') &&
    /^ID(?:_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}
