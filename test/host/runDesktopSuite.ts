import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TestRunFailedError, downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { downloadsFolder, repositoryRoot, shortTemporaryFolder } from './paths.ts';
import { cleanEnvironment, unwantedVariable } from './processes.ts';
import type { ServerSuiteOptions } from './runServerSuite.ts';
import { hostSuiteFolder } from './runServerSuite.ts';
import { quietSettings, writeSettings } from './settings.ts';
import { bundleSuite } from './suiteBundle.ts';
import type { SuiteResults } from './suiteResults.ts';
import { resultsVariable } from './suiteResults.ts';

/** Runs the host suite inside the desktop VS Code, which test-electron downloads unless VSCODE_PATH names one. */
export async function runDesktopSuite(options: ServerSuiteOptions): Promise<SuiteResults> {
  const executable = process.env['VSCODE_PATH'] ?? (await download());
  const testsPath = await bundleSuite(options.suiteFolder ?? hostSuiteFolder);
  const folder = await mkdtemp(join(shortTemporaryFolder(), 'vscode-'));
  const resultsFile = join(folder, 'results.json');
  try {
    await writeSettings(join(folder, 'User'), { ...quietSettings, ...options.settings });
    const limitSeconds = options.limitSeconds ?? 400;
    const run = runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: options.extensionPath ?? repositoryRoot,
      extensionTestsPath: testsPath,
      extensionTestsEnv: {
        ...unsetVariables(),
        ...cleanEnvironment(options.env),
        [resultsVariable]: resultsFile,
      },
      launchArgs: [
        options.workspace,
        '--force-disable-user-env',
        '--disable-telemetry',
        `--user-data-dir=${folder}`,
        `--extensions-dir=${join(folder, 'extensions')}`,
      ],
    });
    await within(limitSeconds, run);
    const text = await readFile(resultsFile, 'utf8').catch(() => undefined);
    if (text === undefined) {
      throw new Error('The desktop VS Code ended without writing the results of the host suite.');
    }
    return JSON.parse(text) as SuiteResults;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** A suite with failures makes VS Code exit with 1; its results say more than that, so only they decide. */
async function within(seconds: number, run: Promise<number>): Promise<void> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    // test-electron ends VS Code on Ctrl+C, by force on the second, and ends this process too if nobody else listens.
    process.on('SIGINT', onInterrupt);
    process.emit('SIGINT');
    process.emit('SIGINT');
  }, seconds * 1000);
  try {
    await run;
  } catch (error) {
    if (!(error instanceof TestRunFailedError)) {
      throw error;
    }
  } finally {
    clearTimeout(timer);
    process.off('SIGINT', onInterrupt);
  }
  if (late) {
    throw new Error(
      `The host suite did not end within ${String(seconds)} s in the desktop VS Code.`,
    );
  }
}

function onInterrupt(): void {
  // Ending VS Code is all that is wanted.
}

async function download(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({
      version: 'stable',
      cachePath: downloadsFolder,
      timeout: 30_000,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The desktop VS Code could not be downloaded from update.code.visualstudio.com (${reason}): run this with access to it, or set VSCODE_PATH to an installed VS Code; "npm test" runs the same suite without that download.`,
      { cause: error },
    );
  }
}

/** test-electron adds the given environment to this process's own, so what must not pass is unset by name. */
function unsetVariables(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => unwantedVariable.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
