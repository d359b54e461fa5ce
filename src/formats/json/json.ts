import type { ReadLimits } from '../../core/limits.ts';
import { type Format, HEAD_BYTES } from '../format.ts';
import type { ReadItem } from '../record.ts';
import { cutRecords, type RecordCutter, type Stretch } from '../record-cutter.ts';
import { jsonLineCutter } from './json-lines.ts';
import { jsonObjectCutter } from './json-objects.ts';
import { ObjectScan } from './object-scan.ts';

/**
 * JSON objects: one a line, in an array, in the list of a wrapping object, pretty-printed, or one behind the other.
 * Integers beyond 2^53 are strings of their digits; of duplicate keys the last counts (`raw` keeps both).
 */
export const json: Format = {
  name: 'json',
  input: 'text',
  recognises(head) {
    const lines = headLines(head);
    const first = lines[0] ?? '';
    if (opensObject(first) || opensList(lines.join('\n'))) return true;
    return lines.length > 2 && lines.filter(opensObject).length * 2 >= lines.length;
  },
  read: (source, options) => cutRecords(source, (limits) => new JsonCutter(limits), options),
};

const opensObject = (text: string) => /^\s*\{\s*(?:"|\}|$)/.test(text);
const opensList = (text: string) => /^\s*\[\s*(?:\{\s*["}]|\]\s*$)/.test(text);

/** The first lines that are not blank, with what was cut off by the end of the head left out if it is not all. */
function headLines(head: Uint8Array): string[] {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('utf8');
  const lines = text.split(/\r?\n/, 40).filter((line) => line.trim() !== '');
  return lines.slice(0, 20);
}

/** Chooses by the first bytes between objects that end on the line they begin on, and others. */
class JsonCutter implements RecordCutter {
  private readonly limits: ReadLimits;
  private chosen: RecordCutter | undefined;

  constructor(limits: ReadLimits) {
    this.limits = limits;
  }

  read(stretch: Stretch, items: ReadItem[]): number {
    this.chosen ??= (isOneALine(stretch.bytes.subarray(0, HEAD_BYTES)) ? jsonLineCutter : jsonObjectCutter)(
      this.limits,
    );
    return this.chosen.read(stretch, items);
  }
}

function isOneALine(head: Uint8Array): boolean {
  const lines = headLines(head);
  const first = lines[0];
  if (first === undefined || opensList(lines.join('\n'))) return false;
  const scan = new ObjectScan(0, true);
  const line = Buffer.from(first);
  if (scan.scan(line, 0) === 'closed') return true;
  return lines.filter((text) => /^\s*\{.*\}\s*,?\s*$/.test(text)).length * 2 >= lines.length;
}
