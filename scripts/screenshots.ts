// Takes the pictures of the page for the README and the guide, from the built program and the demonstration case:
// docs/images/page-*.png. Run by `npm run docs:screenshots`, after `npm run build`.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const root = resolve(import.meta.dirname, '..');
const images = join(root, 'docs/images');
const keizu = join(root, 'bin/keizu');
const host = 'ws-sal-02.kitano.example';

const search = [
  'index=main source="xmlwineventlog:microsoft-windows-sysmon/operational" EventCode=1 user=wallylambic',
  '| rex field=ParentImage "\\x5c(?<ParentName>[^\\x5c]+)$"',
  '| rex field=Image "\\x5c(?<ProcessName>[^\\x5c]+)$"',
  '| eval parent = ParentName." (".ParentProcessId.")"',
  '| eval child = ProcessName." (".ProcessId.")"',
  '| eval detail=strftime(_time,"%Y-%m-%d %H:%M:%S")." ".CommandLine',
  '| pstree child=child parent=parent detail=detail spaces=50',
  '| search tree=*Salaries.xls*',
  '| table tree',
].join('\n');

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** What is there when all is drawn. */
  readonly ready: string;
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'ja';
  readonly before?: (page: Page) => Promise<void>;
}

const family = { host, match: 'Invoice 2024' };
const row = '.rows [role="row"]';
const select = (name: string) => async (page: Page) => {
  await page.locator(row, { hasText: name }).first().click();
  await page.locator('.panel h3, .panel [role="heading"]').nth(2).waitFor();
};

/** Pins a note to a process of the tree, in a case of that name, or in the one that there is. */
async function pinNote(
  page: Page,
  process: string,
  name: string | undefined,
  text: string,
  tags: string,
): Promise<void> {
  await select(process)(page);
  await page.locator('.panel').getByRole('button', { name: 'Add a note' }).first().click();
  const form = page.locator('.notepop form');
  if (name !== undefined) await form.getByLabel('Name').fill(name);
  await form.locator('textarea').fill(text);
  await form.getByLabel('Tags').fill(tags);
  await form.locator('button[type="submit"]').click();
  await form.waitFor({ state: 'detached' });
}

const shots: readonly Shot[] = [
  { name: 'search', path: '/search', query: { q: search, run: '1' }, ready: 'text=Excel.exe (6416)' },
  {
    name: 'events',
    path: '/search',
    query: { q: 'index=main host=ws-sal-02* EventCode=11', run: '1' },
    ready: 'text=/Scanned/',
  },
  {
    name: 'chart',
    path: '/search',
    query: { q: 'index=main EventCode=1 | timechart span=30m count BY host', run: '1' },
    ready: 'text=/Scanned/',
  },
  {
    name: 'tree',
    path: '/tree',
    query: family,
    ready: row,
    width: 1600,
    height: 1000,
    before: select('rundll32.exe'),
  },
  {
    name: 'tree-ja',
    path: '/tree',
    query: family,
    ready: row,
    language: 'ja',
    theme: 'dark',
    before: select('rundll32.exe'),
  },
  { name: 'tree-800', path: '/tree', query: family, ready: row, width: 800, height: 1000 },
  {
    name: 'compare',
    path: '/compare',
    query: { ...family, method: 'first' },
    ready: 'text=powershell.exe',
  },
  {
    name: 'then',
    path: '/compare',
    query: { ...family, mode: 'then', from: '2024-05-14T10:30:00Z', to: '2024-05-14T11:00:00Z' },
    ready: 'text=rundll32.exe',
  },
  { name: 'coverage', path: '/coverage', query: {}, ready: 'text=ws-sal-02' },
  {
    name: 'destinations',
    path: '/egress',
    query: { host },
    ready: '.egt .opn',
    before: async (page) => {
      await page.locator('.egt .opn').first().click();
      await page.locator('.egrec').first().waitFor();
    },
  },
  {
    name: 'zero',
    path: '/search',
    query: { q: 'index=main EventCode=1 CommandLine="*kd8fqw/r43h.dll*"', run: '1' },
    ready: '.zero',
    before: async (page) => {
      await page.locator('.zero .btn').first().click();
      await page.locator('.zerowhy tbody tr').first().waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'export',
    path: '/export',
    query: { hosts: host, earliest: '2024-05-14', latest: '2024-05-15' },
    ready: 'button[type="submit"]',
    before: async (page) => {
      await page.locator('button[type="submit"]').click();
      await page.locator('a[download]').first().waitFor({ timeout: 60_000 });
    },
  },
  { name: 'administration', path: '/admin', query: {}, ready: 'main table' },
  {
    name: 'cases',
    path: '/tree',
    query: family,
    ready: row,
    before: async (page) => {
      await pinNote(
        page,
        'WINWORD.EXE',
        'Invoice 2024',
        'Opened by the user; its macro starts PowerShell.',
        'emotet',
      );
      await pinNote(
        page,
        'rundll32.exe',
        undefined,
        'The loader: it writes the DLL that regsvr32 loads.',
        'emotet, loader',
      );
      await page.goto(new URL('/cases', page.url()).href);
      await page.locator('main a', { hasText: 'Invoice 2024' }).first().click();
      await page.locator('text=The loader').first().waitFor();
    },
  },
];

async function take(browser: Browser, url: string, shot: Shot): Promise<void> {
  const { name, path, query, ready, width = 1280, height = 860, theme = 'light', language = 'en' } = shot;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: language === 'ja' ? 'ja-JP' : 'en-US',
    timezoneId: 'Asia/Tokyo',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${url}${path}?${new URLSearchParams(query)}`);
  await page.locator(ready).first().waitFor({ timeout: 60_000 });
  await shot.before?.(page);
  await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: join(images, `page-${name}.png`) });
  await context.close();
}

const folder = mkdtempSync(join(tmpdir(), 'keizu-screenshots-'));
const run = (...args: string[]) =>
  execFileSync(process.execPath, [keizu, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
const logs = join(folder, 'case');
const store = join(folder, 'store');
mkdirSync(images, { recursive: true });
run('demo', '--out', logs);
run('ingest', join(logs, 'WS-SAL-02', 'sysmon-late.log'), '--arrival', 'file-time', '--store', store);
run('ingest', logs, '--arrival', '_time', '--store', store);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const wanted = new Set(process.argv.slice(2));
try {
  await takeAll(store, shots);
  const empty = join(folder, 'empty');
  await takeAll(empty, [{ name: 'start', path: '/search', query: {}, ready: 'main' }]);
  execFileSync(process.execPath, [keizu, 'user', 'add', 'haruka', '--role', 'admin', '--store', empty], {
    input: 'only for this picture\n',
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  await takeAll(empty, [{ name: 'sign-in', path: '/search', query: {}, ready: 'form' }]);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Takes those of the pictures that are wanted, from a server of its own. */
async function takeAll(of: string, all: readonly Shot[]): Promise<void> {
  const some = all.filter(({ name }) => wanted.size === 0 || wanted.has(name));
  if (some.length === 0) return;
  const server = spawn(process.execPath, [keizu, 'serve', '--port', '0', '--store', of], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await new Promise<string>((give, refuse) => {
      server.once('error', refuse);
      server.stdout.on('data', (text: Buffer) => {
        const found = /http:\S+\d/.exec(text.toString());
        if (found) give(found[0]);
      });
    });
    for (const shot of some) await take(browser, url, shot);
  } finally {
    server.kill('SIGTERM');
    await new Promise((ended) => server.once('exit', ended));
  }
}
