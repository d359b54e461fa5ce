import { describe, expect, test } from 'vitest';
import { readAll } from '../../test/read-format.ts';
import { csv } from './csv/csv.ts';
import { json } from './json/json.ts';

const xml = `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><EventID>1</EventID></System><EventData><Data Name='A'>"x"</Data></EventData></Event>`;
const envelope = { time: 'T', host: 'h', source: 's', sourcetype: 'XmlWinEventLog', index: 'win' };
const columns = { _time: 'T', host: 'h', source: 's', sourcetype: 'XmlWinEventLog', index: 'win' };

function csvOf(rows: readonly string[]): string {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((raw) => [...Object.values(columns), 'more', raw].map(quote).join(','));
  return ['"_time","host","source","sourcetype","index","extra","_raw"', ...lines].join('\n');
}

const expected = [
  { kind: 'windows-event', eventId: '1', raw: xml, envelope, data: [{ name: 'A', value: '"x"' }] },
  { kind: 'json', value: { a: 1 }, raw: '{"a":1}', envelope },
  { kind: 'row', cells: { extra: 'more' }, raw: 'plain\ntext', envelope },
  { kind: 'fault', code: 'bad-structure' },
  { kind: 'row', raw: '<Event><x/></Event>', envelope },
  { kind: 'row', raw: '{"a":', envelope },
];
const raws = [xml, '{"a":1}', 'plain\ntext', '<Event><x/></Event>', '{"a":'];

describe('_raw is read again', () => {
  test('rows of CSV', async () => {
    expect(await readAll(csv, csvOf(raws))).toMatchObject(expected);
  });

  test('JSON, one result a line', async () => {
    const lines = raws.map((_raw, offset) =>
      JSON.stringify({ preview: false, offset, result: { ...columns, extra: 'more', _raw } }),
    );
    expect(await readAll(json, lines.join('\n'))).toMatchObject(expected);
  });

  test.each([undefined, 2])('JSON, a list of results (indent %s)', async (indent) => {
    const results = raws.map((_raw) => ({ ...columns, extra: 'more', _raw }));
    const text = JSON.stringify(
      { preview: false, fields: [{ name: '_raw' }], results, messages: [] },
      null,
      indent,
    );
    expect(await readAll(json, text)).toMatchObject(expected);
  });

  test('a list of results longer than a head', async () => {
    const results = Array.from({ length: 500 }, () => ({ ...columns, _raw: xml }));
    const items = await readAll(
      json,
      JSON.stringify({ preview: false, init_offset: 0, results, x: { y: [{}] } }),
    );
    expect(items).toHaveLength(500);
    expect(items.every((item) => item.kind === 'windows-event')).toBe(true);
  });
});

test('a multivalue column, and a result without _raw', async () => {
  const row = { preview: false, result: { host: 'h', many: ['a', 'b'], none: null, n: 3, _raw: 'x' } };
  expect(await readAll(json, JSON.stringify(row))).toMatchObject([
    { kind: 'row', raw: 'x', cells: { many: 'a\nb', n: '3' }, envelope: { host: 'h' } },
  ]);
  const table = { preview: false, result: { count: '3', user: 'u' } };
  expect(await readAll(json, JSON.stringify(table))).toMatchObject([
    { kind: 'json', value: { count: '3', user: 'u' } },
  ]);
});
