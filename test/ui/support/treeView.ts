import type { Locator, Page } from 'playwright-core';
import type { DomElement } from './dom.ts';
import { chooseMenuItem, closeMenu, menuItems } from './menus.ts';
import type { Text } from './poll.ts';
import { matches, patienceSeconds, poll } from './poll.ts';

export interface TreeRow {
  /** Position in the whole tree, whatever is scrolled into view. */
  readonly index: number;
  readonly label: string;
  readonly description: string;
  readonly ariaLabel: string;
  /** 1 for a root. */
  readonly level: number;
  /** Undefined for a row that cannot be expanded. */
  readonly expanded: boolean | undefined;
  readonly loading: boolean;
  readonly selected: boolean;
}

/** Labels from the root to the row. */
export type TreePath = readonly Text[];

/** One view of the side bar, by its title, as a person sees it. */
export class TreeView {
  readonly #page: Page;
  readonly #pane: Locator;
  readonly #list: Locator;

  constructor(page: Page, title: string) {
    this.#page = page;
    this.#pane = page
      .locator('[id="workbench.parts.sidebar"] .pane')
      .filter({ has: page.locator(`.pane-header[aria-label^="${title}"]`) })
      .filter({ has: page.locator('.tree-explorer-viewlet-tree-view') });
    this.#list = this.#pane.locator('.customview-tree .monaco-list').first();
  }

  /** The rows that are rendered now. */
  async rows(): Promise<readonly TreeRow[]> {
    return (await this.#read()).rows;
  }

  /** All rows of the tree: scrolls through the list. */
  async allRows(): Promise<readonly TreeRow[]> {
    return await this.#scan(() => false);
  }

  /** The row at `path` once it is there. */
  async row(path: TreePath, seconds = patienceSeconds): Promise<TreeRow> {
    return await poll(
      `the row ${describePath(path)}`,
      () => this.find(path),
      () => this.#describe(),
      seconds,
    );
  }

  /** The row at `path` if it is there now. */
  async find(path: TreePath): Promise<TreeRow | undefined> {
    return findRow(await this.#scan((rows) => findRow(rows, path) !== undefined), path);
  }

  async children(path: TreePath): Promise<readonly TreeRow[]> {
    const rows = await this.#scanChildren(path);
    const parent = findRow(rows, path);
    return parent === undefined ? [] : childrenOf(rows, parent);
  }

  /** Expands the row and its ancestors, waits for the children and returns them. */
  async expand(path: TreePath): Promise<readonly TreeRow[]> {
    for (let length = 1; length < path.length; length++) {
      await this.#expandOne(path.slice(0, length));
    }
    return await this.#expandOne(path);
  }

  async collapse(path: TreePath): Promise<void> {
    const row = await this.row(path);
    if (row.expanded === true) {
      await this.#act(path, async (element) => {
        await element.locator('.monaco-tl-twistie').click({ timeout: 2000 });
      });
    }
    await poll(`${describePath(path)} to collapse`, async () => {
      const now = await this.find(path);
      return now?.expanded === false ? true : undefined;
    });
  }

