import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultsOf, readAll, recordsOf } from '../../../test/read-format.ts';
import type { JsonRecord, RowRecord } from '../record.ts';
import { formats } from '../registry.ts';
import { w3c } from './w3c.ts';
import { zeekTsv } from './zeek-tsv.ts';

const zeekHead = [
  '#separator \\x09',
  '#set_separator\t,',
  '#empty_field\t(empty)',
  '#unset_field\t-',
  '#path\tdns',
  '#open\t2024-05-14-09-00-00',
  '#fields\tts\tquery\tanswers\trejected',
  '#types\ttime\tstring\tvector[string]\tbool',
];
const recognised = (text: string) => formats.find((format) => format.recognises(Buffer.from(text)))?.name;
const jsonOf = async (text: string) => {
  const records = recordsOf(await readAll(zeekTsv, text)) as JsonRecord[];
  return records.map(({ value }) => ({ ...value }));
};
const rowsOf = async (text: string, size?: number) =>
  (recordsOf(await readAll(w3c, text, size)) as RowRecord[]).map(({ cells }) => ({ ...cells }));

describe('Zeek’s text logs', () => {
  test('become what the JSON writer would have written', async () => {
    const text = [
      ...zeekHead,
      '1715679751.5\ta\\x09b.example\tx\\x2cy,1.2.3.4,-\tF',
      '1715679752.0\t-\t(empty)\t-',
      '#close\t2024',
    ].join('\n');
    expect(recognised(text)).toBe('zeek');
    expect(await jsonOf(text)).toEqual([
      {
        _path: 'dns',
        ts: '1715679751.5',
        query: 'a\tb.example',
        answers: ['x,y', '1.2.3.4', null],
        rejected: false,
      },
      { _path: 'dns', ts: '1715679752.0' },
    ]);
  });

  test('keep bytes that are text, and a value that begins with #', async () => {
    const text = [...zeekHead, '#1\t\\xe7\\xb3\\xbb\\xe5\\x9b\\xb3\t-\tT'].join('\n');
    expect(await jsonOf(text)).toEqual([{ _path: 'dns', ts: '#1', query: '系図', rejected: true }]);
  });

  test('may change their fields, and a torn line is a fault in its place', async () => {
    const text = [...zeekHead, '1\tq', '#path\tconn', '#fields\tts\tuid', '2\tC1'].join('\n');
    const items = await readAll(zeekTsv, text);
    expect(faultsOf(items)).toMatchObject([{ code: 'bad-syntax', offset: text.indexOf('1\tq'), length: 3 }]);
    expect(await jsonOf(text)).toEqual([{ _path: 'conn', ts: '2', uid: 'C1' }]);
  });
});

describe('the W3C’s extended format', () => {
  const head =
    '#Software: SGOS 7.3\n#Version: 1.0\n#Date: 2024-05-14 09:00:00\n#Fields: date time c-ip cs(User-Agent) sc-status\n';

  test('names values by #Fields, which may change', async () => {
    const text = `${head}2024-05-14 09:42:31 10.0.0.5 "Mozilla/5.0 (x; ""y"")" 200\n#Fields: time c-ip\n09:43:00\t-\r\n`;
    expect(recognised(text)).toBe('w3c');
    for (const size of [1, 7, 65_536])
      expect(await rowsOf(text, size)).toEqual([
        {
          date: '2024-05-14',
          time: '09:42:31',
          'c-ip': '10.0.0.5',
          'cs(User-Agent)': 'Mozilla/5.0 (x; "y")',
          'sc-status': '200',
        },
        { time: '09:43:00', 'c-ip': '-' },
      ]);
  });

  test('a forged value moves no other', async () => {
    const text = `${head}2024-05-14 09:42:31 10.0.0.5 "a" 404 "b" 200\n`;
    expect(await rowsOf(text)).toEqual([
      { date: '2024-05-14', time: '09:42:31', 'c-ip': '10.0.0.5', 'sc-status': '200' },
    ]);
    expect(recordsOf(await readAll(w3c, text))).toMatchObject([
      { table: { isDoubtful: true, software: 'SGOS 7.3' } },
    ]);
  });

  test('a line of another count is a fault', async () => {
    expect(faultsOf(await readAll(w3c, `${head}one two\n`))).toMatchObject([{ code: 'bad-syntax' }]);
  });

  test('a comment in a table or a script is no directive', () => {
    expect(recognised('#!/bin/sh\necho\n')).toBe('text');
    expect(recognised('# a,b\n1,2\n')).not.toBe('w3c');
  });
});

test('any text behind the directives ends without an exception, whatever the chunks', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '#fields\t',
      '#types\t',
      '#separator ',
      '#Fields: ',
      '\\x09',
      '\\x',
      '"',
      '\t',
      ' ',
      '\n',
      '-',
      'vector[x]',
      '__proto__',
    ),
    fc.string({ unit: 'binary' }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 20 }),
      fc.integer({ min: 1, max: 9 }),
      async (pieces, size) => {
        const tail = pieces.join('');
        for (const [format, head] of [
          [zeekTsv, `${zeekHead.join('\n')}\n`],
          [w3c, '#Fields: a b c\n'],
        ] as const) {
          const whole = await readAll(format, head + tail);
          expect(await readAll(format, head + tail, size)).toEqual(whole);
        }
      },
    ),
  );
});
