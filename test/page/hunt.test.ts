import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { casesTexts } from '../../web/src/i18n/cases.ts';
import { compareTexts } from '../../web/src/i18n/compare.ts';
import { coverageTexts } from '../../web/src/i18n/coverage.ts';
import { frameTexts } from '../../web/src/i18n/frame.ts';
import { processTexts } from '../../web/src/i18n/process.ts';
import { searchTexts } from '../../web/src/i18n/search.ts';
import { treeTexts } from '../../web/src/i18n/tree.ts';
import { type Hand, hands } from './hands.ts';
import { noChromium, seriousFaults, servePage } from './open-page.ts';

const server = servePage();
const languages = ['en', 'ja'] as const;
type Language = (typeof languages)[number];

const accounting = 'ws-acc-01.kitano.example';
const sales = 'ws-sal-02.kitano.example';

/** The page's words in a language. */
function wordsOf(language: Language) {
  return {
    search: searchTexts[language],
    tree: treeTexts[language],
    process: processTexts[language],
    compare: compareTexts[language],
    coverage: coverageTexts[language],
    cases: casesTexts[language],
    frame: frameTexts[language],
  };
}

function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)[^}]*\}\}/g, (whole, name: string) => values[name] ?? whole);
}

function row(page: Page, pid: number): Locator {
  return page
    .locator('.rows [role="row"]')
    .filter({ has: page.locator('.pid', { hasText: new RegExp(`^${pid}$`) }) });
}

/** Level, name and process id of each row. */
async function drawn(page: Page): Promise<readonly string[]> {
  const rows = page.locator('.rows [role="row"]');
  await rows.first().waitFor();
  const labels = await rows.evaluateAll((all) =>
    all.map((each) => [each.getAttribute('aria-level'), each.getAttribute('aria-label')] as const),
  );
  return labels.map(([level, label]) => `${level} ${label?.split(', ').slice(0, 2).join(' ')}`);
}

function panel(page: Page): Locator {
  return page.locator('#process-panel');
}

/** The class of evidence in the panel that bears that name. */
function evidence(page: Page, name: string): Locator {
  return panel(page)
    .locator('.evs > li')
    .filter({ has: page.locator('.enl', { hasText: new RegExp(`^${name}$`) }) });
}

const network = { en: 'Network', ja: '通信' };
const droppedWord = { en: /drop/i, ja: /取りこぼ/ };

async function isOfLoader(page: Page, language: Language): Promise<void> {
  await panel(page).getByRole('heading', { name: 'rundll32.exe' }).waitFor();
  const asked = evidence(page, network[language]);
  await asked.waitFor();
  const said = (await asked.textContent()) ?? '';
  expect(said).toContain(wordsOf(language).process.answerNotCertain);
  expect(said).toMatch(droppedWord[language]);
}

async function isMovedFromBrowserToWord(page: Page): Promise<void> {
  const moved = page.locator('.dif li').filter({ hasText: '8820' });
  await moved.waitFor();
  expect((await moved.locator('.l1').textContent()) ?? '').toMatch(
    /^powershell\.exe8820msedge\.exe 7344WINWORD\.EXE 7344/,
  );
}

async function hasAdded(page: Page, count: number, language: Language): Promise<void> {
  const added = page.locator('.facts .dl.nw');
  await added.waitFor();

  await expect.poll(() => added.textContent()).toContain(`${count} ${wordsOf(language).compare.added_other}`);
}

beforeAll(async () => {
  if (!noChromium) await server.loadDemonstration();
}, 180_000);

