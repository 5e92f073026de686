import * as l10n from '@vscode/l10n';

type SectionType = 'profile' | 'sso-session' | 'services';

export interface IniSection {
  /** The AWS SDK's key: the text between the brackets, or `type.label` where that text is a typed header. */
  readonly name: string;
  /** `profile` and `x` of `[profile x]`; absent for a bare header such as `[x]`. */
  readonly type?: SectionType;
  readonly label: string;
  /** Counted from 1. */
  readonly line: number;
  /** Nested keys are flattened with a dot: `secrets_manager.endpoint_url`. May hold credentials. */
  readonly entries: ReadonlyMap<string, string>;
}

/** The message names sections only: any other text of the file may be a credential that stands in a wrong place. */
interface IniProblem {
  readonly line: number;
  readonly message: string;
}

export interface IniFile {
  readonly sections: readonly IniSection[];
  readonly problems: readonly IniProblem[];
}

/**
 * Reads an AWS config or credentials file exactly as `@smithy/core/config` does (its parseIni.js), because the SDK reads
 * the same file again when it makes the credentials. Sections without keys are kept here; the SDK has none of them.
 */
export function parseIni(text: string): IniFile {
  const reader = new IniReader();
  for (const line of text.split(/\r?\n/)) {
    if (!reader.read(line)) {
      break;
    }
  }
  return text.includes('\0')
    ? { sections: reader.sections(), problems: [notText()] }
    : { sections: reader.sections(), problems: reader.problems };
}

/** What is not text has a problem in every line. */
const maxProblems = 100;

const sectionTypes: ReadonlySet<string> = new Set<SectionType>([
  'profile',
  'sso-session',
  'services',
]);
const typedHeader = /^([\w-]+)\s(["'])?([\w\-@+.%:/]+)\2$/;
const commentStart = /(^|\s)[;#]/;

interface OpenSection {
  readonly name: string;
  readonly type?: SectionType;
  readonly label: string;
  readonly line: number;
  readonly entries: Map<string, string>;
}

class IniReader {
  readonly problems: IniProblem[] = [];
  readonly #sections = new Map<string, OpenSection>();
  #line = 0;
  #section: OpenSection | undefined;
  /** Below a header that nobody reads; its problem is told once, at the header. */
  #skipping = false;
  #nestedUnder: string | undefined;

  sections(): readonly IniSection[] {
    return [...this.#sections.values()];
  }

  /** Answers false when the SDK refuses the whole file. */
  read(line: string): boolean {
    this.#line += 1;
    const comment = commentStart.exec(line);
    const content = (comment ? line.slice(0, comment.index) : line).trim();
    if (content.startsWith('[') && content.endsWith(']')) {
      return this.#readHeader(content.slice(1, -1));
    }
    if (content !== '') {
      this.#readEntry(content, line.trimStart() !== line);
    }
    return true;
  }

  #readHeader(header: string): boolean {
    this.#section = undefined;
    this.#nestedUnder = undefined;
    this.#skipping = true;
    if (header === '__proto__' || header === 'profile __proto__') {
      this.#sections.clear();
      this.#problem(l10n.t('The AWS SDK refuses the whole file because of the name “__proto__”.'));
      return false;
    }
    const [, type, , label = ''] = typedHeader.exec(header) ?? [];
    if (header === '') {
      this.#problem(l10n.t('The section has no name, so nothing in it is read.'));
    } else if (type === undefined) {
      this.#open({ name: header, label: header });
    } else if (isSectionType(type)) {
      this.#open({ name: `${type}.${label}`, type, label });
    } else {
      this.#problem(
        l10n.t('“[{0}]” is no kind of section that AWS knows, so nothing in it is read.', header),
      );
    }
    return true;
  }

  #open(header: Pick<OpenSection, 'name' | 'type' | 'label'>): void {
    const known = this.#sections.get(header.name);
    if (known) {
      this.#problem(
        l10n.t(
          'Section “{0}” stands here again after line {1}. Both are read as one, and the later value of a key wins.',
          header.label,
          known.line,
        ),
      );
    }
    this.#section = known ?? { ...header, line: this.#line, entries: new Map() };
    this.#sections.set(header.name, this.#section);
    this.#skipping = false;
  }

  #readEntry(content: string, indented: boolean): void {
    const equals = content.indexOf('=');
    this.#reportEntry(content, equals);
    if (!this.#section || equals <= 0) {
      return;
    }
    const key = content.slice(0, equals).trim();
    const value = content.slice(equals + 1).trim();
    if (value === '') {
      this.#nestedUnder = key;
      return;
    }
    if (!indented) {
      this.#nestedUnder = undefined;
    }
    const path = this.#nestedUnder === undefined ? key : `${this.#nestedUnder}.${key}`;
    this.#section.entries.set(path, value);
  }

  #reportEntry(content: string, equals: number): void {
    if (content.startsWith('[')) {
      this.#problem(
        l10n.t(
          'The section header is not closed with “]”, so the lines below it count as part of the section above.',
        ),
      );
    } else if (this.#skipping) {
      return;
    } else if (!this.#section) {
      this.#problem(l10n.t('The line stands before the first section, so it is not read.'));
    } else if (equals === -1) {
      this.#problem(l10n.t('The line has no “=”, so it is not read.'));
    } else if (equals === 0) {
      this.#problem(l10n.t('The line has no key before “=”, so it is not read.'));
    }
  }

  #problem(message: string): void {
    if (this.problems.length < maxProblems) {
      this.problems.push({ line: this.#line, message });
    }
  }
}

function isSectionType(text: string): text is SectionType {
  return sectionTypes.has(text);
}

function notText(): IniProblem {
  return { line: 1, message: l10n.t('The file is not plain text. Save it as UTF-8.') };
}
