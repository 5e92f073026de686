import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface Moto {
  readonly url: string;
  stop(): Promise<void>;
}

const execFileAsync = promisify(execFile);
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const cacheFolder = fileURLToPath(new URL('../../.vscode-test/', import.meta.url));
const probe = 'import moto.server, flask, flask_cors; print(moto.__version__)';
const startAttempts = 3;

/** A Python with moto: the program, what comes before `-m`, and where packages outside its own folders are. */
interface Python {
  readonly program: string;
  readonly args: readonly string[];
  readonly packages?: string;
}

/** Starts moto's server on a free port of 127.0.0.1, or takes the one that EMULATOR_ENDPOINT names. */
export async function startMoto(log: (line: string) => void): Promise<Moto> {
  const given = process.env['EMULATOR_ENDPOINT'];
  if (given !== undefined && given !== '') {
    log(`Using the emulator at ${given}.`);
    await waitUntilReady(given, () => undefined);
    return { url: given.replace(/\/+$/, ''), stop: async () => {} };
  }
  const python = (await findPython()) ?? (await installMoto(log));
  let failure: unknown;
  for (let attempt = 0; attempt < startAttempts; attempt++) {
    try {
      return await spawnMoto(python);
    } catch (error) {
      failure = error;
    }
  }
  throw new Error(`moto did not start: ${String(failure)}`, { cause: failure });
}

async function spawnMoto(python: Python): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(tmpdir(), 'secret-manager-moto-'));
  const child = spawn(
    python.program,
    [...python.args, '-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
    { cwd: folder, env: environment(python, folder), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
    child.once('error', (error) => {
      errors += String(error);
      resolve();
    });
  });
  const exited = () => (child.exitCode === null && child.pid !== undefined ? undefined : errors);
  // A host that ends without `stop` must not leave the server behind.
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  const stop = async () => {
    process.off('exit', killNow);
    await end(child, closed);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await waitUntilReady(url, exited);
    await useNoDocker(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function end(child: ChildProcess, closed: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
    await closed;
    clearTimeout(timer);
  }
}

/** Polls until moto answers; `exited` gives the process's last words once it has ended. */
async function waitUntilReady(url: string, exited: () => string | undefined): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const words = exited();
    if (words !== undefined) {
      throw new Error(`moto ended at once: ${words.trim() || 'no output'}`);
    }
    try {
      const answer = await fetch(`${url}/moto-api/data.json`, {
        signal: AbortSignal.timeout(2000),
      });
      await answer.arrayBuffer();
      if (answer.ok) {
        return;
      }
    } catch {
      // Not listening yet: asked again until the deadline.
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error(`The emulator at ${url} did not answer within 30 s.`);
}

/** Lambda functions are only stored, never run: a machine without Docker must do. */
async function useNoDocker(url: string): Promise<void> {
  const answer = await fetch(`${url}/moto-api/config`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lambda: { use_docker: false } }),
  });
  await answer.arrayBuffer();
}

function environment(python: Python, home: string): NodeJS.ProcessEnv {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('AWS_')),
  );
  return {
    ...env,
    HOME: home,
    USERPROFILE: home,
    // moto refuses to start the first boto3 call without a region; nothing is ever sent to it.
    AWS_EC2_METADATA_DISABLED: 'true',
    PYTHONDONTWRITEBYTECODE: '1',
    ...(python.packages === undefined ? {} : { PYTHONPATH: pathWith(python.packages) }),
  };
}

function pathWith(folder: string): string {
  const others = process.env['PYTHONPATH'];
  return others === undefined || others === '' ? folder : `${folder}${delimiter}${others}`;
}

async function findPython(): Promise<Python | undefined> {
  for (const python of [...given(), cachedVenv(), cachedPackages(), ...installed()]) {
    if (python !== undefined && (await works(python, probe))) {
      return python;
    }
  }
  return undefined;
}

function given(): readonly Python[] {
  const program = process.env['MOTO_PYTHON'];
  return program === undefined || program === '' ? [] : [{ program, args: [] }];
}

function installed(): readonly Python[] {
  return [
    { program: 'python3', args: [] },
    { program: 'python', args: [] },
    { program: 'py', args: ['-3'] },
  ];
}

function venvProgram(): string {
  return process.platform === 'win32'
    ? join(cacheFolder, 'moto-venv', 'Scripts', 'python.exe')
    : join(cacheFolder, 'moto-venv', 'bin', 'python');
}

function cachedVenv(): Python | undefined {
  const program = venvProgram();
  return existsSync(program) ? { program, args: [] } : undefined;
}

function cachedPackages(): Python | undefined {
  const packages = join(cacheFolder, 'moto-packages');
  return existsSync(packages) ? { program: 'python3', args: [], packages } : undefined;
}

async function works(python: Python, script: string): Promise<boolean> {
  try {
    await execFileAsync(python.program, [...python.args, '-c', script], {
      env: environment(python, tmpdir()),
      timeout: 60_000,
    });
    return true;
  } catch {
    return false;
  }
}

async function installMoto(log: (line: string) => void): Promise<Python> {
  const base = await anyPython();
  if (base === undefined) {
    throw new Error(
      'The AWS sandbox needs Python 3.10 or newer: install it, or name one that has moto in MOTO_PYTHON.',
    );
  }
  log('Installing moto, once, into .vscode-test…');
  await mkdir(cacheFolder, { recursive: true });
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '-r',
    requirements,
  ];
  const venv: Python = { program: venvProgram(), args: [] };
  try {
    await run(base, ['-m', 'venv', join(cacheFolder, 'moto-venv')]);
    await run(venv, pip);
  } catch (venvFailure) {
    await rm(join(cacheFolder, 'moto-venv'), { recursive: true, force: true });
    log(
      `A virtual environment could not be made (${firstLine(venvFailure)}); installing beside it.`,
    );
    const packages = join(cacheFolder, 'moto-packages');
    try {
      await run(base, [...pip, '--target', packages]);
    } catch (error) {
      await rm(packages, { recursive: true, force: true });
      throw new Error(`moto could not be installed by pip: ${firstLine(error)}`, { cause: error });
    }
    return { ...base, packages };
  }
  return venv;
}

async function anyPython(): Promise<Python | undefined> {
  for (const python of [...given(), ...installed()]) {
    if (await works(python, 'import sys; sys.exit(sys.version_info < (3, 10))')) {
      return python;
    }
  }
  return undefined;
}

async function run(python: Python, args: readonly string[]): Promise<void> {
  await execFileAsync(python.program, [...python.args, ...args], { timeout: 600_000 });
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n').at(-1) ?? '';
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') {
          resolve(address.port);
        } else {
          reject(new Error('No free port on 127.0.0.1.'));
        }
      });
    });
  });
}
