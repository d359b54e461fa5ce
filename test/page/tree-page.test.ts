import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { noChromium, seriousFaults, servePage } from './open-page.ts';

const server = servePage();

const host = 'ws-sal-02.kitano.example';
const invoice = `/tree?host=${host}&match=${encodeURIComponent('Invoice 2024')}`;

/** The current row of the treegrid, in words. */
async function current(page: Page): Promise<string> {
  return (
    (await page.locator('[role="treegrid"] [role="row"][tabindex="0"]').getAttribute('aria-label')) ?? ''
  );
}

async function openTree(path: string, options: Parameters<typeof server.open>[1] = {}) {
  const opened = await server.open(path, options);
  await opened.page.locator('.rows [role="row"]').first().waitFor();
  return opened;
}

async function focusGrid(page: Page): Promise<void> {
  await page.locator('[role="treegrid"] [role="row"][tabindex="0"]').focus();
}

function rows(page: Page): Promise<readonly string[]> {
  return page.locator('.rows [role="row"] .nm').allTextContents();
}

beforeAll(async () => {
  if (!noChromium) await server.loadDemonstration();
}, 180_000);

describe.skipIf(noChromium)('the page of a tree', () => {
  test('offers the hosts where the link names none', async () => {
    const { page, complaints } = await server.open('/tree');
    await page.getByRole('link', { name: host }).click();
    await page.locator('.rows [role="row"]').first().waitFor();
    expect(page.url()).toContain(`host=${host}`);
    expect(complaints).toEqual([]);
  });

  test('is walked by the keys of a treegrid', async () => {
    const { page } = await openTree(invoice);
    await focusGrid(page);
    expect(await current(page)).toMatch(/^WINWORD\.EXE, 7344, exact/);
    await page.keyboard.press('ArrowRight');
    expect(await current(page)).toMatch(/^powershell\.exe, 8820, exact.*High 1/);
    await page.keyboard.press('ArrowLeft');
    const powershell = page.locator('[role="row"]', { hasText: 'powershell.exe' });
    expect(await powershell.getAttribute('aria-expanded')).toBe('false');
    expect(await powershell.locator('.more').textContent()).toBe('+5');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('reg');
    expect(await current(page)).toMatch(/^regsvr32\.exe, 5128/);
    await page.keyboard.press('Home');
    expect(await current(page)).toMatch(/^System, 4/);
    await page.keyboard.press('End');
    expect(await current(page)).toMatch(/^ipconfig\.exe, 10540, probable/);
    await page.keyboard.press('ArrowLeft');
    expect(await current(page)).toMatch(/^regsvr32\.exe/);
    const level = await page.locator('[role="row"][tabindex="0"]').getAttribute('aria-level');
    expect(level).toBe('9');
  });

  test('makes a process the root and goes back; jumps to what is flagged and what is doubtful', async () => {
    const { page } = await openTree(invoice);
    await focusGrid(page);
    await page.keyboard.press('Shift+G');
    expect(await current(page)).toMatch(/^powershell\.exe, 8820/);
    await page.keyboard.press('Shift+F');
    await page.getByRole('heading', { name: 'powershell.exe' }).first().waitFor();
    expect((await rows(page))[0]).toBe('powershell.exe');
    expect(await page.locator('.foot').textContent()).toContain('outside of the root');
    await focusGrid(page);
    await page.keyboard.press('Shift+D');
    expect(await current(page)).toMatch(/^systeminfo\.exe, 10472, probable/);
    await page.keyboard.press('Backspace');
    await expect.poll(async () => (await rows(page))[0]).toBe('System');
  });

  test('finds text, filters by flags, and keeps its state in the link', async () => {
    const { page } = await openTree(invoice);
    await focusGrid(page);
    await page.keyboard.press('/');
    await page.keyboard.type('regsvr32');
    await expect.poll(() => page.locator('.find .cnt').textContent()).toMatch(/\d+ hits?$/);
    await page.keyboard.press('Enter');
    expect(await page.locator('mark.now').count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: /^Flagged/ }).click();
    await expect.poll(() => page.url()).toContain('flagged=true');
    await expect.poll(() => page.url()).toContain('find=regsvr32');
    const before = await rows(page);
    await page.reload();
    await page.locator('.rows [role="row"]').first().waitFor();
    await expect.poll(() => rows(page)).toEqual(before);
    expect(await page.getByRole('button', { name: /^Flagged/ }).getAttribute('aria-pressed')).toBe('true');
  });

  test('folds alike siblings of a whole host, and its numbers add up', async () => {
    const { page } = await openTree(`/tree?host=${host}`);
    const said = (await page.locator('.foot .say1').textContent()) ?? '';
    const number = (pattern: RegExp) => Number((pattern.exec(said)?.[1] ?? '0').replaceAll(',', ''));
    const all = number(/^([\d,]+) processes/);
    expect(all).toBeGreaterThan(500);
    expect(number(/root([\d,]+) rows/) + number(/([\d,]+) folded/) + number(/([\d,]+) not opened/)).toBe(all);
    expect(said).toContain('nothing cut');
    expect(await page.locator('.rows [role="row"]').count()).toBeLessThan(200);
    const group = page.locator('.trow.fold').first();
    await group.click();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.trow.fold').first().getAttribute('aria-expanded')).toBe('true');
  });

  test('tells who says what, and shows the event as recorded', async () => {
    const { page } = await openTree(invoice);
    await page.getByText('rundll32.exe', { exact: true }).first().click();
    const panel = page.locator('#process-panel');
    await panel.getByRole('heading', { name: 'Identity' }).waitFor();
    await panel.getByRole('heading', { name: 'Evidence' }).waitFor();
    expect(await panel.textContent()).toMatch(/Not certain/);
    await focusGrid(page);
    await page.keyboard.press('Shift+E');
    const raw = page.getByRole('region', { name: 'Event as recorded' });
    await raw.getByText('EventID').first().waitFor();
    await raw.getByRole('button', { name: 'Fields' }).click();
    expect(await raw.textContent()).toContain('rundll32.exe');
    await page.keyboard.press('Escape');
  });

  test('is copied as text with addresses that cannot be clicked', async () => {
    const { page } = await openTree('/tree?host=ws-acc-01.kitano.example&match=Salaries');
    await focusGrid(page);
    await page.keyboard.press('Shift+C');
    await page.getByText('Tree copied as text').waitFor();
    const text = String(await page.evaluate('navigator.clipboard.readText()'));
    expect(text).toContain('mshta.exe 12404');
    expect(text).toMatch(/hxxp:\/\/roster\[\.\]example/);
  });

  test.each([
    ['en', 'light', 1280],
    ['ja', 'dark', 800],
  ] as const)('has no serious fault in %s, %s, at %d px', async (language, theme, width) => {
    const { page, complaints } = await openTree(invoice, { language, theme, width });
    await page.locator('#process-panel table').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    const sideways = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(sideways).toBe(false);
    expect(complaints).toEqual([]);
  });
});

