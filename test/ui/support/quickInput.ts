import type { Locator, Page } from 'playwright-core';
import type { DomElement } from './dom.ts';
import type { Text } from './poll.ts';
import { matches, poll } from './poll.ts';

export interface QuickItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

export interface QuickInputState {
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  /** The prompt of an input box, or what its validation says. */
  readonly message: string;
  readonly password: boolean;
  readonly busy: boolean;
  /** The items that are rendered: a long list shows about twenty. */
  readonly items: readonly QuickItem[];
}

/** Quick picks, input boxes and the Command Palette: one widget at the top of the window. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;
  readonly #input: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget:visible');
    this.#input = this.#widget.locator('.quick-input-filter input').first();
  }

  /** What is open now, or undefined. */
  async state(): Promise<QuickInputState | undefined> {
    const states = await this.#widget.evaluateAll((widgets: DomElement[]) =>
      widgets.map((widget) => {
        const input = widget.querySelector('.quick-input-filter input');
        const shown = (selector: string, within: DomElement = widget): string => {
          const element = within.querySelector(selector);
          return element === null || element.offsetParent === null ? '' : element.innerText.trim();
        };
        return {
          title: shown('.quick-input-title'),
          placeholder: input?.getAttribute('placeholder') ?? '',
          value: input?.value ?? '',
          message: shown('.quick-input-message'),
          password: input?.getAttribute('type') === 'password',
          busy:
            widget.querySelector('.quick-input-progress')?.classList.contains('active') ?? false,
          items: [...widget.querySelectorAll('.quick-input-list .monaco-list-row')].map((row) => ({
            label: row.querySelector('.label-name')?.textContent ?? '',
            description: row.querySelector('.label-description')?.textContent ?? '',
            // A row that is used again keeps the hidden text of the item before.
            detail: shown('.quick-input-list-label-meta', row),
          })),
        };
      }),
    );
    return states[0];
  }

  async waitFor(what: string, test: (state: QuickInputState) => boolean): Promise<QuickInputState> {
    return await poll(
      what,
      async () => {
        const state = await this.state();
        return state !== undefined && test(state) ? state : undefined;
      },
      async () => `Quick input: ${JSON.stringify(await this.state())}`,
    );
  }

  /** The items once the list is filled and at rest. */
  async items(): Promise<readonly QuickItem[]> {
    return (
      await this.waitFor('quick pick items', (state) => !state.busy && state.items.length > 0)
    ).items;
  }

  async type(text: string): Promise<void> {
    await this.#input.fill(text);
  }

  async accept(): Promise<void> {
    await this.#input.press('Enter');
  }

  async pick(label: Text): Promise<void> {
    const state = await this.waitFor(`the item ${String(label)}`, ({ items }) =>
      items.some((item) => matches(item.label, label)),
    );
    const found = state.items.find((item) => matches(item.label, label));
    await this.#widget
      .locator('.quick-input-list .monaco-list-row')
      .filter({
        has: this.#page.locator('.label-name').getByText(found?.label ?? '', { exact: true }),
      })
      .first()
      .click();
  }

  /** A button of the title or of the input, such as Back. */
  async button(name: string): Promise<void> {
    await this.#widget.locator(`[role="button"][aria-label^="${name}"]`).first().click();
  }

  async cancel(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.waitUntilClosed();
  }

  async waitUntilClosed(): Promise<void> {
    await poll('the quick input to close', async () =>
      (await this.#widget.count()) === 0 ? true : undefined,
    );
  }

  /** Runs a command by its full title, "Category: Title". */
  async runCommand(title: string): Promise<void> {
    await this.openPalette();
    await this.type(`>${title}`);
    await this.pick(title);
  }

  /** The titles that the Command Palette offers for what is typed. */
  async paletteTitles(typed: string): Promise<readonly string[]> {
    await this.openPalette();
    await this.type(`>${typed}`);
    const state = await this.waitFor(
      'the palette',
      ({ items, value }) => value === `>${typed}` && items.length > 0,
    );
    await this.cancel();
    return state.items.map((item) => item.label);
  }

  async openPalette(): Promise<void> {
    await poll('the Command Palette', async () => {
      await this.#page.keyboard.press('F1');
      await this.#input.waitFor({ timeout: 2000 }).catch(() => undefined);
      return (await this.state())?.value.startsWith('>') === true ? true : undefined;
    });
  }
}
