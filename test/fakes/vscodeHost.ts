import { EventEmitter } from './vscodeTypes.ts';

/** The extension's tree nodes as a host sees them: objects to hand back. */
export interface HostNode {
  readonly kind: string;
}

interface TreeProvider {
  readonly onDidChangeTreeData: (listener: (node: HostNode | undefined) => unknown) => unknown;
  getChildren(node?: HostNode): Promise<HostNode[]>;
  getTreeItem(node: HostNode): { readonly id?: string; readonly label: string };
}

interface ConfigurationChange {
  affectsConfiguration(id: string): boolean;
}

interface QuickPickRow {
  readonly label: string;
}

/** What a test says to the extension, and what it learns of it. */
export class FakeHost {
  readonly commands = new Map<string, (...args: readonly unknown[]) => unknown>();
  /** By their full ids. */
  readonly settings = new Map<string, unknown>();
  readonly settingsChanged = new EventEmitter<ConfigurationChange>();
  readonly #visible = new EventEmitter<{ readonly visible: boolean }>();
  readonly #answers: string[] = [];
  readonly #view = {
    visible: false,
    selection: [],
    badge: undefined,
    message: '',
    onDidChangeVisibility: this.#visible.event,
    onDidCollapseElement: new EventEmitter<unknown>().event,
    reveal: async () => undefined,
    dispose() {},
  };
  #tree: TreeProvider | undefined;
  #search: FakeQuickPick | undefined;

  get tree(): TreeProvider {
    return opened(this.#tree, 'tree view');
  }

  get search(): FakeQuickPick {
    return opened(this.#search, 'quick pick');
  }

  openTree({ treeDataProvider }: { readonly treeDataProvider: TreeProvider }): unknown {
    this.#tree = treeDataProvider;
    return this.#view;
  }

  openSearch(): FakeQuickPick {
    this.#search = new FakeQuickPick();
    return this.#search;
  }

  showTree(): void {
    this.#view.visible = true;
    this.#visible.fire({ visible: true });
  }

  /** The ids that somebody asks about when the settings change. */
  listenedSettings(): ReadonlySet<string> {
    const ids = new Set<string>();
    this.settingsChanged.fire({
      affectsConfiguration: (id) => {
        ids.add(id);
        return false;
      },
    });
    return ids;
  }

  /** Runs a command that asks; each question takes the next answer: a row's label, or text. */
  async run(id: string, args: readonly unknown[] = [], answers: readonly string[] = []) {
    this.#answers.push(...answers);
    await opened(this.commands.get(id), `command ${id}`)(...args);
    if (this.#answers.length > 0) {
      throw new Error(`${id} did not ask for ${this.#answers.join(', ')}.`);
    }
  }

  pick(rows: readonly QuickPickRow[]): QuickPickRow {
    const label = this.input();
    return opened(
      rows.find((row) => row.label === label),
      `row ${label}`,
    );
  }

  input(): string {
    return opened(this.#answers.shift(), 'answer');
  }

  /** A message that nobody expects. */
  fail(message: string): never {
    throw new Error(`The extension says: ${message}`);
  }
}

export class FakeQuickPick {
  readonly #text = new EventEmitter<string>();
  readonly #hidden = new EventEmitter<void>();
  readonly #accepted = new EventEmitter<void>();
  readonly onDidChangeValue = this.#text.event;
  readonly onDidHide = this.#hidden.event;
  readonly onDidAccept = this.#accepted.event;
  readonly activeItems: readonly unknown[] = [];
  selectedItems: readonly unknown[] = [];
  items: readonly QuickPickRow[] = [];
  busy = false;

  type(text: string): void {
    this.#text.fire(text);
  }

  accept(label: string): void {
    this.selectedItems = [
      opened(
        this.items.find((row) => row.label === label),
        `row ${label}`,
      ),
    ];
    this.#accepted.fire();
  }

  show(): void {
    // Nothing is drawn.
  }

  hide(): void {
    this.#hidden.fire();
  }

  dispose(): void {
    this.#text.dispose();
    this.#hidden.dispose();
    this.#accepted.dispose();
  }
}

function opened<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Error(`There is no ${what}.`);
  }
  return value;
}
