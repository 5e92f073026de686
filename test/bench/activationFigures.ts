import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { median, type Figure } from './figures.ts';
import { cleanEnvironment, preload } from './sessions.ts';
import type { Span } from './stopwatch.ts';

const execFileAsync = promisify(execFile);
const script = fileURLToPath(new URL('activation.ts', import.meta.url));
const pairs = 21;

/** `require` and `activate` of the bundle against those of an extension that does nothing, turn by turn. */
export async function activationFigures(bundle: string): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'secret-manager-bench-'));
  try {
    const empty = join(folder, 'empty.js');
    await writeFile(empty, await emptyExtension());
    const differences: Span[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      const without = await activation(empty, folder);
      const own = await activation(bundle, folder);
      differences.push({ cpu: own.cpu - without.cpu, wall: own.wall - without.wall });
    }
    return [
      {
        name: 'activation.overEmptyExtension',
        value: median(differences.map(({ cpu }) => cpu)),
        unit: 'ms',
        limit: 10,
      },
      {
        name: 'activation.overEmptyExtension.wallClock',
        value: median(differences.map(({ wall }) => wall)),
        unit: 'ms',
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function activation(bundle: string, home: string): Promise<Span> {
  const { stdout } = await execFileAsync(process.execPath, [...preload, script, bundle], {
    env: cleanEnvironment(home),
  });
  return JSON.parse(stdout) as Span;
}

async function emptyExtension(): Promise<string> {
  const contents = `import * as vscode from 'vscode';
    export function activate() { return vscode.workspace.isTrusted; }`;
  const { outputFiles } = await build({
    stdin: { contents },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    minify: true,
  });
  return outputFiles[0]?.text ?? '';
}
