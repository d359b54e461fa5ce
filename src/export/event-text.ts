import type { ByteText } from '../core/byte-text.ts';
import { formatTicks } from '../core/ticks.ts';
import { copyJson } from '../store/json-cell.ts';
import type { RowSlices } from '../store/row-slices.ts';
import { wholeEventColumns } from '../store/whole-event.ts';
import { cellColumns, cellNames, othersColumn, rawColumn } from './exported-event.ts';
import { isNeutralised, type TableForm, tableCell } from './table-cell.ts';

const keys = cellNames.map((name) => Buffer.from(`${JSON.stringify(name)}:`));
const types = cellColumns.map((column) => wholeEventColumns[column]?.type);
const [braceOpen, braceClose, comma, quote, newline] = [...'{},"\n'].map((sign) => sign.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
];
const rawKey = Buffer.from('"_raw":');
const othersKey = Buffer.from(',"fields":');
const rowEnd = Buffer.from('\r\n');

/** Bytes of a text within others, until these are changed. */
export interface Slice {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Writes an event as an object and a line end. Gives the object of its other fields as it lies in `into`. */
export function writeLine(row: RowSlices, into: ByteText): Slice {
  const { block, starts, ends } = row;
  into.byte(braceOpen);
  for (let at = 0; at < keys.length; at++) {
    const column = cellColumns[at] as number;
    const start = starts[column] as number;
    if (start < 0) continue;
    const key = keys[at] as Buffer;
    into.copy(key, 0, key.length);
    const time = timeWriters[at];
    if (time !== undefined) {
      into.byte(quote);
      time.write(block, start, into);
      into.byte(quote);
    } else if (types[at] === 'number') into.text(wholeText(block, start));
    else into.json(block, start, ends[column] as number);
    into.byte(comma);
  }
  into.copy(rawKey, 0, rawKey.length);
  into.json(block, starts[rawColumn] as number, ends[rawColumn] as number);
  into.copy(othersKey, 0, othersKey.length);
  const start = into.length;
  copyJson(row.readerAt(othersColumn), { block, into });
  const end = into.length;
  into.byte(braceClose);
  into.byte(newline);
  return { bytes: into.bytes, start, end };
}

/** Writes an event as a row of the table; `others` is the object that `writeLine` wrote. Gives the number of cells that the form changed. */
export function writeRow(row: RowSlices, others: Slice, form: TableForm, into: ByteText): number {
  const { block, starts, ends } = row;
  let changed = 0;
  for (let at = 0; at < cellColumns.length; at++) {
    const column = cellColumns[at] as number;
    const start = starts[column] as number;
    if (start >= 0) {
      const time = timeWriters[at];
      if (time !== undefined) time.write(block, start, into);
      else if (types[at] === 'number') into.text(wholeText(block, start));
      else if (writeCell(block, start, ends[column] as number, form, into)) changed++;
    }
    into.byte(comma);
  }
  // An object begins no formula.
  writeCell(others.bytes, others.start, others.end, form, into);
  into.copy(rowEnd, 0, rowEnd.length);
  return changed;
}

/** Writes the raw text and a line end. */
export function writeRaw({ block, starts, ends }: RowSlices, into: ByteText): void {
  into.copy(block, starts[rawColumn] as number, ends[rawColumn] as number);
  into.byte(newline);
}

/** What `tableCell` looks at in bytes that are ASCII: 1 what has to be quoted, 2 what does at an end, 4 what begins a formula. */
const cellSigns = new Uint8Array(128);
for (let code = 0; code < cellSigns.length; code++) {
  const sign = String.fromCharCode(code);
  if (tableCell(`a${sign}a`, 'exact').startsWith('"')) cellSigns[code] = 1;
  else if (tableCell(sign, 'exact').startsWith('"')) cellSigns[code] = 2;
  if (isNeutralised(sign)) cellSigns[code] = (cellSigns[code] as number) | 4;
}

/** Writes a text as `tableCell` does; whether the form changed it. */
function writeCell(from: Buffer, start: number, end: number, form: TableForm, into: ByteText): boolean {
  if (start === end) return false;
  const first = from[start] as number;
  const last = from[end - 1] as number;
  if (first < 0x80 && last < 0x80) {
    const isFormula = form === 'safe' && ((cellSigns[first] as number) & 4) !== 0;
    if (!isFormula && !needsQuotes(from, start, end)) {
      into.copy(from, start, end);
      return false;
    }
    if (!isFormula) {
      into.quoted(from, start, end);
      return false;
    }
  }
  const text = from.toString('utf8', start, end);
  into.text(tableCell(text, form));
  return form === 'safe' && isNeutralised(text);
}

function needsQuotes(from: Uint8Array, start: number, end: number): boolean {
  if (((cellSigns[from[start] as number] as number) & 3) !== 0) return true;
  if (((cellSigns[from[end - 1] as number] as number) & 3) !== 0) return true;
  for (let at = start; at < end; at++) {
    const code = from[at] as number;
    if (code < 0x80 && ((cellSigns[code] as number) & 1) !== 0) return true;
  }
  return false;
}

function wholeText(block: Buffer, start: number): string {
  const high = block.readUInt32LE(start + 4);
  if (high < 0x20_0000) return String(high * 0x1_0000_0000 + block.readUInt32LE(start));
  return String(block.readBigUInt64LE(start));
}

const ticksPerSecond = 10_000_000;
const zero = 0x30;
const zoneSign = 0x5a;

/** Writes ticks as `formatTicks` does. One for each column: its times come in order, or are those of batches. */
class TimeWriter {
  /** The second of the time that was written last, as it begins: the halves of its ticks, since large integers cost more. */
  #low = 0;
  #high = 0;
  #text = Buffer.from(formatTicks(0n).slice(0, -8));
  readonly #digits = Buffer.alloc(8, zoneSign);

  write(block: Buffer, start: number, into: ByteText): void {
    let rest = this.#since(block, start);
    if (rest < 0 || rest >= ticksPerSecond) {
      this.#begin(block.readBigInt64LE(start));
      rest = this.#since(block, start);
    }
    for (let at = 6; at >= 0; at--) {
      this.#digits[at] = zero + (rest % 10);
      rest = Math.trunc(rest / 10);
    }
    into.copy(this.#text, 0, this.#text.length);
    into.copy(this.#digits, 0, this.#digits.length);
  }

  /** Ticks since the second; exact where they are few. */
  #since(block: Buffer, start: number): number {
    const high = block.readInt32LE(start + 4) - this.#high;
    return high * 0x1_0000_0000 + (block.readUInt32LE(start) - this.#low);
  }

  #begin(ticks: bigint): void {
    const text = formatTicks(ticks);
    const second = ticks - BigInt(text.slice(-8, -1));
    this.#low = Number(BigInt.asUintN(32, second));
    this.#high = Number(second >> 32n);
    this.#text = Buffer.from(text.slice(0, -8));
  }
}

const timeWriters = cellColumns.map((column) =>
  wholeEventColumns[column]?.type === 'time' ? new TimeWriter() : undefined,
);
