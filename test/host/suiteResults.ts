/** What the suite inside the extension host writes for the launcher outside. */
export interface SuiteTest {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'pending';
  readonly durationMs: number;
  readonly error?: string;
}

export interface SuiteResults {
  readonly vscodeVersion: string;
  readonly tests: readonly SuiteTest[];
}

/** Names the file to which the suite writes its `SuiteResults` as JSON. */
export const resultsVariable = 'SECRET_MANAGER_TEST_RESULTS';

/** Tells the suite where the fault proxy listens, for its journal and faults. */
export const proxyVariable = 'SECRET_MANAGER_TEST_PROXY';

export function count(results: SuiteResults, state: SuiteTest['state']): number {
  return results.tests.filter((test) => test.state === state).length;
}

export function formatResults(results: SuiteResults): string {
  const marks = { passed: '✔', failed: '✖', pending: '-' };
  const lines = results.tests.map((test) => {
    const error = test.error === undefined ? '' : `\n${test.error.replaceAll(/^/gm, '      ')}`;
    return `  ${marks[test.state]} ${test.title} (${String(test.durationMs)} ms)${error}`;
  });
  const summary = `${String(count(results, 'passed'))} passed, ${String(count(results, 'failed'))} failed, ${String(count(results, 'pending'))} skipped`;
  return [`VS Code ${results.vscodeVersion}`, ...lines, summary].join('\n');
}

/** Zero tests is a failure: a suite that found no file must not pass. */
export function isGreen(results: SuiteResults): boolean {
  return count(results, 'failed') === 0 && count(results, 'passed') > 0;
}
