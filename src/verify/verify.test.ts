import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ingest } from '../ingest/ingest.ts';
import { planSearch } from '../spl/run.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import { sampleEvent } from '../store/store.contract.ts';
import type { StoredEvent } from '../store/store.ts';
import { type Disagreement, type VerifySummary, verify } from './verify.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-verify-'));
const store = await openEmbeddedStore(join(folder, 'store'));
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

let index = 0;
beforeEach(() => {
  index++;
});

/** Reads a file into an index of its own. */
async function read(name: string, text: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, text);
  await ingest([path], store, { index: `i${index}`, threads: 0 });
  return path;
}

async function verified(
  scope = `index=i${index}`,
): Promise<{ readonly summary: VerifySummary; readonly found: readonly Disagreement[] }> {
  const found: Disagreement[] = [];
  const summary = await verify({
    store,
    planned: await planSearch(store, scope, {}),
    limits: {},
    squidFormats: [],
    onDisagreement: (each) => {
      found.push(each);
    },
  });
  return { summary, found };
}

function sysmonXml(recordId: number, image: string): string {
  return `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Sysmon"/><EventID>1</EventID><Version>5</Version><TimeCreated SystemTime="2024-05-14T08:00:00.1234567Z"/><EventRecordID>${recordId}</EventRecordID><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>WS-01</Computer></System><EventData><Data Name="UtcTime">2024-05-14 08:00:00.100</Data><Data Name="ProcessId">${recordId}</Data><Data Name="Image">${image}</Data><Data Name="CommandLine">${image} /c 給与 &amp; "x"</Data></EventData></Event>`;
}

const w3c = '#Software: SGOS 6.7\n#Fields: date time c-ip cs-method cs-host sc-status\n';
const row = (second: string, status: string) =>
  `2024-05-14 08:00:${second} 192.0.2.1 GET example.org ${status}\n`;

describe('what a raw text tells by itself', () => {
  test('event XML, objects and lines agree', async () => {
    await read('a.xml', `${sysmonXml(1, 'C:\\a.exe')}\n${sysmonXml(2, 'C:\\b.exe')}\n`);
    await read('b.json', '{"timestamp":"2024-05-14T08:00:00Z","a":{"b":[1,2]},"name":"給与"}\n{"x":1}\n');
    await read(
      'c.log',
      '1715673600.123    200 192.0.2.1 TCP_MISS/200 512 GET http://example.org/ - HIER_DIRECT/192.0.2.9 text/html\n',
    );
    await read('d.log', 'a line without a time\nMay 14 08:00:01 host sshd[1]: hello\n');
    const { summary, found } = await verified();
    expect(found).toEqual([]);
    expect(summary).toMatchObject({ events: 7, agreed: 7, bySource: 0, differing: 0, notJudged: [] });
    expect(summary.aside).toEqual([{ field: '_time', reason: 'arrival', events: 2 }]);
  });

  test('a value that was changed, one that was added and one that is lost are told with both values', async () => {
    const raw = '{"timestamp":"2024-05-14T08:00:00Z","a":"one","b":"two"}';
    const tampered = sampleEvent(
      'tampered',
      { timestamp: '2024-05-14T08:00:00Z', a: 'ONE', c: ['x', 'y'] },
      {
        raw,
        source: 'sample.log',
        sourcetype: 'generic:json',
        host: 'unknown',
        timeSource: 'timestamp',
        time: 17_156_736_000_000_000n,
      },
      `i${index}`,
    );
    await store.write([tampered]);
    const { summary, found } = await verified();
    expect(summary).toMatchObject({ events: 1, agreed: 0, differing: 1 });
    expect(found).toMatchObject([
      {
        origin: 'sample.log',
        offset: 7,
        found: [
          { field: 'a', stored: 'ONE', read: 'one' },
          { field: 'c', stored: ['x', 'y'], read: undefined },
          { field: 'b', stored: undefined, read: 'two' },
        ],
      },
    ]);
    expect(found[0]?.id).toMatch(/^[0-9a-f]{32}$/);
  });

  test('a time, a host and a class of its own are compared too', async () => {
    const path = await read('e.xml', sysmonXml(3, 'C:\\c.exe'));
    const { found: none } = await verified();
    expect(none).toEqual([]);
    const other: StoredEvent = {
      ...sampleEvent(
        'moved',
        {},
        { raw: sysmonXml(3, 'C:\\c.exe'), product: 'sysmon', host: 'ws-02' },
        `i${index}`,
      ),
      origin: path,
    };
    await store.write([other]);
    const { found } = await verified();
    const fields = found[0]?.found.map(({ field }) => field) ?? [];
    expect(fields).toEqual(expect.arrayContaining(['_time', 'host', '_event_class', 'Image', 'CommandLine']));
  });

  test('the scope is a search', async () => {
    await read('f.json', '{"n":"1"}\n{"n":"2"}\n{"n":"3"}\n');
    expect((await verified(`index=i${index} n!=2`)).summary.events).toBe(2);
    expect((await verified(`index=i${index} latest=2001-01-01T00:00:00Z`)).summary.events).toBe(0);
  });
});

describe('what stands in the source alone', () => {
  test('rows under a header are judged beside their source', async () => {
    await read('g.log', w3c + row('01', '200') + row('02', '403'));
    await read('h.csv', 'Name,Note\na,"two\nlines"\nb,x\n');
    const { summary } = await verified();
    expect(summary).toMatchObject({ events: 4, agreed: 4, bySource: 4, differing: 0, notJudged: [] });
  });

  test('and differ where the source gives something else', async () => {
    const path = await read('i.log', w3c + row('01', '200') + row('02', '403'));
    writeFileSync(
      path,
      (w3c + row('01', '200') + row('02', '403')).replace('c-ip cs-method', 's-ip cs-method'),
    );
    const { summary, found } = await verified();
    // The bytes up to the rows are as many as before, so the same rows stand at the same places.
    expect(summary.differing).toBe(2);
    expect(found[0]?.found.map(({ field }) => field)).toEqual(expect.arrayContaining(['c-ip', 's-ip']));
  });

  test('are not judged where the source is gone or was changed', async () => {
    const gone = await read('j.log', w3c + row('01', '200'));
    const changed = await read('k.log', w3c + row('02', '200') + row('03', '200'));
    rmSync(gone);
    writeFileSync(changed, w3c + row('02', '404') + row('03', '200'));
    const { summary } = await verified();
    expect(summary).toMatchObject({ events: 3, agreed: 1, bySource: 1, differing: 0 });
    expect(summary.notJudged).toEqual(
      expect.arrayContaining([
        { reason: 'header', source: 'gone', events: 1, origin: gone },
        { reason: 'header', source: 'changed', events: 1, origin: changed },
      ]),
    );
  });

  test('what an export said around a record is left aside', async () => {
    const result = {
      _raw: sysmonXml(9, 'C:\\d.exe'),
      host: 'collector',
      source: 'WinEventLog:X',
      sourcetype: 'x',
    };
    await read('l.json', `${JSON.stringify({ preview: false, result })}\n`);
    const { summary } = await verified();
    expect(summary).toMatchObject({ events: 1, agreed: 1, differing: 0 });
    expect(summary.aside.map(({ field, reason }) => [field, reason])).toEqual(
      expect.arrayContaining([
        ['source', 'export'],
        ['sourcetype', 'export'],
      ]),
    );
  });
});