describe.skipIf(noChromium).each(languages)('the hunt of the demonstration case, in %s', (language) => {
  const words = wordsOf(language);

  test.for(['mouse', 'keyboard'] as const)('by %s', { timeout: 180_000 }, async (kind) => {
    const { page, complaints } = await server.open('/search', { language });
    const hand: Hand = hands[kind](page, words);
    await page.locator('.cm-content').waitFor();

    // A name from the alert leads to the tree of the process that opened it.
    await hand.search('Salaries.xls');
    const opened = page.locator('.evbody [role="row"]', {
      hasText: /Excel\.exe.*Excel\.exe.*EventCode1\D/s,
    });
    await opened.first().waitFor();
    await hand.treeOf(opened.first());
    await page.waitForURL(/\/tree\?/);
    expect(page.url()).toContain(accounting);
    await row(page, 9044).waitFor();
    expect(await drawn(page)).toEqual(
      expect.arrayContaining([
        '1 Outlook.exe 11120',
        '2 Excel.exe 6416',
        '3 mshta.exe 12404',
        '4 powershell.exe 16796',
        '5 powershell.exe 5912',
        '6 cmd.exe 1832',
        '7 whoami.exe 9044',
      ]),
    );

    // What the tree says of a process rests on an event.
    await hand.select(row(page, 12404), 'mshta');
    await panel(page).getByRole('heading', { name: words.process.identity }).waitFor();
    await panel(page).getByRole('heading', { name: words.process.evidence }).waitFor();
    expect(await panel(page).locator('#panel-parent').textContent()).toBe(
      `${words.process.parentLink}${words.tree.gradeExact}`,
    );
    expect(await panel(page).locator('#panel-parent-section').textContent()).toContain('Excel.exe');
    await hand.raw();
    const raw = page.getByRole('region', { name: words.process.rawTitle });
    await raw.getByText('ProcessGuid').first().waitFor();
    expect(await raw.textContent()).toContain('view.hta');
    await hand.closeRaw();
    await raw.waitFor({ state: 'detached' });

    // The second host: by process id alone, the shell would be the browser's.
    await hand.goTo(
      'ws-sal-02 Invoice 2024',
      filled(words.frame.processesOn, { host: sales, text: 'Invoice 2024' }),
    );
    await row(page, 7344).waitFor();
    await hand.press(page.getByRole('link', { name: words.tree.compare, exact: true }).last());
    await hand.choose(page.getByLabel(words.compare.method), 'first');
    await page.waitForURL(/method=first/);
    await isMovedFromBrowserToWord(page);
    expect(await page.locator('#cmp-lane').textContent()).toContain('7344');

    // What was known at eight in the evening, and what of it was new.
    await hand.press(page.locator('.who a.sub'));
    await row(page, 7344).waitFor();
    await hand.press(page.locator('.fact').filter({ hasText: words.tree.asOf }).getByRole('button'));
    await hand.write(page.getByRole('textbox', { name: words.tree.asOf }), '2024-05-14 20:00:00');
    await hand.press(page.getByRole('button', { name: words.tree.asOfShow, exact: true }));
    await page.waitForURL(/asof=2024-05-14T11/);
    await row(page, 7344).waitFor();
    await hand.thenNow();
    await page.waitForURL(/to=2024-05-14T11/);
    await hasAdded(page, 2, language);
    expect(await page.locator('.cmppage').textContent()).toContain('ipconfig.exe');

    // No event is not no connection.
    await hand.press(page.locator('.who a.sub'));
    await row(page, 9404).waitFor();
    await hand.select(row(page, 9404), 'rundll');
    await isOfLoader(page, language);

    // It is noted, and whoever gets the link sees the same.
    const name = `Invoice ${language} ${kind}`;
    await hand.mark(row(page, 9404));
    await hand.press(page.getByRole('button', { name: words.tree.markedNote }));
    await hand.choose(page.getByRole('combobox', { name: words.cases.case }), 'new');
    await hand.write(page.getByLabel(words.cases.name, { exact: true }), name);
    await hand.write(page.getByLabel(words.cases.note, { exact: true }), 'asks nobody?');
    await hand.press(page.getByRole('button', { name: words.cases.add, exact: true }));
    await page.getByText(words.cases.noteAdded).waitFor();
    await hand.copyLink();
    await page.getByText(words.tree.linkCopied).waitFor();
    const link = String(await page.evaluate('navigator.clipboard.readText()'));
    const { page: other } = await server.open(link.slice(server.url().length), { language });
    expect(await drawn(other)).toEqual(await drawn(page));
    await isOfLoader(other, language);
    await other.context().close();

    // Where its host's coverage ends.
    await hand.press(page.locator('.covm'));
    await page.waitForURL(/\/coverage\?/);
    const host = page.locator('.vrow.host');
    await host.waitFor();
    expect(await host.textContent()).toContain(sales);
    expect(await host.getAttribute('aria-expanded')).toBe('true');
    const strip = page
      .locator('.vrow.cls', { hasText: network[language] })
      .locator('.stripbtn', { has: page.locator('i.drop') });
    await hand.press(strip.first());
    await page.locator('.covpop').waitFor();
    expect(await page.locator('.covpop').textContent()).toContain(sales);
    await page.keyboard.press('Escape');

    // The case has what was pinned.
    await hand.goTo(name, name);
    const items = page.locator('.caseitems');
    await items.getByText('asks nobody?').waitFor();
    expect(await items.textContent()).toContain('rundll32.exe');
    expect(complaints).toEqual([]);
  });

  test('each link of the tour shows its pitfall', async () => {
    const { page, complaints } = await server.open('/search', { language });
    const follow = async (name: string): Promise<void> => {
      await page.goto(`${server.url()}/search`);
      await page.locator('.tour').getByRole('link', { name, exact: true }).click();
    };
    await follow(words.search.pitfall1Find);
    await page.locator('.tr:not(.head)', { hasText: '6416' }).waitFor();
    await follow(words.search.pitfall1Draw);
    await page.locator('.pst li', { hasText: 'Outlook.exe (11120)' }).first().waitFor();
    await follow(words.search.pitfall1Compare);
    await isMovedFromBrowserToWord(page);
    await page.getByRole('link', { name: words.compare.thenTab, exact: true }).click();
    await hasAdded(page, 2, language);
    await follow(words.search.pitfall2Open);
    await row(page, 5128).waitFor();
    await page.getByRole('link', { name: words.tree.thenNow, exact: true }).click();
    await hasAdded(page, 2, language);
    await follow(words.search.pitfall3Open);
    await page.locator('.vrow.host', { hasText: accounting }).waitFor();
    expect(await page.locator('.vrow.host .strip b, .vrow.host .strip i').count()).toBeGreaterThan(0);
    await follow(words.search.pitfall4Open);
    await page.locator('.tr:not(.head)', { hasText: 'svchost.exe' }).waitFor();
    await page.locator('.say1.done').waitFor();
    expect(await page.locator('.tbl').textContent()).not.toContain('rundll32');
    await follow(words.search.pitfall4Loader);
    await isOfLoader(page, language);
    await follow(words.search.pitfall5Open);
    await page.locator('.zero li', { hasText: 'Salarie.xls' }).waitFor();
    expect(complaints).toEqual([]);
  }, 180_000);

  test.each([
    { width: 1280, theme: 'light' },
    { width: 800, theme: 'dark' },
  ] as const)(
    'its views have no serious fault, $width pixels, $theme',
    async ({ width, theme }) => {
      const of = `host=${sales}&match=${encodeURIComponent('Invoice 2024')}`;
      const views = [
        [`/tree?${of}`, width < 900 ? '.rows [role="row"]' : '#process-panel .evs'],
        [`/compare?${of}&method=first`, '.dif li'],
        [`/compare?${of}&mode=then&from=2024-05-14T10:30:00Z&to=2024-05-14T11:00:00Z`, '.facts .dl.nw'],
        [`/coverage?open=${sales}`, '.vrow.cls'],
        ['/cases', '.casespage'],
      ] as const;
      const { page } = await server.open('/search', { language, width, theme });
      for (const [path, sign] of views) {
        await page.goto(`${server.url()}${path}`);
        await page.locator(sign).first().waitFor();
        expect({ path, faults: await seriousFaults(page) }).toEqual({ path, faults: [] });
        if (path.includes('mode=then')) await hasAdded(page, 2, language);
      }
    },
    180_000,
  );
});
