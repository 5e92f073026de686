import { spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { repositoryRoot } from './host/paths.ts';
import { cleanEnvironment } from './host/processes.ts';
import { startVsCodeServer } from './host/vscodeServer.ts';
import { securityAccount } from './sandbox/accounts.ts';
import { sandboxProfiles } from './sandbox/awsConfig.ts';
import { placeSummary } from './sandbox/seedData.ts';
import { startSandbox, type Sandbox } from './sandbox/sandbox.ts';
import { openWorkbench } from './ui/support/workbench.ts';

/**
 * `npm start`: the extension in a real VS Code, against the local sandbox, until Ctrl+C. `npm start -- --check` looks at
 * the same through the real UI instead, saves a screenshot, prints one JSON line of what it saw and exits 0 or 1.
 */

const settings = {
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'secretManager.production': ['*-admin'],
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
    await tree.row(['security']);
    const profiles = (await tree.allRows()).map(({ label }) => label);
    const place = ['security', 'eu-west-1'];
    const secrets = await tree.expand([...place, 'Secrets', 'prod', 'payments']);
    const parameters = await tree.expand([...place, 'Parameters', 'prod', 'payments']);
    const folder = join(repositoryRoot, 'out');
    await mkdir(folder, { recursive: true });
    const screenshot = join(folder, 'start-check.png');
    await workbench.page.screenshot({ path: screenshot });
    const seeded = placeSummary(securityAccount, 'eu-west-1');
    const secretNames = without(seeded.secrets, seeded.pendingDeletion);
    const missing = [
      ...without(sandboxProfiles, profiles),
      ...without(namesIn(secretNames, 'prod/payments/'), labels(secrets)),
      ...without(namesIn(seeded.parameters, '/prod/payments/'), labels(parameters)),
    ];
    const ok = missing.length === 0;
    const seen = {
      ok,
      profiles,
      secrets: labels(secrets),
      parameters: labels(parameters),
      missing,
      seeded: { secrets: sandbox.seed.secrets, parameters: sandbox.seed.parameters },
      screenshot,
    };
    process.stdout.write(`${JSON.stringify(seen)}\n`);
    return ok;
  } finally {
    await workbench.close();
  }
}

function labels(rows: readonly { readonly label: string }[]): readonly string[] {
  return rows.map(({ label }) => label);
}

/** What stands directly in a folder, as the tree labels it. */
function namesIn(names: readonly string[], folder: string): readonly string[] {
  const below = names.flatMap((name) =>
    name.startsWith(folder) ? [name.slice(folder.length).split('/')[0] ?? ''] : [],
  );
  return [...new Set(below)];
}

function without(wanted: readonly string[], seen: readonly string[]): readonly string[] {
  return wanted.filter((name) => !seen.includes(name));
}

async function open(sandbox: Sandbox, interruption: Promise<void>): Promise<void> {
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
    await interruption;
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
      env: cleanEnvironment(sandbox.env),
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
  await Promise.race([closed, interruption]);
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

/** The listeners stay: while somebody listens, whoever else cleans up after a signal does not end the process. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve());
    }
  });
}

// Listened for from the start: a signal while the sandbox starts must not leave its processes behind.
const interruption = interrupted();
const sandbox = await startSandbox({ log: say });
try {
  if (process.argv.includes('--check')) {
    process.exitCode = (await check(sandbox)) ? 0 : 1;
  } else {
    await open(sandbox, interruption);
  }
} finally {
  await sandbox.stop();
}
