import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureChromium } from './host/chromiumInstall.ts';
import { repositoryRoot } from './host/paths.ts';
import { runServerSuite } from './host/runServerSuite.ts';
import { count, formatResults, proxyVariable } from './host/suiteResults.ts';
import { ensureVsCodeServer } from './host/vscodeServerInstall.ts';
import { startMoto } from './sandbox/moto.ts';
import { startSandbox } from './sandbox/sandbox.ts';

/** `npm test`: every check there is, one after the other, counted together. A stage without a test fails. */

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Stage {
  readonly name: string;
  run(): Promise<Tally>;
}

const mocha = join('node_modules', 'mocha', 'bin', 'mocha.js');

const stages: readonly Stage[] = [
  script('check:types'),
  script('check:lint'),
  script('check:format'),
  script('check:dead-code'),
  mochaStage('unit', 'test/unit/**/*.test.ts', 10_000),
  script('build'),
  mochaStage('contract', 'test/contract/**/*.test.ts', 60_000),
  { name: 'host suite', run: hostSuite },
  mochaStage('ui', 'test/ui/**/*.test.ts', 180_000),
];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What is fetched once: here, where it takes no test's time. A machine that has it all passes through at once. */
async function prepare(): Promise<void> {
  await ensureVsCodeServer(say);
  await ensureChromium(say);
  const moto = await startMoto(say);
  await moto.stop();
}

/** A script of package.json counts as one test. */
function script(name: string): Stage {
  return {
    name,
    async run() {
      const { code } = await runNode([npmCli(), 'run', '--silent', name]);
      return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : failure;
    },
  };
}

function mochaStage(name: string, files: string, timeout: number): Stage {
  return {
    name,
    async run() {
      const { code, output } = await runNode([
        mocha,
        '--no-config',
        '--no-package',
        '--no-color',
        '--ui',
        'tdd',
        '--exit',
        '--timeout',
        String(timeout),
        files,
      ]);
      const tally = {
        passed: counted(output, 'passing'),
        failed: counted(output, 'failing'),
        skipped: counted(output, 'pending'),
      };
      const isPlausible = tally.passed > 0 && (code === 0 || tally.failed > 0);
      return isPlausible ? tally : { ...tally, failed: tally.failed + 1 };
    },
  };
}

async function hostSuite(): Promise<Tally> {
  const sandbox = await startSandbox();
  try {
    const results = await runServerSuite({
      workspace: sandbox.workspace,
      env: { ...sandbox.env, [proxyVariable]: sandbox.proxyUrl },
      log: say,
    });
    say(formatResults(results));
    const passed = count(results, 'passed');
    const failed = count(results, 'failed');
    return {
      passed,
      failed: passed + failed === 0 ? 1 : failed,
      skipped: count(results, 'pending'),
    };
  } finally {
    await sandbox.stop();
  }
}

const failure: Tally = { passed: 0, failed: 1, skipped: 0 };

/** npm tells its scripts where it is itself; it need not be on the PATH of Windows' `spawn`. */
function npmCli(): string {
  const path = process.env['npm_execpath'];
  if (path === undefined) {
    throw new Error('Run this by "npm test".');
  }
  return path;
}

async function runNode(args: readonly string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, args, {
    cwd: repositoryRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    process.stdout.write(text);
  });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.on('error', reject);
  child.on('close', (code) => resolve(code ?? 1));
  return { code: await promise, output };
}

/** Mocha's closing lines: `  12 passing (3s)`. */
function counted(output: string, word: 'passing' | 'failing' | 'pending'): number {
  return Number(new RegExp(`^\\s+(\\d+) ${word}\\b`, 'm').exec(output)?.[1] ?? 0);
}

await prepare();
const total = { passed: 0, failed: 0, skipped: 0 };
const failedStages: string[] = [];
for (const [index, stage] of stages.entries()) {
  const started = Date.now();
  say(`\n[${index + 1}/${stages.length}] ${stage.name}`);
  const tally = await stage.run().catch((error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return failure;
  });
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
  if (tally.failed > 0) {
    failedStages.push(stage.name);
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  say(`${stage.name}: ${tally.passed} passed, ${tally.failed} failed, ${seconds} s`);
}
if (failedStages.length > 0) {
  say(`\nFailed: ${failedStages.join(', ')}`);
}
say(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
