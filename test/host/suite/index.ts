import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from 'vscode';
import type { SuiteResults, SuiteTest } from '../suiteResults.ts';
import { resultsVariable } from '../suiteResults.ts';

/** VS Code calls this inside the extension host, in the desktop and in the server. Test bundles lie beside it. */
export async function run(): Promise<void> {
  const resultsFile = process.env[resultsVariable];
  if (resultsFile === undefined) {
    throw new Error(`${resultsVariable} is not set.`);
  }
  let results: SuiteResults;
  try {
    results = { vscodeVersion: version, tests: await runMocha() };
  } catch (error) {
    // A file that fails to load is a failure that the launcher must see, not a silence until its limit.
    const test: SuiteTest = {
      title: 'the suite loads',
      state: 'failed',
      durationMs: 0,
      error: describe(error),
    };
    results = { vscodeVersion: version, tests: [test] };
  }
  // Renamed into place, so that the launcher never reads half of it.
  writeFileSync(`${resultsFile}.partial`, JSON.stringify(results));
  renameSync(`${resultsFile}.partial`, resultsFile);
  const failed = results.tests.filter((test) => test.state === 'failed').length;
  if (failed > 0) {
    throw new Error(`${String(failed)} of ${String(results.tests.length)} host tests failed.`);
  }
}

async function runMocha(): Promise<SuiteTest[]> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, reporter: Mocha.reporters.Base });
  const folder = join(import.meta.dirname, 'tests');
  for (const name of readdirSync(folder).toSorted()) {
    if (name.endsWith('.test.cjs')) {
      mocha.addFile(join(folder, name));
    }
  }
  const tests: SuiteTest[] = [];
  const add = (runnable: Mocha.Runnable, state: SuiteTest['state'], error?: unknown): void => {
    const title = runnable.titlePath().join(' › ');
    const durationMs = runnable.duration ?? 0;
    tests.push({
      title,
      state,
      durationMs,
      ...(error === undefined ? {} : { error: describe(error) }),
    });
    console.log(`${state}: ${title} (${String(durationMs)} ms)`);
  };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => {
      resolve();
    });
    runner.on('test', (test) => {
      console.log(`running: ${test.titlePath().join(' › ')}`);
    });
    runner.on('pass', (test) => {
      add(test, 'passed');
    });
    runner.on('pending', (test) => {
      add(test, 'pending');
    });
    runner.on('fail', (test, error: unknown) => {
      add(test, 'failed', error);
    });
  });
  return tests;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
