import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const repositoryRoot = resolve(import.meta.dirname, '../..');

/** Git-ignored, shared by every run: what was fetched once is not fetched again. */
export const downloadsFolder = join(repositoryRoot, '.vscode-test');

/** VS Code makes Unix sockets below its data folders; their paths may have 103 characters, which macOS's TMPDIR exceeds. */
export function shortTemporaryFolder(): string {
  return process.platform === 'darwin' ? '/tmp' : tmpdir();
}

/** npm's own entry when npm started us; else npm beside this Node, found on PATH. */
export function npmCommand(): {
  readonly file: string;
  readonly prefix: readonly string[];
  readonly shell: boolean;
} {
  const entry = process.env['npm_execpath'];
  if (entry !== undefined && /npm-cli\.c?js$/.test(entry)) {
    return { file: process.execPath, prefix: [entry], shell: false };
  }
  return { file: 'npm', prefix: [], shell: process.platform === 'win32' };
}

/** npm scripts put `node_modules/.bin` and thus Node 24 first on PATH; programs started by file find it too. */
export function pathWithThisNode(): string {
  const separator = process.platform === 'win32' ? ';' : ':';
  return [dirname(process.execPath), process.env['PATH'] ?? process.env['Path'] ?? ''].join(
    separator,
  );
}
