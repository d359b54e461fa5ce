import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultsOf, readAll, recordsOf } from '../../../test/read-format.ts';
import { defaultReadLimits } from '../../core/limits.ts';
import type { ReadItem } from '../record.ts';
import { csv } from './csv.ts';

const cells = (items: readonly ReadItem[]) =>
  recordsOf(items).map((item) => (item.kind === 'row' ? item.cells : item));

describe('tables', () => {
  test.each([
    ['commas', ','],
    ['tabs', '\t'],
    ['semicolons', ';'],
  ])('%s', async (_name, delimiter) => {
    const text = ['Time', 'Host', 'What', '1', 'a', '"x\ny ""q"""', '2', 'b', ''];
    const rows = [text.slice(0, 3), text.slice(3, 6), text.slice(6)].map((row) => row.join(delimiter));
    for (const end of ['\n', '\r\n']) {
      const content = rows.join(end) + end;
      expect(csv.recognises(Buffer.from(content))).toBe(true);
      const items = await readAll(csv, content);
      expect(faultsOf(items)).toEqual([]);
      expect(cells(items)).toEqual([
        { Time: '1', Host: 'a', What: 'x\ny "q"' },
        { Time: '2', Host: 'b', What: '' },
      ]);
    }
  });

  test('Event Viewer in Japanese: one more cell than names, and messages of several lines', async () => {
    const text =
      'レベル,日付と時刻,ソース,イベント ID,タスクのカテゴリ\r\n' +
      '情報,2019/11/07 17:58:48,Sysmon,1,Process Create,"Process Create:\r\nCommandLine: ""C:\\a.exe"" /x"\r\n' +
      '情報,2019/11/07 17:58:47,Sysmon,5,Process terminated,"Process terminated:\r\nProcessId: 3"\r\n';
    expect(csv.recognises(Buffer.from(text))).toBe(true);
    const items = recordsOf(await readAll(csv, text));
    expect(cells(items)).toMatchObject([
      { 'イベント ID': '1', 'column 6': 'Process Create:\r\nCommandLine: "C:\\a.exe" /x' },
      { 'イベント ID': '5', 'column 6': 'Process terminated:\r\nProcessId: 3' },
    ]);
    const bytes = Buffer.from(text);
    for (const { raw, offset } of items) {
      expect(bytes.subarray(offset, offset + Buffer.byteLength(raw)).toString()).toBe(raw);
    }
  });

  test('names: absent, repeated, and `__proto__`', async () => {
    const items = await readAll(csv, ',Name,Name,__proto__\n0,a,b,c\n');
    const [row] = cells(items);
    expect(Object.entries(row ?? {})).toEqual([
      ['column 1', '0'],
      ['Name', 'a'],
      ['column 3', 'b'],
      ['__proto__', 'c'],
    ]);
  });

  test('a row with fewer cells has fewer fields; Excel`s `sep=` line is none', async () => {
    expect(cells(await readAll(csv, 'sep=;\na;b;c\n1;2\n'))).toEqual([{ a: '1', b: '2' }]);
  });

  test('nothing but Splunk’s `_raw`: each is read as what it was', async () => {
    const event = (id: number) =>
      `"<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><EventRecordID>${id}</EventRecordID></System></Event>"`;
    for (const header of ['_raw', '"_raw"']) {
      const text = `${header}\r\n${event(1)}\r\n"{""a"": 1}"\r\n"plain, text"\r\n`;
      expect(csv.recognises(Buffer.from(text))).toBe(true);
      const items = await readAll(csv, text);
      expect(faultsOf(items)).toEqual([]);
      expect(items.map(({ kind }) => kind)).toEqual(['windows-event', 'json', 'row']);
    }
  });

  test('a header and no rows says so', async () => {
    expect(await readAll(csv, '_time,host,_raw\n')).toMatchObject([{ kind: 'fault', code: 'empty' }]);
  });
});

