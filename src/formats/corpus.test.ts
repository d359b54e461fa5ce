import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { corpusPath } from '../../test/shared-data.ts';
import { readSources } from './open.ts';
import type { SourceRecord, WindowsEventRecord } from './record.ts';

interface Read {
  readonly format: string;
  readonly records: SourceRecord[];
  readonly faults: string[];
}

/** What each origin under a path gave, the path itself cut off. */
async function readUnder(path: string): Promise<Map<string, Read>> {
  const found = new Map<string, Read>();
  for await (const { source, format, items } of readSources([path])) {
    const name = source.origin.slice(path.length);
    const before = found.get(name) ?? { format, records: [], faults: [] };
    found.set(name, before);
    for (const item of items) {
      if (item.kind === 'fault') before.faults.push(`${item.code} ${item.offset}`);
      else before.records.push(item);
    }
  }
  return found;
}

const summary = (found: Map<string, Read>) =>
  [...found].map(([name, { format, records, faults }]) =>
    [name, format, records.length, ...faults].join(' '),
  );

/** An event without where it stood and what was said of it. The forms differ in their line ends, as they were made. */
function eventOnly(record: SourceRecord): WindowsEventRecord {
  if (record.kind !== 'windows-event') throw new Error(`expected an event, found ${record.kind}`);
  const { envelope: _envelope, ...event } = record;
  return { ...event, offset: 0, raw: event.raw.replaceAll('\r\n', '\n') };
}

const splunk = corpusPath('derived-splunk', 'procdump_T1003.001');
const windows = corpusPath('ts-evtx', 'test', 'fixtures');
const jpcert = corpusPath('JPCERT-log-analysis-training', 'Hands-on');
const recordings = corpusPath('RECORDINGS.tsv');

describe.skipIf(!splunk)('derived-splunk (skipped where the corpus is absent)', () => {
  test('the three forms hold the same events', async () => {
    const found = await readUnder(splunk ?? '');
    const { events } = JSON.parse(readFileSync(`${splunk}/COUNTS.json`, 'utf8'));
    const forms = ['/xmlwineventlog.log', '/splunk_export.csv', '/splunk_export.json'].map((name) =>
      found.get(name),
    );
    const [xml, ...others] = forms.map((form) => form?.records.map(eventOnly));
    expect(xml).toHaveLength(events);
    expect(forms.flatMap((form) => form?.faults)).toEqual([]);
    for (const other of others) expect(other).toEqual(xml);
    expect(forms[1]?.records[0]?.envelope).toEqual({
      time: '2022-08-31T19:19:00.518676500Z',
      host: 'win-host-mhaag-attack-range-117',
      source: 'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational',
      sourcetype: 'XmlWinEventLog',
      index: 'win',
    });
  });
});

describe.skipIf(!windows)('Windows` own export (skipped where the corpus is absent)', () => {
  test.each([
    ['Security', 1715],
    ['Application', 366],
  ])('%s.xml', async (name, count) => {
    const [[, read] = []] = await readUnder(`${windows}/${name}.xml`);
    expect(read?.format).toBe('event-xml');
    expect(read?.faults).toEqual([]);
    expect(read?.records).toHaveLength(count);
    expect(read?.records.map((record) => Number(eventOnly(record).recordId)).reverse()).toEqual(
      Array.from({ length: count }, (_, at) => at + 1),
    );
  });
});

describe.skipIf(!jpcert)('Event Viewer in Japanese (skipped where the corpus is absent)', () => {
  test('counts, and the message in the sixth column', async () => {
    const found = await readUnder(jpcert ?? '');
    expect(summary(found)).toEqual([
      '/Handson1/Powershell.csv csv 20',
      '/Handson1/Sysmon.csv csv 476',
      '/Handson1/TaskScheduler.csv csv 83',
      '/Handson2/Security.csv csv 12',
      '/Handson2/TaskScheduler.csv csv 64',
    ]);
    const rows = found.get('/Handson1/Sysmon.csv')?.records ?? [];
    for (const row of rows) expect(row.kind === 'row' && row.cells['column 6']).toMatch(/^\S/);
  });
});

describe.skipIf(!recordings)('every recording (skipped where the corpus is absent)', () => {
  const lines = recordings ? readFileSync(recordings, 'utf8').trim().split('\n').slice(1) : [];
  const expected = lines.map((line) => line.split('\t'));

  test('has the events that were counted, and no fault', async () => {
    for (const [path = '', member = '', , , events, ...rest] of expected) {
      const badLines = Number(rest.at(-1));
      let count = 0;
      const faults: string[] = [];
      for await (const { source, items } of readSources([corpusPath(path) ?? path])) {
        if (!source.origin.endsWith(`!${member}`)) continue;
        for (const item of items) item.kind === 'fault' ? faults.push(item.message) : count++;
      }
      expect([path, count, faults.length]).toEqual([path, Number(events), badLines]);
    }
  }, 180_000);
});

describe.skipIf(!corpusPath('zed-sample-data'))('logs of lines (skipped where the corpus is absent)', () => {
  test('Zeek’s are its own, and the lines of an audit event are one record', async () => {
    const zeek = await readUnder(corpusPath('zed-sample-data', 'zeek-default') ?? '');
    expect(new Set([...zeek.values()].map(({ format }) => format))).toEqual(new Set(['zeek']));
    const auditd = await readUnder(corpusPath('msticpy', 'tests', 'testdata', 'auditd_log.txt') ?? '');
    expect(summary(auditd)).toEqual([' audit-log 938']);
  });
});
