import type { Locator, Page } from 'playwright-core';
import type { frameTexts } from '../../web/src/i18n/frame.ts';
import type { processTexts } from '../../web/src/i18n/process.ts';
import type { searchTexts } from '../../web/src/i18n/search.ts';
import type { Translated } from '../../web/src/i18n/texts.ts';
import type { treeTexts } from '../../web/src/i18n/tree.ts';

/** The words by which a hand finds what it presses. */
export interface HandWords {
  readonly frame: Translated<typeof frameTexts.en>;
  readonly search: Translated<typeof searchTexts.en>;
  readonly tree: Translated<typeof treeTexts.en>;
  readonly process: Translated<typeof processTexts.en>;
}

/** A way to work the page. */
export interface Hand {
  readonly press: (control: Locator) => Promise<void>;
  readonly write: (field: Locator, text: string) => Promise<void>;
  /** Chooses the last option of a native select, which has that value. */
  readonly choose: (select: Locator, value: string) => Promise<void>;
  readonly search: (text: string) => Promise<void>;
  /** From a line of the events to the tree of its process. */
  readonly treeOf: (line: Locator) => Promise<void>;
  /** Writes into the palette and takes what is offered under that name. */
  readonly goTo: (text: string, option: string) => Promise<void>;
  /** Selects a row of the tree; `letters` are the start of its name. */
  readonly select: (row: Locator, letters: string) => Promise<void>;
  readonly mark: (row: Locator) => Promise<void>;
  readonly raw: () => Promise<void>;
  readonly closeRaw: () => Promise<void>;
  readonly thenNow: () => Promise<void>;
  readonly copyLink: () => Promise<void>;
}

export const hands: Readonly<Record<'mouse' | 'keyboard', (page: Page, words: HandWords) => Hand>> = {
  mouse,
  keyboard,
};

function mouse(page: Page, words: HandWords): Hand {
  const press = (control: Locator): Promise<void> => control.click();
  return {
    press,
    write: async (field, text) => {
      await field.click({ clickCount: 3 });
      await page.keyboard.type(text);
    },
    choose: async (select, value) => {
      await select.selectOption(value);
    },
    search: async (text) => {
      await page.locator('.cm-content').click();
      await page.keyboard.type(text);
      await page.getByRole('button', { name: `${words.search.run} Ctrl ↵`, exact: true }).click();
    },
    treeOf: async (line) => {
      await line.hover();
      await line.getByRole('link', { name: words.search.showTree }).click();
    },
    goTo: async (text, option) => {
      await page.getByRole('button', { name: words.frame.goTo }).click();
      await page.getByRole('combobox', { name: words.frame.goTo }).click();
      await page.keyboard.type(text);
      await page.getByRole('option', { name: option }).first().click();
    },
    select: (row) => row.locator('.nm').click(),
    mark: (row) => row.locator('.nm').click({ modifiers: ['Control'] }),
    raw: () => press(page.locator('#process-panel').getByRole('button', { name: words.process.rawEvent })),
    closeRaw: () => press(page.getByRole('button', { name: words.process.rawClose })),
    thenNow: () => press(page.getByRole('link', { name: words.tree.thenNow, exact: true })),
    copyLink: () => press(page.getByRole('button', { name: words.tree.copyLink, exact: true })),
  };
}

/** More stops than any page has. */
const mostStops = 150;

function keyboard(page: Page, words: HandWords): Hand {
  const { keyboard: keys } = page;
  const holdsFocus = async (control: Locator): Promise<boolean> =>
    (await control.and(page.locator(':focus')).count()) > 0;

  /** Walks the stops of the page until the focus is there. */
  const walkTo = async (control: Locator): Promise<void> => {
    await control.waitFor();
    for (let stops = 0; stops < mostStops; stops += 1) {
      if (await holdsFocus(control)) return;
      await keys.press('Tab');
    }
    throw new Error(`no way by Tab to ${control}`);
  };
  const press = async (control: Locator): Promise<void> => {
    await walkTo(control);
    await keys.press('Enter');
  };
  const toGrid = (): Promise<void> =>
    walkTo(page.locator('[role="treegrid"] .rows [role="row"][tabindex="0"]'));
  return {
    press,
    write: async (field, text) => {
      await walkTo(field);
      await keys.press('Control+a');
      await keys.type(text);
    },
    choose: async (select) => {
      await walkTo(select);
      await keys.press('End');
    },
    search: async (text) => {
      await keys.press('/');
      await walkTo(page.locator('.cm-content'));
      await keys.type(text);
      await keys.press('Escape');
      await keys.press('Control+Enter');
    },
    treeOf: async (line) => {
      await walkTo(page.locator('.evlist'));
      const down = Number(await line.getAttribute('aria-rowindex')) - 2;
      for (let steps = 0; steps < down; steps += 1) await keys.press('ArrowDown');
      await keys.press('Enter');
      await press(page.locator('.drawer').getByRole('link', { name: words.search.showTree }));
    },
    goTo: async (text, option) => {
      await keys.press('Control+k');
      await page.getByRole('combobox', { name: words.frame.goTo }).waitFor();
      await keys.type(text);
      const wanted = page.getByRole('option', { name: option }).first();
      await wanted.waitFor();
      while ((await wanted.getAttribute('aria-selected')) !== 'true') await keys.press('ArrowDown');
      await keys.press('Enter');
    },
    select: async (_row, letters) => {
      await toGrid();
      await keys.type(letters);
    },
    mark: async () => {
      await toGrid();
      await keys.press('Space');
    },
    raw: () => keys.press('Shift+E'),
    closeRaw: async () => {
      await walkTo(page.getByRole('button', { name: words.process.rawClose }));
      await keys.press('Escape');
    },
    thenNow: async () => {
      await toGrid();
      await keys.press('[');
    },
    copyLink: async () => {
      await toGrid();
      await keys.press('Shift+L');
    },
  };
}