  /** A click on the label, which runs the row's command; with a modifier it extends the selection. */
  async click(
    path: TreePath,
    options: { readonly modifiers?: ('ControlOrMeta' | 'Shift')[] } = {},
  ): Promise<void> {
    await this.#act(path, async (element) => {
      await element
        .locator('.monaco-icon-label')
        .first()
        .click({ timeout: 2000, position: { x: 24, y: 8 }, ...options });
    });
  }

  /** The entries of the row's context menu; separators are left out. */
  async contextMenu(path: TreePath): Promise<readonly string[]> {
    await this.#openContextMenu(path);
    const items = await menuItems(this.#page);
    await closeMenu(this.#page);
    return items;
  }

  async chooseFromContextMenu(path: TreePath, item: string): Promise<void> {
    await this.#openContextMenu(path);
    await chooseMenuItem(this.#page, item);
  }

  async inlineActions(path: TreePath): Promise<readonly string[]> {
    return await this.#act(path, async (element) => {
      await element.hover({ timeout: 2000 });
      const labels = await element.locator('.actions a.action-label').all();
      return await Promise.all(
        labels.map(async (label) =>
          withoutKeybinding((await label.getAttribute('aria-label')) ?? ''),
        ),
      );
    });
  }

  async inlineAction(path: TreePath, name: string): Promise<void> {
    await this.#act(path, async (element) => {
      await element.hover({ timeout: 2000 });
      await element
        .locator(`.actions a.action-label[aria-label^="${name}"]`)
        .click({ timeout: 2000 });
    });
  }

  /** The text of the tooltip that appears when the pointer rests on the row. */
  async tooltip(path: TreePath): Promise<string> {
    const hover = this.#page.locator('.monaco-hover.workbench-hover:visible');
    await this.#page.mouse.move(1, 1);
    await this.#page.keyboard.press('Escape');
    await poll('the previous tooltip to close', async () =>
      (await hover.count()) === 0 ? true : undefined,
    );
    await this.#act(path, async (element) => {
      await element
        .locator('.monaco-icon-label')
        .first()
        .hover({ timeout: 2000, position: { x: 24, y: 8 } });
    });
    const text = await poll(`the tooltip of ${describePath(path)}`, async () => {
      const texts = await hover.allInnerTexts();
      // A tooltip that the extension resolves late says so first.
      return texts.find(
        (candidate) => candidate.trim() !== '' && !candidate.trim().startsWith('Loading'),
      );
    });
    await this.#page.mouse.move(1, 1);
    // A Markdown tooltip keeps the spaces of plain text by no-break ones.
    return text.trim().replaceAll('\u00a0', ' ');
  }

  /** The line above the tree, empty when there is none. */
  async message(): Promise<string> {
    const texts = await this.#pane
      .locator('.tree-explorer-viewlet-tree-view > .message:visible')
      .allInnerTexts();
    return texts.join('\n').trim();
  }

  /** What the view shows instead of a tree, empty when it shows a tree. */
  async welcome(): Promise<string> {
    return (await this.#pane.locator('.welcome-view-content:visible').allInnerTexts())
      .join('\n')
      .trim();
  }

  async clickWelcomeButton(name: string): Promise<void> {
    await this.#pane
      .locator('.welcome-view-content')
      .getByRole('button', { name, exact: true })
      .click();
  }

  /** A button in the title of the side bar; those in its overflow come by `chooseFromTitleMenu`. */
  async titleAction(name: string): Promise<void> {
    await this.#titleButton(name).click();
  }

  async chooseFromTitleMenu(item: string): Promise<void> {
    await this.#titleButton('Views and More Actions')
      .or(this.#titleButton('More Actions'))
      .first()
      .click();
    await chooseMenuItem(this.#page, item);
  }

  #titleButton(name: string): Locator {
    return this.#page.locator(
      `[id="workbench.parts.sidebar"] > .title .title-actions [role="button"][aria-label^="${name}"]`,
    );
  }

  async #expandOne(path: TreePath): Promise<readonly TreeRow[]> {
    const row = await this.row(path);
    if (row.expanded === undefined) {
      throw new Error(`The row ${describePath(path)} cannot be expanded.`);
    }
    if (!row.expanded) {
      await this.#act(path, async (element) => {
        await element.locator('.monaco-tl-twistie').click({ timeout: 2000 });
      });
    }
    let emptySince: number | undefined;
    return await poll(
      `the children of ${describePath(path)}`,
      async () => {
        const rows = await this.#scanChildren(path);
        const parent = findRow(rows, path);
        if (parent?.expanded !== true || parent.loading) {
          emptySince = undefined;
          return undefined;
        }
        const children = childrenOf(rows, parent);
        if (children.length > 0) {
          return children;
        }
        // The tree marks a row as loading only after 800 ms; a row without children has to be at rest for longer.
        emptySince ??= Date.now();
        return Date.now() - emptySince > 2000 ? children : undefined;
      },
      () => this.#describe(),
    );
  }

  async #openContextMenu(path: TreePath): Promise<void> {
    await this.#act(path, async (element) => {
      await element.click({ button: 'right', timeout: 2000, position: { x: 60, y: 8 } });
      await this.#page.locator('.monaco-menu').first().waitFor({ timeout: 5000 });
    });
  }

  /** Finds the row, scrolls to it and acts; does it again when the tree changed in between. */
  async #act<T>(path: TreePath, action: (element: Locator) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const row = await this.row(path);
      await this.#scrollTo(row.index);
      const element = this.#list
        .locator(
          `.monaco-list-rows .monaco-list-row[data-index="${String(row.index)}"][aria-level="${String(row.level)}"]`,
        )
        .filter({ has: this.#page.getByText(row.label, { exact: true }) });
      try {
        return await action(element);
      } catch (error) {
        if (attempt === 3) {
          throw error;
        }
      }
    }
  }

  /** Reads as far as needed to know all children of the row at `path`. */
  async #scanChildren(path: TreePath): Promise<readonly TreeRow[]> {
    return await this.#scan((rows) => {
      const parent = findRow(rows, path);
      const last = rows.at(-1);
      return (
        parent !== undefined &&
        last !== undefined &&
        last.index > parent.index &&
        last.level <= parent.level
      );
    });
  }

  /** Rows from the top on, in order and without a gap, until `enough` or the end. */
  async #scan(enough: (rows: readonly TreeRow[]) => boolean): Promise<readonly TreeRow[]> {
    for (let round = 0; round < 5; round++) {
      const rows = await this.#scanOnce(enough);
      // Rows that came or went while it scrolled leave a gap; then it is done again.
      if (rows.every((row, index) => row.index === index)) {
        return rows;
      }
    }
    throw new Error('The tree did not come to rest while it was read.');
  }

  async #scanOnce(enough: (rows: readonly TreeRow[]) => boolean): Promise<readonly TreeRow[]> {
    let state = await this.#scroll(await this.#read(), ({ top }) => top > 0, -1);
    const found = new Map<number, TreeRow>();
    for (;;) {
      for (const row of state.rows) {
        found.set(row.index, row);
      }
      const rows = [...found.values()].toSorted((one, other) => one.index - other.index);
      const { top } = state;
      if (top + state.height >= state.contentHeight || enough(rows)) {
        return rows;
      }
      state = await this.#scroll(state, (now) => now.top <= top, 1);
    }
  }

  /** Brings a row fully into view. */
  async #scrollTo(index: number): Promise<void> {
    const above = (state: ListState): boolean => index * state.rowHeight < state.top;
    const below = (state: ListState): boolean =>
      (index + 1) * state.rowHeight > state.top + state.height;
    await this.#scroll(await this.#scroll(await this.#read(), below, 1), above, -1);
  }

  /** Turns the wheel by a notch while `goOn`, and waits for each to take effect. */
  async #scroll(
    start: ListState,
    goOn: (state: ListState) => boolean,
    direction: 1 | -1,
  ): Promise<ListState> {
    let state = start;
    while (goOn(state)) {
      const { top } = state;
      const box = await this.#list.boundingBox();
      // The left edge: no row shows its tooltip there.
      await this.#page.mouse.move((box?.x ?? 0) + 2, (box?.y ?? 0) + 30);
      await this.#page.mouse.wheel(0, direction * 120);
      state = await poll(
        'the tree to scroll',
        async () => {
          const now = await this.#read();
          // A list that shrank meanwhile has nothing to scroll and is at its end by itself.
          const atEnd = now.contentHeight <= now.height;
          return now.top === top && goOn(now) && !atEnd ? undefined : now;
        },
        undefined,
        10,
      );
      if (state.contentHeight <= state.height) {
        return state;
      }
    }
    return state;
  }

  async #read(): Promise<ListState> {
    const states = await this.#list.evaluateAll((lists: DomElement[]) =>
      lists.map((list) => {
        const rows = list.querySelector('.monaco-list-rows');
        const elements = [...(rows?.querySelectorAll('.monaco-list-row') ?? [])];
        return {
          // The list moves its rows up by as much as it is scrolled down.
          top: Math.round(-Number.parseFloat(rows?.style.top ?? '0')) || 0,
          height: list.clientHeight,
          contentHeight: Number.parseFloat(rows?.style.height ?? '0') || 0,
          rowHeight: Number.parseFloat(elements[0]?.style.height ?? '22') || 22,
          rows: elements.map((row) => {
            const expanded = row.getAttribute('aria-expanded');
            const twistie = row.querySelector('.monaco-tl-twistie');
            return {
              index: Number(row.getAttribute('data-index')),
              label: row.querySelector('.label-name')?.textContent ?? '',
              description: row.querySelector('.label-description')?.textContent ?? '',
              ariaLabel: row.getAttribute('aria-label') ?? '',
              level: Number(row.getAttribute('aria-level')),
              expanded: expanded === null ? undefined : expanded === 'true',
              loading: twistie?.classList.contains('codicon-tree-item-loading') ?? false,
              selected: row.getAttribute('aria-selected') === 'true',
            };
          }),
        };
      }),
    );
    const state = states[0] ?? { top: 0, height: 0, contentHeight: 0, rowHeight: 22, rows: [] };
    return { ...state, rows: state.rows.toSorted((one, other) => one.index - other.index) };
  }

  async #describe(): Promise<string> {
    const rows = await this.rows();
    const lines = rows.map((row) => `${'  '.repeat(row.level)}${row.label} · ${row.description}`);
    return ['The tree shows:', ...lines, await this.message(), await this.welcome()].join('\n');
  }
}

interface ListState {
  /** Pixels that are scrolled out at the top. */
  readonly top: number;
  readonly height: number;
  readonly contentHeight: number;
  readonly rowHeight: number;
  readonly rows: readonly TreeRow[];
}

function findRow(rows: readonly TreeRow[], path: TreePath): TreeRow | undefined {
  let candidates = rows.filter((row) => row.level === 1);
  let found: TreeRow | undefined;
  for (const label of path) {
    found = candidates.find((row) => matches(row.label, label));
    if (found === undefined) {
      return undefined;
    }
    candidates = childrenOf(rows, found);
  }
  return found;
}

function childrenOf(rows: readonly TreeRow[], parent: TreeRow): TreeRow[] {
  const after = rows.slice(rows.indexOf(parent) + 1);
  const end = after.findIndex((row) => row.level <= parent.level);
  return after
    .slice(0, end === -1 ? undefined : end)
    .filter((row) => row.level === parent.level + 1);
}

/** "Copy Name (Ctrl+C)" → "Copy Name" */
function withoutKeybinding(label: string): string {
  return label.replace(/ \([^()]*\)$/, '');
}

function describePath(path: TreePath): string {
  return path.map(String).join(' › ');
}
