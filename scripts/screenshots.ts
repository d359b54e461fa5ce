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
  { name: 'cases', path: '/cases', query: {}, ready: 'main' },
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
const server = spawn(process.execPath, [keizu, 'serve', '--port', '0', '--store', store], {
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
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const wanted = new Set(process.argv.slice(2));
  for (const shot of shots) if (wanted.size === 0 || wanted.has(shot.name)) await take(browser, url, shot);
  await browser.close();
} finally {
  server.kill('SIGTERM');
  await new Promise((ended) => server.once('exit', ended));
  rmSync(folder, { recursive: true, force: true });
}
