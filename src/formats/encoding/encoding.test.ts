import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { inChunks } from '../../../test/read-format.ts';
import type { Fault } from '../../core/fault.ts';
import { detectEncoding, type Encoding } from './encoding.ts';
import { nameOfBytes } from './name-of-bytes.ts';
import { utf8Stream } from './utf8-stream.ts';

const japanese = 'レベル,日付と時刻,ソース\r\n情報,2019/11/07 17:58:48,監査の成功 ｶﾅ ～ ①\r\n';

function detected(bytes: Uint8Array): string {
  const found = detectEncoding(bytes, true);
  return found ? `${found.encoding} ${found.mark}` : 'none';
}

describe('detection', () => {
  test.each([
    ['plain text\n', 'utf-8', 'ascii 0'],
    [japanese, 'utf-8', 'utf-8 0'],
    [`\ufeff${japanese}`, 'utf-8', 'utf-8 3'],
    [`\ufeff${japanese}`, 'utf-16le', 'utf-16le 2'],
    [`\ufeff${japanese}`, 'utf-16be', 'utf-16be 2'],
    [japanese, 'utf-16le', 'utf-16le 0'],
    [japanese, 'utf-16be', 'utf-16be 0'],
    ['{"a": 1}\n', 'utf-16le', 'utf-16le 0'],
    ['{"a": 1}\n', 'utf-16be', 'utf-16be 0'],
    [japanese, 'cp932', 'cp932 0'],
    ['情報', 'cp932', 'cp932 0'],
    ["<Data Name='User'>HOST\\\\管理者</Data>\n", 'cp932', 'cp932 0'],
    ['café prénom à Noël, déjà\n', 'latin1', 'utf-8 0'],
    ['Größe über Straße: Übergröße\n', 'latin1', 'utf-8 0'],
  ])('%j as %s', (text, encoding, expected) => {
    expect(detected(iconv.encode(text, encoding, { addBOM: false }))).toBe(expected);
  });

  test('UTF-8 with a bad byte is not taken for Shift_JIS', () => {
    expect(detected(Buffer.concat([Buffer.from(japanese), Buffer.from([0x82]), Buffer.from(japanese)]))).toBe(
      'utf-8 0',
    );
  });

  test('a character cut off at the end of the head', () => {
    const bytes = Buffer.from(japanese);
    for (let end = 1; end <= 9; end++)
      expect(detectEncoding(bytes.subarray(0, end), false)?.encoding).toBe('utf-8');
  });

  test('no text', () => {
    expect(detected(Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff, 0, 0]))).toBe(
      'none',
    );
    expect(detected(Buffer.alloc(100))).toBe('none');
    expect(detected(Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]))).toBe('none');
    expect(detected(Buffer.from(`log with one NUL\0 and more text\n`))).toBe('ascii 0');
  });
});

async function decoded(bytes: Uint8Array, encoding: Encoding, size: number): Promise<[string, Fault[]]> {
  const faults: Fault[] = [];
  const chunks: Uint8Array[] = [];
  for await (const chunk of utf8Stream(inChunks(bytes, size), encoding, (fault) => faults.push(fault)))
    chunks.push(chunk);
  return [Buffer.concat(chunks).toString('utf8'), faults];
}

describe.each([1, 2, 3, 5, 4096])('decoding in chunks of %d bytes', (size) => {
  const text = `${japanese}😀 end\n`.repeat(3);

  test.each(['utf-8', 'utf-16le', 'utf-16be', 'cp932'] as const)('%s', async (encoding) => {
    const content = encoding === 'cp932' ? japanese.repeat(3) : text;
    expect(await decoded(iconv.encode(content, encoding), encoding, size)).toEqual([content, []]);
  });

  test('invalid UTF-8: one fault, at the first bad byte', async () => {
    const bytes = Buffer.concat([
      Buffer.from('aé\ufffd'),
      Buffer.from([0xff]),
      Buffer.from('b\xe3'),
      Buffer.from([0xe3, 0x81]),
    ]);
    const [found, faults] = await decoded(bytes, 'utf-8', size);
    expect(found).toBe('aé\ufffd\ufffdbã\ufffd');
    expect(faults).toMatchObject([{ code: 'bad-encoding', offset: 6 }]);
    expect(faults[0]?.message).toMatch(/^2 pieces/);
  });

  test('lone surrogates and an odd byte in UTF-16', async () => {
    const bytes = Buffer.concat([Buffer.from('a\ud800b\udc00', 'utf16le'), Buffer.from([0x41])]);
    const [found, faults] = await decoded(bytes, 'utf-16le', size);
    expect(found).toBe('a\ufffdb\ufffd\ufffd');
    expect(faults).toMatchObject([{ code: 'bad-encoding', offset: 2 }]);
    expect(faults[0]?.message).toMatch(/^3 pieces/);
  });

  test('what is not CP932', async () => {
    const bytes = Buffer.concat([iconv.encode(japanese, 'cp932'), Buffer.from([0x82, 0x20])]);
    const [, faults] = await decoded(bytes, 'cp932', size);
    expect(faults).toMatchObject([{ code: 'bad-encoding' }]);
  });

  test('ASCII that goes on as Shift_JIS, or as UTF-8', async () => {
    const ascii = 'line,1\n'.repeat(20);
    for (const encoding of ['cp932', 'utf-8']) {
      const bytes = Buffer.concat([Buffer.from(ascii), iconv.encode(japanese, encoding)]);
      expect(await decoded(bytes, 'ascii', size)).toEqual([ascii + japanese, []]);
    }
  });
});

test('names in archives', () => {
  expect(nameOfBytes(iconv.encode('証拠/ログ.csv', 'cp932'), false)).toBe('証拠/ログ.csv');
  expect(nameOfBytes(Buffer.from('証拠.csv'), true)).toBe('証拠.csv');
  expect(nameOfBytes(iconv.encode('é.log', 'cp437'), false)).toBe('é.log');
});
