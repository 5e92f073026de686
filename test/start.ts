import { spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { repositoryRoot } from './host/paths.ts';
import { startVsCodeServer } from './host/vscodeServer.ts';
import { startSandbox, type Sandbox } from './sandbox/sandbox.ts';
import { openWorkbench } from './ui/support/workbench.ts';

/**
 * `npm start`: the extension in a real VS Code, against the local sandbox, until Ctrl+C. `npm start -- --check` looks at
 * the same through the real UI instead, saves a screenshot, prints one JSON line of what it saw and exits 0 or 1.
 */

const settings = {
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'secretManager.production': ['developer*'],
};

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function check(sandbox: Sandbox): Promise<boolean> {
  const workbench = await openWorkbench({
    env: sandbox.env,
    workspace: sandbox.workspace,
    settings,
  });
  try {
    const tree = await workbench.openExplorer();
    const profiles = (await tree.allRows()).map(({ label }) => label);
    const secrets = await tree.expand(['security', 'eu-west-1', 'Secrets', 'prod']);
    const parameters = await tree.expand(['security', 'eu-west-1', 'Parameters', 'prod']);
    const folder = join(repositoryRoot, 'out');
    await mkdir(folder, { recursive: true });
    const screenshot = join(folder, 'start-check.png');
    await workbench.page.screenshot({ path: screenshot });
    const expected = ['security', 'developer'];
    const ok =
      expected.every((profile) => profiles.includes(profile)) &&
      secrets.length > 0 &&
      parameters.length > 0;
    const seen = {
      ok,
      profiles,
      secretFolders: secrets.map(({ label }) => label),
      parameterFolders: parameters.map(({ label }) => label),
      seeded: { secrets: sandbox.seed.secrets, parameters: sandbox.seed.parameters },
      screenshot,
    };
    process.stdout.write(`${JSON.stringify(seen)}\n`);
    return ok;
  } finally {
    await workbench.close();
  }
}

async function open(sandbox: Sandbox): Promise<void> {
  const code = await onPath(process.platform === 'win32' ? 'code.cmd' : 'code');
  if (code === undefined) {
    const server = await startVsCodeServer({
      workspace: sandbox.workspace,
      extensionPath: repositoryRoot,
      env: sandbox.env,
      settings,
      log: () => undefined,
    });
    say(`\nOpen ${server.url()}\n\nCtrl+C ends it.`);
    await interrupted();
    await server.stop();
    return;
  }
  const userData = await mkdtemp(join(tmpdir(), 'secret-manager-start-'));
  await mkdir(join(userData, 'User'), { recursive: true });
  await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(settings));
  const window = spawn(
    code,
    [
      '--wait',
      '--new-window',
      '--disable-workspace-trust',
      `--user-data-dir=${userData}`,
      `--extensionDevelopmentPath=${repositoryRoot}`,
      sandbox.workspace,
    ],
    {
      env: { ...process.env, ...sandbox.env },
      stdio: 'ignore',
      shell: process.platform === 'win32',
    },
  );
  const closed = new Promise<void>((resolve) => {
    window.once('close', () => resolve());
    window.once('error', (error) => {
      say(`VS Code did not start: ${error.message}`);
      resolve();
    });
  });
  say('\nVS Code is opening. Close its window or press Ctrl+C to end.');
  await Promise.race([closed, interrupted()]);
  window.kill();
  await rm(userData, { recursive: true, force: true, maxRetries: 5 });
}

async function onPath(program: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, program);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) {
      return path;
    }
  }
  return undefined;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve());
    }
  });
}

const sandbox = await startSandbox({ log: say });
try {
  if (process.argv.includes('--check')) {
    process.exitCode = (await check(sandbox)) ? 0 : 1;
  } else {
    await open(sandbox);
  }
} finally {
  await sandbox.stop();
}
