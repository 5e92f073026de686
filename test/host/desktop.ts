import { spawnSync } from 'node:child_process';
import { startSandbox } from '../sandbox/sandbox.ts';
import { runCommand } from './processes.ts';
import { runDesktopSuite } from './runDesktopSuite.ts';
import { formatResults, isGreen, proxyVariable } from './suiteResults.ts';

const insideXvfb = 'SECRET_MANAGER_INSIDE_XVFB';

/** `npm run test:desktop`: the host suite in the desktop VS Code against the local sandbox. Returns the exit code. */
async function main(): Promise<number> {
  if (process.platform === 'linux' && !hasDisplay()) {
    if (
      process.env[insideXvfb] !== undefined ||
      (await runCommand('xvfb-run', ['--help'], { seconds: 10 })).code !== 0
    ) {
      throw new Error(
        'The desktop VS Code needs a display: start this in a desktop session, or install xvfb-run.',
      );
    }
    const again = ['-a', process.execPath, import.meta.filename];
    return (
      spawnSync('xvfb-run', again, { stdio: 'inherit', env: { ...process.env, [insideXvfb]: '1' } })
        .status ?? 1
    );
  }
  const sandbox = await startSandbox();
  try {
    const results = await runDesktopSuite({
      workspace: sandbox.workspace,
      env: { ...sandbox.env, [proxyVariable]: sandbox.proxyUrl },
      log: console.log,
    });
    console.log(formatResults(results));
    return isGreen(results) ? 0 : 1;
  } finally {
    await sandbox.stop();
  }
}

function hasDisplay(): boolean {
  return ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (process.env[name] ?? '') !== '');
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
