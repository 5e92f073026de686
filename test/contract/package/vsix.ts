import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';
import { repositoryRoot } from '../../host/paths.ts';

const execFileAsync = promisify(execFile);

export interface Vsix {
  readonly bytes: number;
  /** What the extension's folder will hold, by path. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Packs what is built, with the very script that releases are packed with. */
export async function packageVsix(): Promise<Vsix> {
  const folder = await mkdtemp(join(tmpdir(), 'secret-manager-package-'));
  try {
    const path = join(folder, 'extension.vsix');
    const vsce = join(repositoryRoot, 'node_modules', '@vscode', 'vsce', 'vsce');
    await execFileAsync(process.execPath, [vsce, ...(await packageArguments()), '--out', path], {
      cwd: repositoryRoot,
    });
    const archive = await readFile(path);
    return { bytes: archive.length, files: extensionFiles(archive) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function packageArguments(): Promise<readonly string[]> {
  const manifest = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const command = manifest.scripts['package']?.split('&& vsce ')[1];
  if (command === undefined) {
    throw new Error('The script "package" does not end with a call of vsce.');
  }
  return command.split(' ');
}

/** ZIP, APPNOTE.TXT 4.3: the central directory names every entry and where its local header is. */
function extensionFiles(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const method = archive.readUInt16LE(at + 10);
    const packed = archive.readUInt32LE(at + 20);
    const nameEnd = at + 46 + archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, nameEnd);
    const local = archive.readUInt32LE(at + 42);
    const data = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = archive.subarray(data, data + packed);
    if (name.startsWith(extensionFolder)) {
      files.set(name.slice(extensionFolder.length), method === 0 ? bytes : inflateRawSync(bytes));
    }
    at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

const extensionFolder = 'extension/';
