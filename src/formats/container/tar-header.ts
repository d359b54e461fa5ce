/** A tar header (POSIX.1-2001 pax, section "ustar Interchange Format"; GNU's long names and binary sizes). */
export interface TarHeader {
  readonly name: string;
  readonly size: number;
  /** Seconds since 1970. */
  readonly modified: number | undefined;
  readonly type: string;
}

export const BLOCK = 512;

/** Reads a header block; undefined where its checksum is wrong. */
export function parseTarHeader(block: Uint8Array): TarHeader | undefined {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  if (!isTarHeader(bytes)) return undefined;
  const name = text(bytes, 0, 100);
  const isUstar = text(bytes, 257, 6).startsWith('ustar');
  const prefix = isUstar && bytes[262] === 0 ? text(bytes, 345, 155) : '';
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size: number(bytes, 124, 12) ?? 0,
    modified: number(bytes, 136, 12),
    type: String.fromCharCode(bytes[156] as number),
  };
}

/** Whether a block's checksum is right, which holds for archives from before `ustar` too. */
export function isTarHeader(bytes: Uint8Array): boolean {
  if (bytes.length < BLOCK || bytes[0] === 0) return false;
  const said = number(Buffer.from(bytes.subarray(148, 156)), 0, 8);
  let sum = 0;
  for (let at = 0; at < BLOCK; at++) sum += at >= 148 && at < 156 ? 0x20 : (bytes[at] as number);
  return sum === said;
}

/** What a pax header says of the next member: records `length key=value\n`. */
export function parsePax(data: Buffer): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at < data.length; ) {
    const blank = data.indexOf(0x20, at);
    const length = blank < 0 ? 0 : Number(data.toString('latin1', at, blank));
    if (!Number.isSafeInteger(length) || length <= blank - at || at + length > data.length) break;
    const record = data.toString('utf8', blank + 1, at + length - 1);
    const equals = record.indexOf('=');
    if (equals > 0) found.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return found;
}

function text(bytes: Buffer, from: number, length: number): string {
  const end = bytes.indexOf(0, from);
  return bytes.toString('utf8', from, end >= 0 && end < from + length ? end : from + length);
}

/** A number in octal digits, or (GNU) in binary where the first bit is set. */
function number(bytes: Buffer, from: number, length: number): number | undefined {
  if ((bytes[from] as number) & 0x80) {
    let value = 0;
    for (let at = from + 1; at < from + length; at++) value = value * 256 + (bytes[at] as number);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = /^ *([0-7]+)[ \0]*/.exec(bytes.toString('latin1', from, from + length))?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 8);
}
