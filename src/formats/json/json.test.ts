import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultsOf, readAll, recordsOf } from '../../../test/read-format.ts';
import { defaultReadLimits } from '../../core/limits.ts';
import type { ReadItem } from '../record.ts';
import { json } from './json.ts';
import { parseJson } from './json-value.ts';

const values = (items: readonly ReadItem[]) =>
  recordsOf(items).map((item) => (item.kind === 'json' ? item.value : item));

const three = [{ a: 1 }, { b: { c: [1, '}'] } }, { d: 'é"{' }];

describe('shapes', () => {
  test.each([
    ['lines', three.map((one) => JSON.stringify(one)).join('\n')],
    ['CRLF and blank lines', `${three.map((one) => JSON.stringify(one)).join('\r\n\r\n')}\r\n`],
    ['lines with commas', three.map((one) => JSON.stringify(one)).join(',\n')],
    ['an array', JSON.stringify(three)],
    ['an array, one a line', `[\n${three.map((one) => JSON.stringify(one)).join(',\n')}\n]`],
    ['a pretty array', JSON.stringify(three, null, 2)],
    ['a pretty array with tabs', JSON.stringify(three, null, '\t')],
    ['pretty without indents', JSON.stringify(three, null, ' ').replaceAll(/^ +/gm, '')],
    ['pretty, one behind the other', three.map((one) => JSON.stringify(one, null, 4)).join('\n')],
    ['braces on the closing lines', `[{\n  "a": 1\n}, {\n  "b": {"c": [1, "}"]}\n}, {\n  "d": "é\\"{"\n}]`],
    ['one behind the other', three.map((one) => JSON.stringify(one)).join('')],
    ['CloudTrail', JSON.stringify({ Records: three })],
    ['CloudTrail, pretty', JSON.stringify({ Records: three }, null, 2)],
    ['OData', JSON.stringify({ '@odata.context': 'x', value: three }, null, 1)],
  ])('%s', async (_name, text) => {
    expect(json.recognises(Buffer.from(text))).toBe(true);
    const items = await readAll(json, text);
    expect(faultsOf(items)).toEqual([]);
    expect(values(items)).toEqual(three);
  });

  test('offsets and raw are those of the text', async () => {
    const text = ` [\n  {"é": 1},\n  {\n    "b": 2\n  }\n]`;
    const bytes = Buffer.from(text);
    const items = recordsOf(await readAll(json, text));
    expect(items.map((item) => item.raw)).toEqual(['{"é": 1}', '{\n    "b": 2\n  }']);
    for (const { raw, offset } of items) {
      expect(bytes.subarray(offset, offset + Buffer.byteLength(raw)).toString()).toBe(raw);
    }
  });

  test('a list that is only a field is not a wrapping', async () => {
    const one = { id: 1, records: [{ a: 1 }], value: [{ b: 2 }], results: [{ c: 3 }] };
    for (const text of [JSON.stringify(one), JSON.stringify(one, null, 2)]) {
      expect(values(await readAll(json, text))).toEqual([one]);
    }
  });

  test('what is not recognised', () => {
    const texts = ['[2024-01-01 10:00] x', '{x} y', '[12] a', 'a {"b":1}', '"text"', '17', '<a/>'];
    for (const text of texts) expect(json.recognises(Buffer.from(text))).toBe(false);
    expect(json.recognises(Buffer.from('# made by x\n{"a":1}\n{"a":2}\n'))).toBe(true);
  });
});

