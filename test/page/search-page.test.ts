import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { noChromium, seriousFaults, servePage } from './open-page.ts';

const server = servePage();

const pstree = String.raw`index=main source="xmlwineventlog:microsoft-windows-sysmon/operational" EventCode=1 user=wallylambic
| rex field=ParentImage "\x5c(?<ParentName>[^\x5c]+)$"
| rex field=Image "\x5c(?<ProcessName>[^\x5c]+)$"
| eval parent = ParentName." (".ParentProcessId.")"
| eval child = ProcessName." (".ProcessId.")"
| eval detail=strftime(_time,"%Y-%m-%d %H:%M:%S")." ".CommandLine
| pstree child=child parent=parent detail=detail spaces=50
| search tree=*Salaries.xls*
| table tree`;

const starts = 'index=main EventCode=1 | table _time host user process_name process_id CommandLine';

const link = (search: string, more: Readonly<Record<string, string>> = {}): string =>
  `/search?${new URLSearchParams({ q: search, run: '1', ...more })}`;

/** Right-to-left override, escape, zero-width space, markup. */
const hostile = 'cmd.exe /c "<img src=x onerror=alert(1)>" invoice\u202Efdp.exe One\u200BDrive';

function hostileEvent(): Buffer {
  const line = hostile.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return Buffer.from(
    `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Sysmon"/>` +
      `<EventID>1</EventID><Version>5</Version><TimeCreated SystemTime="2024-05-14T10:00:00.0000000Z"/>` +
      `<EventRecordID>1</EventRecordID><Channel>Microsoft-Windows-Sysmon/Operational</Channel>` +
      `<Computer>hostile.example</Computer></System><EventData>` +
      `<Data Name="UtcTime">2024-05-14 10:00:00.000</Data>` +
      `<Data Name="ProcessGuid">{12345678-0000-6643-0100-000000000001}</Data><Data Name="ProcessId">4242</Data>` +
      `<Data Name="Image">C:\\Windows\\System32\\cmd.exe</Data><Data Name="CommandLine">${line}</Data>` +
      `</EventData></Event>\n`,
  );
}

function clipboard(page: Page): Promise<string> {
  return page.evaluate('navigator.clipboard.readText()');
}

