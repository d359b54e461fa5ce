import { fault } from '../core/fault.ts';
import type { ReadLimits } from '../core/limits.ts';
import type { ReadItem } from './record.ts';
import type { RecordCutter, Stretch } from './record-cutter.ts';

/** A line without its line end: `bytes[start, end)`, which stands at `offset` in the stream. Never blank. */
export interface Line {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

const LF = 0x0a;
const CR = 0x0d;

/** Cuts a stream at its line feeds; a line longer than `limits.recordBytes` is a `too-long` fault. */
export function lineCutter(
  limits: ReadLimits,
  readLine: (line: Line, items: ReadItem[]) => void,
): RecordCutter {
  /** Where the line began whose end is not in sight and that is already too long. */
  let overlong: number | undefined;

  const finish = (line: Line, items: ReadItem[]) => {
    const begin = overlong ?? line.offset;
    const length = line.offset + (line.end - line.start) - begin;
    overlong = undefined;
    if (length > limits.recordBytes) items.push(tooLong('line', begin, length, limits));
    else if (!isBlank(line)) readLine(line, items);
  };

  return {
    read({ bytes, offset, last }: Stretch, items: ReadItem[]): number {
      let start = 0;
      for (;;) {
        const feed = bytes.indexOf(LF, start);
        if (feed < 0) break;
        const end = feed > start && bytes[feed - 1] === CR ? feed - 1 : feed;
        finish({ bytes, start, end, offset: offset + start }, items);
        start = feed + 1;
      }
      if (last) {
        if (start < bytes.length || overlong !== undefined)
          finish({ bytes, start, end: bytes.length, offset: offset + start }, items);
        return bytes.length;
      }
      // One more than the limit, for a carriage return that may turn out to belong to the line's end.
      if (bytes.length - start > limits.recordBytes + 1 || overlong !== undefined) {
        overlong ??= offset + start;
        return bytes[bytes.length - 1] === CR ? bytes.length - 1 : bytes.length;
      }
      return start;
    },
  };
}

/** The fault for a record that is longer than the limit. */
export function tooLong(what: string, offset: number, length: number, limits: ReadLimits) {
  return fault(
    'too-long',
    `a ${what} of ${length} bytes; the longest that is read has ${limits.recordBytes}`,
    offset,
    length,
  );
}

function isBlank({ bytes, start, end }: Line): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte !== 0x20 && byte !== 0x09 && byte !== CR) return false;
  }
  return true;
}
