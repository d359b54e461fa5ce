import type { ReadLimits } from '../../core/limits.ts';
import { type Line, lineCutter } from '../line-cutter.ts';
import type { ReadItem } from '../record.ts';
import type { RecordCutter } from '../record-cutter.ts';
import { jsonItems, tooDeep } from './json-record.ts';
import { ObjectScan } from './object-scan.ts';

const OPEN_BRACE = 0x7b;
const COMMA = 0x2c;
/** A line longer than this is looked over for its depth before it is parsed: 16 MiB of brackets parse to 450 MB. */
const UNSEEN_BYTES = 1024 * 1024;

/** JSON texts, one a line. A line that holds several objects, or ends in a comma, is read too. */
export function jsonLineCutter(limits: ReadLimits): RecordCutter {
  return lineCutter(limits, (line, items) => {
    const { bytes, start, offset } = line;
    let { end } = line;
    while (end > start && isBlank(bytes[end - 1] as number)) end--;
    if (bytes[end - 1] === COMMA) end--;
    const text = bytes.toString('utf8', start, end);
    if (end - start > UNSEEN_BYTES && deepest(bytes.subarray(start, end)) > limits.recordDepth) {
      items.push(tooDeep(text, offset, limits));
      return;
    }
    const found = jsonItems(text, offset, limits);
    const [first] = found;
    if (first?.kind === 'fault' && first.code === 'bad-syntax') {
      const several = objectsOf({ bytes, start, end, offset }, limits);
      if (several) {
        for (const item of several) items.push(item);
        return;
      }
    }
    for (const item of found) items.push(item);
  });
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

function deepest(bytes: Uint8Array): number {
  const scan = new ObjectScan(0, true);
  while (scan.position < bytes.length && scan.scan(bytes, scan.position) !== 'broken');
  return scan.deepest;
}

/** The items of a line that holds nothing but two or more objects, one behind the other; else undefined. */
function objectsOf({ bytes, start, end, offset }: Line, limits: ReadLimits): ReadItem[] | undefined {
  const line = bytes.subarray(start, end);
  const items: ReadItem[] = [];
  let pieces = 0;
  for (let at = 0; at < line.length; ) {
    const byte = line[at] as number;
    if (isBlank(byte) || byte === COMMA) {
      at++;
      continue;
    }
    if (byte !== OPEN_BRACE) return undefined;
    const scan = new ObjectScan(0, true);
    if (scan.scan(line, at) !== 'closed') return undefined;
    for (const item of jsonItems(line.toString('utf8', at, scan.position), offset + at, limits))
      items.push(item);
    pieces++;
    at = scan.position;
  }
  return pieces > 1 ? items : undefined;
}