describe('bad input', () => {
  test('a bad line is a fault, and reading goes on', async () => {
    const items = await readAll(json, '{"a":1}\n{"a":\n{"a":3}x\nnonsense\n{"a":5}\n');
    expect(values(items)).toEqual([{ a: 1 }, { a: 5 }]);
    expect(faultsOf(items)).toMatchObject([
      { code: 'bad-syntax', offset: 8, length: 5 },
      { code: 'bad-syntax', offset: 14, length: 8 },
      { code: 'bad-syntax', offset: 23, length: 8 },
    ]);
  });

  test('several objects on one line among others', async () => {
    const items = await readAll(json, '{"a":1}\n{"a":2}{"a":3} {"a":4}\n{"a":5}\n');
    expect(values(items)).toEqual([1, 2, 3, 4, 5].map((a) => ({ a })));
  });

  test('an object that is not closed does not swallow the next ones', async () => {
    const pretty = `[\n  {\n    "a": 1\n  },\n  {\n    "b": {\n      "c": 1\n  },\n  {\n    "d": 1\n  }\n]`;
    const items = await readAll(json, pretty);
    expect(values(items)).toEqual([{ a: 1 }, { d: 1 }]);
    expect(faultsOf(items)).toMatchObject([{ code: 'bad-syntax', offset: 24 }]);
  });

  test('a string that is not closed does not swallow the next objects', async () => {
    const items = await readAll(json, `[\n{"a": "x},\n{"a": 2},\n{"a": 3}\n]`);
    expect(values(items)).toEqual([{ a: 2 }, { a: 3 }]);
    expect(faultsOf(items)).toMatchObject([{ code: 'bad-syntax', offset: 2 }]);
  });

  test('what ends early, and what is between objects', async () => {
    expect(faultsOf(await readAll(json, '[{"a": 1}, {"b":'))).toMatchObject([
      { code: 'truncated', offset: 11 },
    ]);
    const items = await readAll(json, '[{"a": 1}, 17, "x", {"b": 2}]');
    expect(values(items)).toEqual([{ a: 1 }, { b: 2 }]);
    expect(faultsOf(items)).toMatchObject([{ code: 'bad-syntax', offset: 11 }]);
  });

  test('too deep, in a line and in an array', async () => {
    const deep = `{"a":${'['.repeat(200)}${']'.repeat(200)}}`;
    expect(faultsOf(await readAll(json, `${deep}\n{"b":1}\n`))).toMatchObject([
      { code: 'too-deep', offset: 0 },
    ]);
    const huge = `{"a":${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}}`;
    expect(faultsOf(await readAll(json, `{"b":1}\n${huge}\n`))).toMatchObject([
      { code: 'too-deep', offset: 8 },
    ]);
    expect(faultsOf(await readAll(json, `[${deep},{"b":1}]`))).toMatchObject([
      { code: 'too-deep', offset: 1 },
    ]);
  });

  test.each([20_000, 1000, 500_000])('a long line is passed over, in chunks of %d bytes', async (size) => {
    const limits = { ...defaultReadLimits, recordBytes: 5000 };
    const long = `{"x":"${'y'.repeat(300_000)}"}`;
    for (const [text, offset] of [
      [`{"a":1}\n${long}\r\n{"b":2}\n`, 8],
      [`[{"a":1},${long},{"b":2}]`, 9],
    ] as const) {
      const items = await readAll(json, text, size, { limits });
      expect(values(items)).toEqual([{ a: 1 }, { b: 2 }]);
      expect(faultsOf(items)).toMatchObject([{ code: 'too-long', offset, length: long.length }]);
    }
  });
});

describe('values', () => {
  test('integers beyond 2^53 are exact', () => {
    expect(parseJson('{"k":-9223372036854775808,"n":[18446744073709551615, 9007199254740991]}')).toEqual({
      k: '-9223372036854775808',
      n: ['18446744073709551615', 9007199254740991],
    });
  });

  test('digits within strings and fractions stay as they are', () => {
    const text =
      '{"a":"x: 12345678901234567890, y","b\\\\":"\\":12345678901234567890,","c":0.12345678901234567890}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  test('every value that JSON.parse reads exactly is read the same', () => {
    const isExact = (text: string) => !/[:,[]-?\d{16,}[,}\]]/.test(text);
    const value = fc.jsonValue({ maxDepth: 4 }).filter((inner) => isExact(JSON.stringify([inner])));
    fc.assert(
      fc.property(value, fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (inner, big) => {
        const text = JSON.stringify({ inner, text: `:${big},"` }).replace('{', `{"big": ${big},`);
        const isSafe = Number.isSafeInteger(Number(big));
        const expected = { ...JSON.parse(text), big: isSafe ? Number(big) : String(big) };
        expect(parseJson(text)).toEqual(expected);
      }),
    );
  });

  test('`__proto__` and duplicate keys do no harm', async () => {
    const [record] = recordsOf(await readAll(json, '{"__proto__":{"x":1},"a":1,"a":2}'));
    if (record?.kind !== 'json') throw new Error('expected JSON');
    expect(Object.keys(record.value)).toEqual(['__proto__', 'a']);
    expect(record.value.a).toBe(2);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

test('chunk borders change nothing', async () => {
  const texts = [
    `${three.map((one) => JSON.stringify(one)).join('\n')}\n{"broken":\n`.repeat(900),
    JSON.stringify(
      Array.from({ length: 900 }, () => three),
      null,
      2,
    ).replaceAll('"d"', '"d'),
    JSON.stringify({
      Records: Array.from({ length: 2000 }, (_, at) => ({ at, é: three })),
      tail: { x: [1] },
    }),
  ];
  for (const text of texts) {
    const expected = await readAll(json, text, text.length * 2);
    expect(expected.length).toBeGreaterThan(100);
    for (const size of [11, 4099]) expect(await readAll(json, text, size)).toEqual(expected);
  }
});