describe.skipIf(noChromium)('the pages beside it', () => {
  test('the tree of process ids stands beside the right one, with what moved', async () => {
    const { page, complaints } = await server.open(
      `/compare?host=${host}&match=${encodeURIComponent('Invoice 2024')}`,
    );
    await page.locator('.crow.moved').first().waitFor();
    expect(await page.locator('.dif').textContent()).toContain('msedge.exe');
    await page.keyboard.press('Shift+N');
    await expect.poll(() => page.url()).toContain('nth=2');
    expect(await page.locator('#cmp-lane').textContent()).toContain('7344');
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('coverage says where "no" can be said, and why not', async () => {
    const { page, complaints } = await server.open(`/coverage?open=${host}`);
    const dropped = page.locator('.vrow.cls .strip i.drop').first();
    await dropped.click({ force: true });
    await page
      .locator('.covpop')
      .getByText(/dropped/i)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('a case gathers notes on processes', async () => {
    const { page, complaints } = await openTree(invoice);
    await focusGrid(page);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Add to a case' }).click();
    await page.getByLabel('Name').fill('Invoice of May');
    await page.getByLabel('Note', { exact: true }).fill('opened <b>from</b> mail');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Added to the case').waitFor();
    await page.goto(`${server.url()}/cases`);
    await page.getByRole('link', { name: 'Invoice of May' }).click();
    await page.getByText('opened <b>from</b> mail').waitFor();
    expect(await page.locator('.caseitems').textContent()).toContain('WINWORD.EXE');
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
