import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { program, runKeizu } from '../run-keizu.ts';

/** Where a browser is; tests of the page are skipped where there is none. */
const chromiumPath = [
  process.env.KEIZU_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
].find((path) => path !== '' && existsSync(path));

export const noChromium = chromiumPath === undefined;

if (noChromium)
  process.stderr.write('no chromium here: tests of the page are skipped (KEIZU_CHROMIUM names one)\n');

export interface PageOptions {
  readonly language?: 'en' | 'ja';
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
}

/** A page of the server, and what its console had to complain of. */
export interface OpenPage {
  readonly page: Page;
  readonly complaints: string[];
}

/** A server of its own store and a browser, for the tests of a file. */
export interface PageServer {
  readonly url: () => string;
  readonly open: (path: string, options?: PageOptions) => Promise<OpenPage>;
  /** Loads the demonstration case; the page need not be open. */
  readonly loadDemonstration: () => Promise<void>;
}

/** With `users`, name and password, the page asks for a sign-in; each is an administrator. */
export function servePage(users: Readonly<Record<string, string>> = {}): PageServer {
  const contexts: BrowserContext[] = [];
  let folder = '';
  let url = '';
  let server: ChildProcess | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    if (chromiumPath === undefined) return;
    folder = mkdtempSync(join(tmpdir(), 'keizu-page-test-'));
    for (const [name, password] of Object.entries(users)) {
      const added = await runKeizu(
        ['user', 'add', name, '--role', 'admin', '--store', join(folder, 'store')],
        {
          input: `${password}\n`,
        },
      );
      if (added.status !== 0) throw new Error(added.stderr);
    }
    const started = await startServer(join(folder, 'store'));
    server = started.child;
    url = started.url;
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser?.close();
    if (server) await stopServer(server);
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  return {
    url: () => url,
    open: async (path, { language = 'en', width = 1280, theme = 'light' } = {}) => {
      if (!browser) throw new Error('no browser');
      const context = await browser.newContext({
        viewport: { width, height: 860 },
        locale: language === 'ja' ? 'ja-JP' : 'en-GB',
        timezoneId: 'Asia/Tokyo',
        colorScheme: theme,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      contexts.push(context);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
      });
      await page.goto(`${url}${path}`);
      return { page, complaints };
    },
    loadDemonstration: async () => {
      const session = await fetch(`${url}/api/session`);
      const { csrf } = (await session.json()) as { csrf: string };
      const cookie = session.headers.get('set-cookie')?.split(';')[0];
      const answer = await fetch(`${url}/api/demo`, {
        method: 'POST',
        headers: { 'x-keizu-csrf': csrf, ...(cookie === undefined ? {} : { cookie }) },
      });
      if (!answer.ok) throw new Error(`the case was not loaded: ${answer.status} ${await answer.text()}`);
      await answer.text();
    },
  };
}

function startServer(store: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, [program, 'serve', '--store', store, '--port', '0'], {
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((give, fail) => {
    let said = '';
    const take = (chunk: Buffer): void => {
      said += chunk.toString();
      const url = /http:\/\/[^\s/]+/.exec(said)?.[0];
      if (url !== undefined) give({ child, url });
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('exit', () => fail(new Error(`the server did not start: ${said}`)));
  });
}

function stopServer(server: ChildProcess): Promise<void> {
  return new Promise((done) => {
    const late = setTimeout(() => server.kill('SIGKILL'), 10_000);
    server.once('exit', () => {
      clearTimeout(late);
      done();
    });
    server.kill('SIGTERM');
  });
}

/** What axe finds that is serious or critical, one line each; of the whole page, or within what a selector names. */
export async function seriousFaults(page: Page, within = 'html'): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .include(within)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map(
      (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`,
    );
}
