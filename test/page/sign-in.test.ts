import { describe, expect, test } from 'vitest';
import { noChromium, seriousFaults, servePage } from './open-page.ts';

const password = 'correct horse battery';
const server = servePage({ 'h.mori': password });

describe.skipIf(noChromium)('a server with users', () => {
  test('asks for a sign-in, refuses a wrong password, and goes where the link led', async () => {
    const { page, complaints } = await server.open('/coverage');
    await page.getByLabel('Name').fill('h.mori');
    await page.getByLabel('Password').fill('something else');
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('Name and password do not fit.').waitFor();
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Account' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/coverage');
    expect(complaints).toEqual([]);
  });

  test('an administrator adds a user and a token, and signs out', async () => {
    const { page } = await server.open('/admin', { language: 'ja' });
    await page.getByLabel('名前').fill('h.mori');
    await page.getByLabel('パスワード').fill(password);
    await page.getByRole('button', { name: 'サインイン' }).click();
    await page.locator('td', { hasText: 'h.mori' }).first().waitFor();
    await page.getByLabel('名前').fill('k.sato');
    await page.getByLabel('パスワード', { exact: true }).fill('another long one');
    await page.getByRole('button', { name: 'ユーザーを追加' }).click();
    await page.locator('td', { hasText: 'k.sato' }).first().waitFor();
    await page.getByLabel('トークンの用途').fill('転送元');
    await page.getByRole('button', { name: 'トークンを作成' }).click();
    await page.locator('.made code').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'アカウント' }).click();
    await page.getByRole('button', { name: 'サインアウト' }).click();
    await page.locator('.signin').waitFor();
  });
});
