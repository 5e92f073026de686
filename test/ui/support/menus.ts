import type { Page } from 'playwright-core';
import { poll } from './poll.ts';

/** The entries of the open menu. */
export async function menuItems(page: Page): Promise<readonly string[]> {
  return await poll('the entries of the menu', async () => {
    const labels = await page
      .locator('.monaco-menu')
      .last()
      .locator('.action-menu-item .action-label')
      .allInnerTexts();
    return labels.length === 0 ? undefined : labels.map((label) => label.trim());
  });
}

export async function chooseMenuItem(page: Page, item: string): Promise<void> {
  const menu = page.locator('.monaco-menu');
  const entry = menu
    .locator('.action-menu-item')
    .filter({ has: page.getByText(item, { exact: true }) });
  await poll(
    `the menu entry "${item}"`,
    async () => ((await entry.count()) > 0 ? true : undefined),
    async () => `The menu has: ${(await menuItems(page)).join(', ')}`,
  );
  // A menu takes no click in its first 100 ms, so it is repeated until the menu is gone.
  await poll(`the menu to take "${item}"`, async () => {
    if ((await menu.count()) === 0) {
      return true;
    }
    await entry
      .first()
      .click({ timeout: 1000 })
      .catch(() => undefined);
    return (await menu.count()) === 0 ? true : undefined;
  });
}

export async function closeMenu(page: Page): Promise<void> {
  await poll('the menu to close', async () => {
    await page.keyboard.press('Escape');
    return (await page.locator('.monaco-menu').count()) === 0 ? true : undefined;
  });
}