describe.skipIf(noChromium)('the search page', () => {
  describe('of an empty store', () => {
    test('offers the demonstration case, loads it with its summary, and shows the tour', async () => {
      const { page, complaints } = await server.open('/');
      await page.getByText('No event yet.').waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: 'Load the demonstration case' }).click();
      await page.getByText(/new events/).waitFor({ timeout: 120_000 });
      await page.getByRole('heading', { name: 'Five pitfalls, in this case' }).waitFor();
      expect(await page.locator('.tour li').count()).toBe(5);
      expect(await seriousFaults(page)).toEqual([]);
      expect(complaints).toEqual([]);
    }, 180_000);
  });

  describe('of the demonstration case', () => {
    beforeAll(async () => {
      if (noChromium) return;
      const summary = (await (await fetch(`${server.url()}/api/summary`)).json()) as { isEmpty: boolean };
      if (summary.isEmpty) await server.loadDemonstration();
    }, 180_000);

    test('a search is written, completed and run by keyboard', async () => {
      const { page, complaints } = await server.open('/search');
      await page.locator('.cm-content').waitFor();
      await page.locator('.frbody').focus();
      await page.keyboard.press('/');
      await page.keyboard.type('index=main EventCode=1 | sta');
      await page.locator('.cm-tooltip-autocomplete [aria-selected="true"]').waitFor();
      // The editor takes no Enter for an answer to options that have only just opened (75 ms).
      await page.waitForTimeout(300);
      await page.keyboard.press('Enter');
      await page.locator('.cm-content', { hasText: 'stats' }).waitFor();
      await page.keyboard.type(' count BY host');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Enter');
      await page.locator('.tr:not(.head) .td').first().waitFor();
      expect(await page.locator('.th').allInnerTexts()).toEqual(expect.arrayContaining(['host', 'count']));
      expect(page.url()).toContain('stats');
      expect(complaints).toEqual([]);
    });

    test('what was written before the editor could undo is undone, too', async () => {
      const { page, complaints } = await server.open('/search');
      let release = () => {};
      const held = new Promise<void>((give) => (release = give));
      let asked = 0;
      await page.route('**/assets/writing-*.js', async (route) => {
        asked++;
        await held;
        await route.continue();
      });
      const text = page.locator('.cm-content');
      await text.click();
      await page.keyboard.type('index=main | sta');
      expect(asked).toBe(1);
      expect(await text.innerText()).toContain('index=main | sta');
      release();
      await page.locator('.cm-tooltip-autocomplete').waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+z');
      await page.locator('.cm-content', { hasNotText: 'sta' }).waitFor();
      await page.keyboard.press('Control+y');
      await page.locator('.cm-content', { hasText: /^index=main \| sta$/ }).waitFor();
      await page.keyboard.type('!');
      expect(await text.innerText()).toBe('index=main | sta!');
      expect(complaints).toEqual([]);
    });

    test('the footer says what was scanned', async () => {
      const { page } = await server.open(link(starts));
      await page.locator('.say1.done').waitFor();
      expect(await page.locator('.foot').innerText()).toMatch(
        /Scanned everything in scope: [\d,]+ events, \d+ hosts/,
      );
    });

    test('a drawing by pstree is shown in its own text, is copied byte for byte, and leads to the graded tree', async () => {
      const { page } = await server.open(link(pstree));
      await page.locator('.pst li').nth(10).waitFor();
      await page.locator('.tbl').focus();
      await page.keyboard.press('Control+c');
      const copied = await clipboard(page);
      expect(copied.split('\n').slice(0, 2)).toEqual([
        'Outlook.exe (11120)',
        expect.stringMatching(/^\|--- Excel\.exe \(6416\) {29}2024-05-14 .*Salaries\.xls"$/),
      ]);
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: 'mshta.exe (12404)' }).click();
      await page.waitForURL(/\/tree\?.*pid=12404/);
    });

    test('the Japanese page says in Japanese what is wrong with a search and what its run left out', async () => {
      const { page } = await server.open('/search?q=index%3Dmain+%7C+stast+count+BY', { language: 'ja' });
      await page.locator('.diag.error').waitFor();
      expect(await page.locator('.diag').innerText()).toContain(
        '「stast」というコマンドはありません。 最も近い名前は「stats」です。',
      );
      await page.locator('.cm-lint-marker-error').hover();
      await page.getByText('「stast」というコマンドはありません。').nth(1).waitFor();
      await page.goto(`${server.url()}${link('index=main | stats list(host)')}`);
      await page.getByText(/list\(\) はグループごとに先頭の 100 個の値だけを残しました。/).waitFor();
    });

    test('a cell’s menu adds its value to the search', async () => {
      const { page } = await server.open(link(starts));
      await page.locator('.tr:not(.head) time').first().waitFor();
      await page.locator('.tbl').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      const user = await page.locator('.td.here').first().innerText();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: 'Add to search' }).click();
      await page.waitForURL((url) => (url.searchParams.get('q') ?? '').includes(`user=${user.trim()}`));
      await page.locator('.say1.done').waitFor();
      await page.goBack();
      await page.waitForURL((url) => !(url.searchParams.get('q') ?? '').includes('user='));
    });

    test('dragging over the histogram searches in that time', async () => {
      const { page } = await server.open(link(starts));
      const plot = page.locator('.plot');
      await plot.locator('i').first().waitFor();
      const box = await plot.boundingBox();
      if (!box) throw new Error('no plot');
      await page.mouse.move(box.x + box.width * 0.4, box.y + 20);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.6, box.y + 20, { steps: 5 });
      await page.mouse.up();
      await page.waitForURL(/earliest=.*latest=/);
      await page.locator('.say1.done').waitFor();
      expect(await page.locator('.pick').innerText()).toMatch(/14 May.*JST/s);
    });

    test('a link holds text, time range, order and view', async () => {
      const { page } = await server.open(
        link('index=main EventCode=1 | stats count BY process_name', {
          earliest: '2024-05-14T08:00:00Z',
          latest: '2024-05-14T12:00:00Z',
          sort: '-count',
        }),
      );
      await page.locator('[aria-sort="descending"]').waitFor();
      expect(await page.locator('.pick').innerText()).toContain('17:00 – 21:00');
      const counts = await page.locator('.tr:not(.head) .td.right').allInnerTexts();
      const numbers = counts.map(Number);
      expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
    });

    test('all rows are exported, not those of the page', async () => {
      const { page } = await server.open(link(starts));
      await page.locator('.say1.done').waitFor();
      const rows = Number(
        (await page.locator('.rtabs [role="tab"] b').first().innerText()).replaceAll(',', ''),
      );
      await page.getByRole('button', { name: 'Export all rows' }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: 'CSV' }).click();
      const stream = await (await download).createReadStream();
      let records = 0;
      for await (const chunk of stream) records += String(chunk).split('\n').length - 1;
      expect(records).toBeGreaterThanOrEqual(rows + 1);
    });

    test('events have their fields, and one is shown as it was recorded', async () => {
      const { page } = await server.open(link('index=main EventCode=1 user=wallylambic Salaries.xls'));
      await page.locator('.evbody [role="row"]').first().waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await page.locator('.evlist').focus();
      await page.keyboard.press('Enter');
      await page.locator('.drawer dt', { hasText: 'CommandLine' }).first().waitFor();
      await page.getByRole('button', { name: 'As it came' }).click();
      expect(await page.locator('.drawer pre').innerText()).toMatch(/<Data Name=['"]CommandLine['"]>/);
      expect(await seriousFaults(page)).toEqual([]);
    });

    test('an empty result says what was searched and which condition leaves nothing', async () => {
      const { page } = await server.open(link('index=main EventCode=1 user=wallylambic "Salarie.xls"'));
      await page.getByText('No event matches.').waitFor();
      await page.locator('.zero li', { hasText: 'Salarie.xls' }).waitFor();
      expect(await page.locator('.zero').innerText()).toMatch(/Searched all [\d,]+ events in scope/);
      await page.getByRole('button', { name: 'Search without it' }).first().click();
      await page.locator('.evbody [role="row"]').first().waitFor();
    });

    test('an empty result is explained on demand: conditions, other spellings, holes', async () => {
      const { page } = await server.open(link('index=main EventCode=1 CommandLine="*c:/users*"'));
      await page.getByRole('button', { name: 'Explain in detail' }).click();
      const why = page.getByRole('region', { name: 'Explain in detail' });
      await why.getByText('with other path separators').waitFor();
      const row = why.getByRole('row').filter({ hasText: 'CommandLine' });
      expect(await row.locator('td').first().innerText()).toBe('0');
      expect(await why.getByRole('link', { name: 'ws-sal-02.kitano.example' }).count()).toBe(1);
      expect(await seriousFaults(page)).toEqual([]);
      await why.getByRole('button', { name: 'Search it' }).first().click();
      await page.locator('.evbody [role="row"]').first().waitFor();
    });

    test('a faulty search is not run, and the fault is named with its line', async () => {
      const { page } = await server.open(link('index=main\n| timechartt count'));
      await page.getByText('The search did not run.').waitFor();
      expect(await page.locator('.diag').innerText()).toContain('line 2');
      expect(await page.locator('.cm-lintRange-error').innerText()).toBe('timechartt');
      expect(await seriousFaults(page)).toEqual([]);
    });

    test('a search that runs is stopped by a key, and its rows stay', async () => {
      const { page } = await server.open('/search');
      await page.locator('.cm-content').click();
      await page.keyboard.type(
        '| makeresults count=5000000 | streamstats count | eval a=md5(count), b=sha512(a), c=sha512(b)',
      );
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('button', { name: /Stop/ }).waitFor();
      await page.locator('.tr:not(.head) time').first().waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.say1.cancelled').waitFor();
      await page.getByRole('button', { name: /Run/ }).waitFor();
      expect(await page.locator('.tr:not(.head) time').count()).toBeGreaterThan(0);
    });

    test('steps of a hunt are saved, and the back button walks them', async () => {
      const { page } = await server.open(link('index=main EventCode=1 | stats count'));
      await page.locator('.say1.done').waitFor();
      await page.getByRole('button', { name: 'New step' }).click();
      await page.locator('.cm-content').click();
      await page.keyboard.type('index=main EventCode=3 | stats count');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Enter');
      await page.locator('#step-1 .r').waitFor();
      await page.getByRole('button', { name: 'Save hunt' }).click();
      await page.getByLabel('Name of the hunt').fill('Two questions');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Two questions is saved.').waitFor();
      await page.goBack();
      await page.goBack();
      await page.waitForURL((url) => (url.searchParams.get('q') ?? '').includes('EventCode=1'));
      const { page: other } = await server.open('/search');
      await other.locator('.cm-content').waitFor();
      await other.keyboard.press('Control+k');
      await other.getByRole('combobox').waitFor();
      await other.keyboard.type('Two questions');
      await other.getByRole('option', { name: /^Two questions/ }).waitFor();
      await other.keyboard.press('Enter');
      await other.locator('#step-1').waitFor();
    });

    test('files are added with their summary; hostile text is inert and visible', async () => {
      const { page, complaints } = await server.open('/search');
      const picker = page.locator('input[type="file"]').first();
      await picker.setInputFiles({ name: 'hostile.xml', mimeType: 'text/xml', buffer: hostileEvent() });
      await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByText('1 new event', { exact: true }).waitFor();
      await page.goto(`${server.url()}${link('host=hostile.example | table host CommandLine')}`);
      const cell = page.locator('.tr:not(.head) .td').last();
      await cell.locator('.uc').first().waitFor();
      expect(await cell.locator('.uc').allInnerTexts()).toEqual(['U+202E', 'U+200B']);
      expect(await page.locator('img').count()).toBe(0);
      await page.locator('.tbl').focus();
      await page.keyboard.press('End');
      await page.keyboard.press('Control+c');
      expect(await clipboard(page)).toBe(hostile);
      await page.getByText(/2 hidden characters/).waitFor();
      expect(complaints).toEqual([]);
    });

    test('both languages, both themes and a narrow window have no serious fault', async () => {
      for (const options of [
        { language: 'ja', theme: 'light', width: 1280 },
        { language: 'ja', theme: 'dark', width: 800 },
        { language: 'en', theme: 'dark', width: 1280 },
      ] as const) {
        const { page } = await server.open(link(pstree), options);
        await page.locator('.pst li').nth(5).waitFor();
        expect(await page.locator('html').getAttribute('lang')).toBe(options.language);
        expect(await seriousFaults(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(options.width);
      }
    }, 120_000);

    test('? lists the keys, and every menu of the frame is reachable', async () => {
      const { page } = await server.open('/search');
      await page.locator('.frbody').focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
      expect(await page.getByRole('dialog').innerText()).toContain('run the search');
      expect(await seriousFaults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Theme' }).click();
      await page.getByRole('menuitemradio', { name: 'Dark' }).click();
      expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
      await page.getByRole('button', { name: '日本語' }).click();
      await page.getByRole('link', { name: '検索', exact: true }).waitFor();
    });

    test('the administration page has no serious fault', async () => {
      const { page } = await server.open('/admin');
      await page.getByRole('heading', { name: 'Audit', exact: true }).waitFor();
      await page.locator('.audit tbody tr').first().waitFor();
      expect(await seriousFaults(page)).toEqual([]);
    });
  });
});
