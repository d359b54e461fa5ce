import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** How a text is encoded. `ascii`: nothing but ASCII so far, which is UTF-8 and Shift_JIS alike. */
export type Encoding = 'ascii' | 'utf-8' | 'utf-16le' | 'utf-16be' | 'cp932';

export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark. */
  readonly mark: number;
}

/** The encoding of a text by its first bytes; undefined where they are no text. */
export function detectEncoding(head: Uint8Array, isAll: boolean): DetectedEncoding | undefined {
  const [first, second, third, fourth] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (first === 0xff && second === 0xfe && !(third === 0 && fourth === 0)) {
    return { encoding: 'utf-16le', mark: 2 };
  }
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', mark: 2 };
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const wide = bytes.includes(0) ? detectUtf16(bytes) : undefined;
  if (wide) return { encoding: wide, mark: 0 };
  if (isBinary(bytes)) return undefined;
  if (isAscii(bytes)) return { encoding: 'ascii', mark: 0 };
  const whole = isAll ? bytes : bytes.subarray(0, bytes.length - incompleteUtf8(bytes));
  if (isUtf8(whole)) return { encoding: 'utf-8', mark: 0 };
  return { encoding: isCp932(bytes) ? 'cp932' : 'utf-8', mark: 0 };
}

/** Bytes at the end that begin a UTF-8 sequence and do not complete it (0 to 3). */
export function incompleteUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if ((byte & 0xc0) === 0x80) continue;
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return wanted > back ? back : 0;
  }
  return 0;
}

/** Whether control characters make up more of the bytes than any text has. */
function isBinary(bytes: Uint8Array): boolean {
  let controls = 0;
  for (const byte of bytes) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x1b) controls++;
  }
  return controls > bytes.length / 10;
}

/** UTF-16 without a mark, by what its characters would be: nearly all from scripts in use, and some of them ASCII. */
function detectUtf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const pairs = Math.min(bytes.length >> 1, 4096);
  if (pairs < 2) return undefined;
  const little = usual(pairs, (at) => bytes.readUInt16LE(at * 2));
  const big = usual(pairs, (at) => bytes.readUInt16BE(at * 2));
  const best = little.ascii >= big.ascii ? little : big;
  if (best.ascii * 10 < pairs || best.known < pairs * 0.95) return undefined;
  return best === little ? 'utf-16le' : 'utf-16be';
}

function usual(pairs: number, unitAt: (at: number) => number): { ascii: number; known: number } {
  let ascii = 0;
  let known = 0;
  for (let at = 0; at < pairs; at++) {
    const unit = unitAt(at);
    const isAsciiUnit = (unit >= 0x20 && unit < 0x7f) || unit === 0x09 || unit === 0x0a || unit === 0x0d;
    if (isAsciiUnit) ascii++;
    if (isAsciiUnit || isUsualUnit(unit)) known++;
  }
  return { ascii, known };
}

/** Latin, Greek, Cyrillic, general punctuation, kana, CJK, Hangul, full-width forms. */
function isUsualUnit(unit: number): boolean {
  return (
    (unit >= 0xa0 && unit < 0x530) ||
    (unit >= 0x2000 && unit < 0x2700) ||
    (unit >= 0x3000 && unit < 0x3100) ||
    (unit >= 0x4e00 && unit < 0xa000) ||
    (unit >= 0xac00 && unit < 0xd7a4) ||
    (unit >= 0xff00 && unit < 0xffef)
  );
}

/**
 * Whether bytes that are not UTF-8 are Windows' Shift_JIS (CP932): valid as such, and mostly of its rows for kana,
 * punctuation and the kanji in daily use, which hold no letters in a Western code page.
 */
export function isCp932(bytes: Buffer): boolean {
  let doubles = 0;
  let daily = 0;
  let bad = 0;
  let katakana = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] as number;
    if (lead < 0x80) continue;
    if (lead >= 0xa1 && lead <= 0xdf) {
      katakana++;
      continue;
    }
    const trail = bytes[at + 1];
    if (trail === undefined) break;
    const isLead = (lead >= 0x81 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xfc);
    if (!isLead || trail < 0x40 || trail === 0x7f || trail > 0xfc) {
      bad++;
      continue;
    }
    doubles++;
    if (lead <= 0x83 || (lead >= 0x88 && lead <= 0x97)) daily++;
    at++;
  }
  if (doubles === 0 || bad > doubles / 100 || daily < doubles * 0.6 || katakana > doubles * 4) return false;
  return isMostlyInvalidUtf8(bytes);
}

/**
 * Whether the bytes, read as UTF-8, are more bad pieces than characters beyond ASCII. UTF-8 with damage is the other way
 * round; of Shift_JIS some pairs of bytes are characters by chance (one of the three in 管理者).
 */
function isMostlyInvalidUtf8(bytes: Buffer): boolean {
  let valid = 0;
  let bad = 0;
  for (const character of bytes.toString('utf8')) {
    if (character === '\ufffd') bad++;
    else if (character > '\x7f') valid++;
  }
  return bad > valid;
}

/** A streaming decoder of CP932; what it cannot read comes out as U+FFFD. */
export function cp932Decoder(): { write(bytes: Buffer): string; end(): string | undefined } {
  return iconv.getDecoder('cp932');
}
