import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The forms in which a value could lie somewhere: plain, URL-encoded, hex, UTF-16 and base64 at each of its three offsets. */
export class ValueTraces {
  readonly #forms: readonly { readonly name: string; readonly bytes: Buffer }[];

  /** Pieces of the value, so that a text cut short is found too. ASCII only: other characters have more forms. */
  constructor(pieces: readonly string[]) {
    this.#forms = pieces.flatMap((piece) => {
      const plain = Buffer.from(piece, 'ascii');
      const forms: Readonly<Record<string, Buffer>> = {
        plain,
        'UTF-16LE': Buffer.from(piece, 'utf16le'),
        'UTF-16BE': Buffer.from(piece, 'utf16le').swap16(),
        'URL-encoded': Buffer.from(encodeURIComponent(piece)),
        hex: Buffer.from(plain.toString('hex')),
        ...Object.fromEntries(
          [0, 1, 2].map((offset) => [`base64 at ${String(offset)}`, base64At(plain, offset)]),
        ),
      };
      return Object.entries(forms).map(([name, bytes]) => ({ name, bytes }));
    });
  }

  /** In which forms the value is in there. */
  in(content: Buffer | string): readonly string[] {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    return this.#forms.filter((form) => bytes.includes(form.bytes)).map(({ name }) => name);
  }

  /** `<file>: <forms>` for each file below the folder that holds the value. */
  async inFolder(folder: string): Promise<readonly string[]> {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    const found: string[] = [];
    for (const entry of entries) {
      if (entry.isFile()) {
        const path = join(entry.parentPath, entry.name);
        // A file may go while the editor runs.
        const forms = this.in(await readFile(path).catch(() => Buffer.alloc(0)));
        if (forms.length > 0) {
          found.push(`${path}: ${forms.join(', ')}`);
        }
      }
    }
    return found;
  }
}

/** What is the same of the base64 text whatever stands before and after. */
function base64At(bytes: Buffer, offset: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const firstOwn = Math.ceil((offset * 8) / 6);
  const lastOwn = Math.floor(((offset + bytes.length) * 8) / 6);
  return Buffer.from(text.slice(firstOwn, lastOwn));
}
