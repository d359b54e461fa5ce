import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportTexts } from '../../web/src/i18n/export.ts';
import { treeTexts } from '../../web/src/i18n/tree.ts';
import { runKeizu } from '../run-keizu.ts';
import { unzip } from '../unzip.ts';
import { noChromium, seriousFaults, servePage } from './open-page.ts';

const server = servePage();
const host = 'ws-sal-02.kitano.example';
const folder = mkdtempSync(join(tmpdir(), 'keizu-page-export-'));

beforeAll(async () => {
  if (!noChromium) await server.loadDemonstration();
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(noChromium).each(['en', 'ja'] as const)('everything of a host, in %s', (language) => {
  const words = exportTexts[language];

  test('from the tree to a verified archive, by keys alone', async () => {
    const { page, complaints } = await server.open(`/tree?host=${host}`, { language, width: 800 });
    const { keyboard } = page;
    await page.getByRole('button', { name: treeTexts[language].export, exact: true }).focus();
    await keyboard.press('Enter');
    await page.getByRole('menuitem', { name: treeTexts[language].exportEverything }).waitFor();
    await keyboard.press('End');
    await keyboard.press('Enter');
    await page.waitForURL(/\/export\?/);
    await page.getByRole('checkbox', { name: new RegExp(host) }).waitFor();
    expect(await page.getByRole('checkbox', { name: new RegExp(host) }).isChecked()).toBe(true);
    await expect.poll(() => page.getByLabel(words.from).inputValue()).toMatch(/^2024-05-1\d \d\d:\d\d:\d\d$/);
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: words.start }).focus();
    await keyboard.press('Enter');
    await page.waitForURL(/id=/);
    const link = page.getByRole('link', { name: words.download });
    await link.waitFor({ timeout: 120_000 });
    expect(await seriousFaults(page)).toEqual([]);
    const sideways = 'document.documentElement.scrollWidth - innerWidth';
    expect(await page.evaluate(sideways)).toBe(0);
    await link.focus();
    const [download] = await Promise.all([page.waitForEvent('download'), keyboard.press('Enter')]);
    const file = join(folder, `${language}.zip`);
    await download.saveAs(file);
    const place = join(folder, language);
    await unzip(readFileSync(file), place);
    const out = join(place, download.suggestedFilename().replace(/\.zip$/, ''));
    const verified = await runKeizu(['verify', out]);
    expect([verified.status, verified.stderr]).toEqual([0, '']);
    const manifest = (await page.locator('.outcome .hash').last().textContent()) ?? '';
    expect(verified.stdout).toContain(`SHA-256 ${manifest}`);
    expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))).toMatchObject({
      scope: { hosts: [host] },
      events: expect.any(Number),
    });
    // Its address leads back to it, and once it is removed, nowhere.
    const address = page.url().slice(server.url().length);
    const again = await server.open(address, { language });
    await again.page.getByRole('link', { name: words.download }).waitFor();
    await again.page.getByRole('button', { name: words.remove }).click();
    await again.page.getByRole('button', { name: words.start }).waitFor();
    const gone = await server.open(address, { language });
    await gone.page.getByText(words.gone).waitFor();
    expect(complaints).toEqual([]);
  }, 180_000);

  test('one that is stopped can go on or is over; what cannot be is said before it is begun', async () => {
    const { page } = await server.open(
      `/export?hosts=${host}&earliest=2024-05-01T00:00:00Z&latest=2024-06-01T00:00:00Z`,
      { language },
    );
    const start = page.getByRole('button', { name: words.start });
    await page.getByLabel(words.to).fill('2024-04-01');
    await page.getByText(words.toBeforeFrom).waitFor();
    expect(await start.isDisabled()).toBe(true);
    await page.getByLabel(words.to).fill('2024-06-01');
    await page.getByRole('checkbox', { name: new RegExp(host) }).uncheck();
    await page.getByText(words.chooseHost).waitFor();
    await page.getByRole('checkbox', { name: new RegExp(host) }).check();
    // The server is slow to say that it is done: an answer that it runs is all that is seen.
    await page.route('**/api/exports/*', async (route) => {
      if (route.request().method() !== 'GET') return route.continue();
      const answer = await route.fetch();
      const state = await answer.json();
      return state.state === 'done'
        ? route.fulfill({ json: { ...state, state: 'running', step: 'report', result: null } })
        : route.fulfill({ response: answer });
    });
    await start.click();
    await page.getByRole('button', { name: words.cancel }).click();
    const resume = page.getByRole('button', { name: words.resume });
    await expect
      .poll(async () => (await resume.count()) > 0 || (await page.getByText(words.gone).count()) > 0)
      .toBe(true);
  }, 120_000);

  test('one that was stopped, with the server or without it, goes on', async () => {
    const { page, complaints } = await server.open(
      `/export?hosts=${host}&earliest=2024-05-01T00:00:00Z&latest=2024-06-01T00:00:00Z`,
      { language, width: 800 },
    );
    // What the server says of one that is stopped in time, and of one that it takes up.
    let isResumed = false;
    await page.route('**/api/exports/*', async (route) => {
      const answer = await route.fetch();
      const state = await answer.json();
      const stopped = { ...state, state: 'stopped', step: 'events', events: 5, result: null };
      await route.fulfill({ json: isResumed ? { ...state, takenUp: 5 } : stopped });
    });
    await page.route('**/api/exports/*/resume', async (route) => {
      isResumed = true;
      await route.fulfill({ response: await route.fetch() });
    });
    await page.getByRole('button', { name: words.start }).click();
    await page.getByText(words.stopped).waitFor();
    await page.getByText(words.resumeHint).waitFor();
    await page.getByRole('button', { name: words.remove }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    const resume = page.getByRole('button', { name: words.resume });
    await resume.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: words.download }).waitFor({ timeout: 60_000 });
    const all = (await page.locator('.outcome').textContent()) ?? '';
    expect(all).toMatch(
      language === 'ja' ? /書き込み済みの 5 件に続けて/ : /Taken up after 5 of [\d,]+ events/,
    );
    expect(await page.getByText(words.stopped).count()).toBe(0);
    expect(complaints).toEqual([]);
  }, 120_000);

  test('a failure of the server is worded', async () => {
    const { page } = await server.open(`/export?hosts=${host}`, { language });
    await page.route('**/api/exports', (route) =>
      route.fulfill({
        status: 429,
        json: {
          error: {
            code: 'too-many-exports',
            message: 'So many exports at once are not written; wait for one.',
          },
        },
      }),
    );
    const start = page.getByRole('button', { name: words.start });
    await expect.poll(() => start.isEnabled()).toBe(true);
    await start.click();
    const said = page.getByRole('alert');
    await said.waitFor();
    expect(await said.textContent()).toContain(language === 'ja' ? 'エクスポートの数' : 'So many exports');
  });
});
