import type { ByteCursor } from '../../core/byte-cursor.ts';

/** An integer of any width from 1 to 8 bytes, in decimal; damaged records have widths that their type does not. */
export function integerText(cursor: ByteCursor, offset: number, size: number, signed: boolean): string {
  switch (size) {
    case 1:
      return String(signed ? (cursor.u8At(offset) << 24) >> 24 : cursor.u8At(offset));
    case 2:
      return String(signed ? (cursor.u16At(offset) << 16) >> 16 : cursor.u16At(offset));
    case 4:
      return String(signed ? cursor.u32At(offset) | 0 : cursor.u32At(offset));
    case 8: {
      const high = cursor.u32At(offset + 4);
      if (high < 0x20_0000) return String(high * 2 ** 32 + cursor.u32At(offset));
      return String(signed ? cursor.i64At(offset) : cursor.u64At(offset));
    }
    default:
      return String(
        signed ? BigInt.asIntN(8 * size, bigOf(cursor, offset, size)) : bigOf(cursor, offset, size),
      );
  }
}

/** As Windows writes HexInt32 and HexInt64: lower case, without leading zeros (`0x19d3af`). */
export function unsignedHex(cursor: ByteCursor, offset: number, size: number): string {
  if (size === 4) return `0x${cursor.u32At(offset).toString(16)}`;
  if (size === 8) {
    const high = cursor.u32At(offset + 4);
    const low = cursor.u32At(offset).toString(16);
    return high === 0 ? `0x${low}` : `0x${high.toString(16)}${low.padStart(8, '0')}`;
  }
  return `0x${bigOf(cursor, offset, size).toString(16)}`;
}

function bigOf(cursor: ByteCursor, offset: number, size: number): bigint {
  cursor.need(offset, size);
  let value = 0n;
  for (let index = Math.min(size, 8) - 1; index >= 0; index--)
    value = value * 256n + BigInt(cursor.u8At(offset + index));
  return value;
}

/** The shortest decimal that reads back as the same 32-bit number. */
export function real32Text(value: number): string {
  for (let digits = 6; digits <= 9; digits++) {
    const shown = Number(value.toPrecision(digits));
    if (Math.fround(shown) === value) return String(shown);
  }
  return String(value);
}

export function real64Text(value: number): string {
  return String(value);
}
