import { beforeAll, describe, expect, test } from 'vitest';
import { egressTexts } from '../../web/src/i18n/egress.ts';
import { frameTexts } from '../../web/src/i18n/frame.ts';
import { processTexts } from '../../web/src/i18n/process.ts';
import { noChromium, seriousFaults, servePage } from './open-page.ts';

const server = servePage();
const host = 'ws-sal-02.kitano.example';

beforeAll(async () => {
  if (!noChromium) await server.loadDemonstration();
}, 180_000);

describe.skipIf(noChromium).each(['en', 'ja'] as const)('destinations of a host, in %s', (language) => {
  const words = egressTexts[language];

  test('those that no process explains come first; records, candidates and the event are a key away', async () => {
    const { page, complaints } = await server.open('/egress', { language, width: 800 });
    await page.getByRole('link', { name: host }).click();
    const rows = page.locator('tr.dst');
    await rows.first().waitFor();
    const first = rows.first();
    expect(await first.textContent()).toContain('203.0.113.45:8080');
    expect(await first.textContent()).toContain(words.verdictC);
    expect(await first.textContent()).toContain(words.isCandidate);
    await first.getByRole('button').focus();
    await page.keyboard.press('Enter');
    const record = page.locator('.egrec').first();
    await record.waitFor();
    expect(await record.textContent()).toContain('regsvr32.exe');
    expect(await record.textContent()).toContain(words.isCandidate);
    expect(await seriousFaults(page)).toEqual([]);
    await record.getByTitle(words.raw).focus();
    await page.keyboard.press('Enter');
    const raw = page.getByRole('region', { name: processTexts[language].rawTitle });
    await raw.getByText('203.0.113.45').first().waitFor();
    const sideways = 'document.documentElement.scrollWidth - innerWidth';
    expect(await page.evaluate(sideways)).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('text and verdict choose; a tunnel is not called content', async () => {
    const { page } = await server.open(`/egress?host=${host}`, { language });
    const rows = page.locator('tr.dst');
    await rows.first().waitFor();
    await page.getByLabel(words.verdict, { exact: true }).selectOption('P');
    await expect.poll(() => rows.first().textContent()).toContain('203.0.113.201:7080');
    await page.getByLabel(words.verdict, { exact: true }).selectOption('');
    await page.getByLabel(words.find, { exact: true }).fill('invoices.example.org');
    await expect.poll(() => rows.count()).toBe(1);
    const said = (await rows.first().textContent()) ?? '';
    expect(said).toContain(words.verdictB);
    expect(said).not.toContain(words.verdictC);
    await rows
      .first()
      .getByRole('link', { name: /msedge\.exe/ })
      .click();
    await page.waitForURL(/\/tree\?/);
  });

  test('the panel tells what came of a process, and its row has a mark that does not claim it', async () => {
    const { page, complaints } = await server.open(
      `/tree?host=${host}&match=${encodeURIComponent('Invoice 2024')}`,
      { language },
    );
    const row = page.locator('.rows [role="row"]', { hasText: '5128' });
    await row.locator('.nm').click();
    const section = page.locator('#panel-egress-section');
    const call = section.locator('.egd', { hasText: '203.0.113.45:8080' });
    await call.waitFor();
    expect(await call.textContent()).toContain(words.isCandidate);
    expect(await call.textContent()).toContain(words.verdictC);
    expect(await section.textContent()).toContain(words.proxiesCovered);
    await row.locator('.traffic.maybe').waitFor();
    expect(await row.getAttribute('aria-label')).toContain(words.markPossible.split('{{')[0]);
    expect(await seriousFaults(page, '#panel-egress-section')).toEqual([]);
    expect(await seriousFaults(page, '[role="treegrid"]')).toEqual([]);
    await call.getByRole('button', { name: '203.0.113.45:8080' }).click();
    const raw = page.getByRole('region', { name: processTexts[language].rawTitle });
    await raw.getByText('203.0.113.45').first().waitFor();
    await section.getByRole('link', { name: words.allOfProcess }).click();
    await page.waitForURL(/\/egress\?/);
    await page.locator('tr.dst').first().waitFor();
    expect(await page.locator('.nav a[aria-current]').textContent()).toBe(frameTexts[language].egress);
    expect(await page.locator('tr.dst').count()).toBe(3);
    expect(complaints).toEqual([]);
  });
});