describe('bad rows', () => {
  test('quotes that are not doubled: the row is kept, and a fault', async () => {
    const items = await readAll(csv, 'a,b,c\n1,"say "x" now",3\n4,5,6\n');
    expect(cells(items)).toEqual([
      { a: '1', b: 'say "x" now', c: '3' },
      { a: '4', b: '5', c: '6' },
    ]);
    expect(faultsOf(items)).toMatchObject([{ code: 'bad-syntax', offset: 6, length: 17 }]);
  });

  test('a quote that nothing closes does not swallow the rest', async () => {
    const items = await readAll(csv, 'a,b\n1,"open\n2,x\n3,y\n');
    expect(cells(items)).toEqual([
      { a: '1', b: '"open' },
      { a: '2', b: 'x' },
      { a: '3', b: 'y' },
    ]);
    expect(faultsOf(items)).toMatchObject([{ code: 'bad-syntax', offset: 4 }]);
  });

  test('a quote within a cell is text', async () => {
    const items = await readAll(csv, 'a,b\n1,x"y"z\n');
    expect(cells(items)).toEqual([{ a: '1', b: 'x"y"z' }]);
    expect(faultsOf(items)).toEqual([]);
  });

  test('a row over the limit is passed over', async () => {
    const limits = { ...defaultReadLimits, recordBytes: 5000 };
    for (const size of [1000, 100_000, 500_000]) {
      const items = await readAll(csv, `a,b\n1,x\n2,${'y'.repeat(300_000)}\n3,z\n`, size, { limits });
      expect(cells(items)).toEqual([
        { a: '1', b: 'x' },
        { a: '3', b: 'z' },
      ]);
      expect(faultsOf(items)).toMatchObject([{ code: 'too-long', offset: 8, length: 300_002 }]);
    }
  });

  test('a row of a million cells', async () => {
    const items = await readAll(csv, `a,b\n1,2\n${','.repeat(1_000_000)}\n3,4\n`);
    expect(cells(items)).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ]);
    expect(faultsOf(items)).toMatchObject([{ code: 'too-large', offset: 8 }]);
  });
});

describe('what is no table', () => {
  test.each([
    [
      'Squid',
      '1684147200.123    145 10.0.0.5 TCP_MISS/200 4512 GET http://a.example/x,y - HIER_DIRECT/1.2.3.4 text/html\n',
    ],
    [
      'syslog with commas',
      'Oct 11 22:14:15 host app[12]: started, ok, 3\nOct 11 22:14:16 host app[12]: stopped, ok, 4\n',
    ],
    [
      'Zeek',
      '#separator \\x09\n#fields\tts\tuid\tid.orig_h\n#types\ttime\tstring\taddr\n1.0\tC1\t10.0.0.1\n',
    ],
    ['W3C', '#Software: x\n#Fields: date time c-ip\n2024-01-01 00:00:00 10.0.0.1\n'],
    [
      'auditd',
      'type=SYSCALL msg=audit(1.2:3): arch=c000003e, a, b\ntype=PATH msg=audit(1.2:3): item=0, c, d\n',
    ],
    ['rows without a header', '2024-01-01 10:00:00,host,4688\n2024-01-01 10:00:01,host,4689\n'],
    ['prose', 'First, we looked at it.\nThen, we left it.\n'],
    ['levels', 'INFO,started\nWARN,failed\nINFO,stopped\n'],
    ['one line', 'hello,world\n'],
    ['key and value', 'time=1,host=a\ntime=2,host=b\n'],
  ])('%s', (_name, text) => {
    expect(csv.recognises(Buffer.from(text.repeat(3)))).toBe(false);
  });
});

const cell = fc.oneof(
  fc.stringMatching(/^[a-z0-9 ]{0,6}$/),
  fc.constantFrom('"', '""', 'a"b', ',', '\n', '\r\n', 'x\ny', 'é,"', '日本', ''),
);
const quote = (text: string, isQuoted: boolean) =>
  isQuoted || /["\r\n,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

test('agrees with csv-parse', async () => {
  const row = fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1, maxLength: 6 });
  const table = fc.tuple(fc.array(row, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.boolean());
  await fc.assert(
    fc.asyncProperty(table, async ([rows, end, isEnded]) => {
      const lines = rows.map((cellsOfRow) =>
        cellsOfRow.map(([text, isQuoted]) => quote(text, isQuoted)).join(','),
      );
      const text = ['c1,c2,c3', ...lines].join(end) + (isEnded ? end : '');
      const expected: string[][] = parse(text, {
        relax_column_count: true,
        skip_empty_lines: true,
        record_delimiter: end,
      });
      const items = await readAll(csv, text);
      expect(faultsOf(items).filter((item) => item.code !== 'empty')).toEqual([]);
      expect(cells(items).map((found) => Object.values(found))).toEqual(expected.slice(1));
    }),
    { numRuns: 500 },
  );
});

test('chunk borders change nothing', async () => {
  const row = '1,"a\r\n""b""",é\r\n2,"bad" x,3\r\n4,"open ""\r\n';
  const text = `a,b,c\r\n${row.repeat(2500)}`;
  const expected = await readAll(csv, text, text.length * 2);
  expect(faultsOf(expected).length).toBeGreaterThan(1000);
  for (const size of [11, 4099]) expect(await readAll(csv, text, size)).toEqual(expected);
});
