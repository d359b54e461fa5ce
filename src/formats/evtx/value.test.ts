import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteCursor } from '../../core/byte-cursor.ts';
import { formatTicks, ticksOfFiletime } from '../../core/ticks.ts';
import { arrayTexts, scalarText } from './value.ts';
import { TextCache } from './value-text.ts';

function scalar(type: number, hex: string): string {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  return scalarText(new ByteCursor(bytes), new TextCache(), type, 0, bytes.length);
}

function array(type: number, hex: string): readonly string[] {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  return arrayTexts(new ByteCursor(bytes), new TextCache(), type, 0, bytes.length);
}

describe('a value is rendered as Windows does', () => {
  test.each([
    ['string', 0x01, '4100 4200', 'AB'],
    ['string without the NULs that end it', 0x01, '4100 0000 0000', 'A'],
    ['string with a NUL inside', 0x01, '4100 0000 4200', 'A\0B'],
    ['string beyond Latin-1', 0x01, 'fb7c 7030 3dd8 00de', '系ば😀'],
    ['ANSI string', 0x02, '41e942 00', 'AéB'],
    ['int8', 0x03, 'ff', '-1'],
    ['uint8', 0x04, 'ff', '255'],
    ['int16', 0x05, 'feff', '-2'],
    ['uint16', 0x06, 'feff', '65534'],
    ['int32', 0x07, '00000080', '-2147483648'],
    ['uint32', 0x08, 'ffffffff', '4294967295'],
    ['int64', 0x09, 'ffffffffffffffff', '-1'],
    ['int64, least', 0x09, '0000000000000080', '-9223372036854775808'],
    ['uint64', 0x0a, 'ffffffffffffffff', '18446744073709551615'],
    ['uint64 above 2^53', 0x0a, '0100000000002000', '9007199254740993'],
    ['uint64 below 2^53', 0x0a, 'ffffffffffff1f00', '9007199254740991'],
    ['float', 0x0b, 'cdcccc3d', '0.1'],
    ['double', 0x0c, '9a9999999999b93f', '0.1'],
    ['boolean', 0x0d, '00000000', 'false'],
    ['boolean of another number than 1', 0x0d, '00010000', 'true'],
    ['boolean of one byte', 0x0d, '01', 'true'],
    ['binary', 0x0e, 'd9060a', 'D9060A'],
    ['GUID', 0x0f, '25968454 7854 9449 a5ba 3e3b0328c30d', '{54849625-5478-4994-a5ba-3e3b0328c30d}'],
    ['size of 4 bytes', 0x10, '10000000', '0x10'],
    ['size of 8 bytes', 0x10, '0000000001000000', '0x100000000'],
    ['FILETIME', 0x11, '47 5c 54 fe e0 d7 d9 01', '2023-08-26T05:48:52.3727943Z'],
    ['FILETIME zero', 0x11, '0000000000000000', '1601-01-01T00:00:00.0000000Z'],
    ['FILETIME beyond the calendar', 0x11, 'ffffffffffffff7f', '0x7fffffffffffffff'],
    ['SYSTEMTIME', 0x12, 'e707 0800 0300 1000 0400 3600 1e00 7b00', '2023-08-16T04:54:30.123Z'],
    ['SID', 0x13, '01 01 000000000005 12000000', 'S-1-5-18'],
    ['SID of an account', 0x13, '01 02 000000000005 15000000 ffffffff', 'S-1-5-21-4294967295'],
    ['SID that ends too soon', 0x13, '01 05 0000', '01050000'],
    ['HexInt32', 0x14, 'e7030000', '0x3e7'],
    ['HexInt64', 0x15, 'afd3190000000000', '0x19d3af'],
    ['HexInt64 above 2^32', 0x15, '0000000000002080', '0x8020000000000000'],
    ['handle', 0x20, '10000000', '0x10'],
  ])('%s', (_, type, hex, text) => {
    expect(scalar(type, hex)).toBe(text);
  });

  test('an unknown type is an error that names it', () => {
    expect(() => scalar(0x1f, '00')).toThrow(/unknown type 0x1f/);
  });

  test('a text is found again in the cache only where it is the same', () => {
    const texts = new TextCache();
    const decode = (text: string) => {
      const bytes = Buffer.from(text, 'utf16le');
      return texts.utf16(new ByteCursor(bytes), 0, bytes.length);
    };
    for (const text of ['ab', 'ba', 'ab', 'a\u0162', 'aA', 'x'.repeat(200), ''])
      expect(decode(text)).toBe(text);
    for (let index = 0; index < 50_000; index++) expect(decode(`item ${index}`)).toBe(`item ${index}`);
  });
});

describe('an array gives each of its items', () => {
  test.each([
    ['strings', 0x81, '4100 0000 0000 4200 4300 0000', ['A', '', 'BC']],
    ['strings, the last without NUL', 0x81, '4100 0000 4200', ['A', 'B']],
    ['ANSI strings', 0x82, '4100 4243', ['A', 'BC']],
    ['uint8', 0x84, '01ff', ['1', '255']],
    ['uint16', 0x86, '0100 ffff', ['1', '65535']],
    ['int64', 0x89, 'ffffffffffffffff', ['-1']],
    ['booleans', 0x8d, '00000000 02000000', ['false', 'true']],
    ['HexInt32', 0x94, '01000000 ff000000', ['0x1', '0xff']],
    ['SIDs', 0x93, '01 01 000000000005 12000000 01 01 000000000005 13000000', ['S-1-5-18', 'S-1-5-19']],
    [
      'a SID that claims more than there is',
      0x93,
      '01 ff 000000000005 12000000',
      ['01FF00000000000512000000'],
    ],
    ['no items', 0x88, '', []],
    ['a last item that is cut', 0x88, '01000000 0200', ['1', '2']],
  ])('%s', (_, type, hex, items) => {
    expect(array(type, hex)).toEqual(items);
  });

  test('an array of an unknown type is an error that names it', () => {
    expect(() => array(0x9f, '00')).toThrow(/unknown type 0x9f/);
  });
});

test('every FILETIME of the calendar is exact to its tick', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2_650_467_000_000_000_000n }), (filetime) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(filetime);
      const text = scalarText(new ByteCursor(bytes), new TextCache(), 0x11, 0, 8);
      expect(text).toBe(formatTicks(ticksOfFiletime(filetime)));
    }),
  );
});
