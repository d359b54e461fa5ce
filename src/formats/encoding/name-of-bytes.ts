import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { isCp932 } from './encoding.ts';

/** An archive member's name: UTF-8, else Shift_JIS (Windows in Japanese), else the code page that zip was made with. */
export function nameOfBytes(bytes: Buffer, isSaidUtf8: boolean): string {
  if (isSaidUtf8 || isUtf8(bytes)) return bytes.toString('utf8');
  return iconv.decode(bytes, isCp932(bytes) ? 'cp932' : 'cp437');
}
