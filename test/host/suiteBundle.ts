import { glob, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot } from './paths.ts';

/**
 * Bundles the suite for the extension host, which reads no TypeScript: `index.cjs` and a file a test under `tests`.
 * Returns the path for `extensionTestsPath`.
 */
export async function bundleSuite(suiteFolder: string): Promise<string> {
  const out = join(repositoryRoot, 'out', 'host');
  const files = await Array.fromAsync(glob('**/*.test.ts', { cwd: suiteFolder }));
  if (files.length === 0) {
    throw new Error(`${suiteFolder} holds no *.test.ts file.`);
  }
  await rm(out, { recursive: true, force: true });
  await build({
    entryPoints: [
      { in: join(import.meta.dirname, 'suite', 'index.ts'), out: 'index' },
      ...files.map((file) => ({ in: join(suiteFolder, file), out: join('tests', outName(file)) })),
    ],
    outdir: out,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(out, 'index.cjs');
}

/** `explorer/tree.test.ts` → `explorer-tree.test`: flat, so that the suite finds all of them in one folder. */
function outName(file: string): string {
  return join(file, '..', basename(file, '.ts')).replaceAll(/[\\/]/g, '-');
}
