import { fault } from '../../core/fault.ts';
import type { ReadLimits } from '../../core/limits.ts';
import { tooLong } from '../line-cutter.ts';
import type { ReadItem } from '../record.ts';
import type { RecordCutter, Stretch } from '../record-cutter.ts';
import { isListOfRecords, jsonItems, tooDeep } from './json-record.ts';
import { ObjectScan } from './object-scan.ts';

const LF = 0x0a;
const OPEN_BRACE = 0x7b;

/** What may stand between objects: blanks and the punctuation of the lists that hold them. */
const between = new Set([0x20, 0x09, 0x0a, 0x0d, 0x2c, 0x5b, 0x5d, 0x7d]);
const CLOSE_BRACKET = 0x5d;

type State =
  /** Between objects. `junk`: where text began that is none. */
  | { readonly kind: 'between'; junk: number | undefined }
  /** Within the object that began at `start`; `dropped` when it is too long to be kept. */
  | { readonly kind: 'object'; readonly start: number; readonly scan: ObjectScan; dropped: boolean }
  /** Behind the list of a wrapping object, which ends somewhere. */
  | { readonly kind: 'tail'; readonly scan: ObjectScan }
  /** Behind a broken object: looking for a line that is indented no more than its first. */
  | { readonly kind: 'resync'; readonly start: number; readonly indent: number };

/** JSON objects over any number of lines: an array's, a wrapping object's list, or one behind the other. */
export function jsonObjectCutter(limits: ReadLimits): RecordCutter {
  return new JsonObjectCutter(limits);
}

class JsonObjectCutter implements RecordCutter {
  private readonly limits: ReadLimits;
  private state: State = { kind: 'between', junk: undefined };
  /** Blanks at the beginning of the line, and whether nothing else has stood on it. */
  private indent = 0;
  private lineIsBlank = true;
  private isFirst = true;
  private wrapped = false;
  /** Offset up to which the open object was scanned. */
  private scanned = 0;

  constructor(limits: ReadLimits) {
    this.limits = limits;
  }

  /** A state's step takes bytes from `at` on, and gives where it stopped. */
  read(stretch: Stretch, items: ReadItem[]): number {
    const { bytes, offset, last } = stretch;
    let at = this.state.kind === 'object' ? this.seen(stretch) : 0;
    while (at < bytes.length) at = this.step(stretch, at, items);
    if (last) {
      this.end(stretch, items);
      return bytes.length;
    }
    const { state } = this;
    if (state.kind !== 'object' || state.dropped) return bytes.length;
    if (offset + bytes.length - state.start > this.limits.recordBytes) {
      state.dropped = true;
      return bytes.length;
    }
    return state.start - offset;
  }

  /** How far the open object has been scanned: it comes again from its beginning, unless it is being dropped. */
  private seen({ offset }: Stretch): number {
    return this.state.kind === 'object' && !this.state.dropped ? this.scanned - offset : 0;
  }

  private step(stretch: Stretch, at: number, items: ReadItem[]): number {
    switch (this.state.kind) {
      case 'between':
        return this.stepBetween(stretch, at, items);
      case 'object':
        return this.stepObject(stretch, at, items);
      case 'tail': {
        const { scan } = this.state;
        if (scan.scan(stretch.bytes, at) !== 'open') this.state = { kind: 'between', junk: undefined };
        return scan.position;
      }
      case 'resync':
        return this.stepResync(stretch, at, items);
    }
  }

  private stepBetween({ bytes, offset }: Stretch, from: number, items: ReadItem[]): number {
    const state = this.state as State & { kind: 'between' };
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte === OPEN_BRACE) {
        this.reportJunk(offset + at, items);
        const scan = new ObjectScan(
          this.indent,
          this.lineIsBlank,
          this.isFirst ? isListOfRecords : undefined,
        );
        this.isFirst = false;
        this.state = { kind: 'object', start: offset + at, scan, dropped: false };
        return at;
      }
      if (byte === LF) {
        this.indent = 0;
        this.lineIsBlank = true;
      } else if (this.lineIsBlank && (byte === 0x20 || byte === 0x09)) this.indent++;
      else this.lineIsBlank = false;
      if (byte === CLOSE_BRACKET && this.wrapped) {
        this.wrapped = false;
        this.reportJunk(offset + at, items);
        this.state = { kind: 'tail', scan: ObjectScan.within(this.indent) };
        return at + 1;
      }
      if (state.junk === undefined && !between.has(byte)) state.junk = offset + at;
    }
    return bytes.length;
  }

  private reportJunk(end: number, items: ReadItem[]): void {
    if (this.state.kind !== 'between' || this.state.junk === undefined) return;
    const { junk } = this.state;
    items.push(fault('bad-syntax', 'expected a JSON object', junk, end - junk));
    this.state.junk = undefined;
  }

  private stepObject({ bytes, offset }: Stretch, at: number, items: ReadItem[]): number {
    const state = this.state as State & { kind: 'object' };
    const { scan, start } = state;
    const result = scan.scan(bytes, at);
    this.scanned = offset + scan.position;
    if (result === 'open') return scan.position;
    this.indent = scan.indent;
    this.lineIsBlank = false;
    if (result === 'array') {
      this.wrapped = true;
      this.state = { kind: 'between', junk: undefined };
      return scan.position;
    }
    if (result === 'broken') {
      this.state = { kind: 'resync', start, indent: scan.startIndent };
      this.lineIsBlank = bytes[scan.position] !== LF;
      return scan.position;
    }
    const length = offset + scan.position - start;
    if (state.dropped || length > this.limits.recordBytes) {
      items.push(tooLong('JSON object', start, length, this.limits));
    } else {
      const text = bytes.toString('utf8', start - offset, scan.position);
      if (scan.deepest > this.limits.recordDepth) items.push(tooDeep(text, start, this.limits));
      else for (const item of jsonItems(text, start, this.limits)) items.push(item);
    }
    this.state = { kind: 'between', junk: undefined };
    return scan.position;
  }

  private stepResync({ bytes, offset }: Stretch, from: number, items: ReadItem[]): number {
    const state = this.state as State & { kind: 'resync' };
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte === LF) {
        this.indent = 0;
        this.lineIsBlank = true;
      } else if (this.lineIsBlank && (byte === 0x20 || byte === 0x09)) this.indent++;
      else {
        const isBorder = byte === OPEN_BRACE || byte === 0x7d || byte === CLOSE_BRACKET;
        if (this.lineIsBlank && this.indent <= state.indent && isBorder) {
          this.reportBroken(offset + at, items);
          this.state = { kind: 'between', junk: undefined };
          return at;
        }
        this.lineIsBlank = false;
      }
    }
    return bytes.length;
  }

  private reportBroken(end: number, items: ReadItem[]): void {
    if (this.state.kind !== 'resync') return;
    const { start } = this.state;
    items.push(
      fault(
        'bad-syntax',
        'a JSON object that does not end before the next line like its first',
        start,
        end - start,
      ),
    );
  }

  private end({ bytes, offset }: Stretch, items: ReadItem[]): void {
    const end = offset + bytes.length;
    if (this.state.kind === 'between') this.reportJunk(end, items);
    else if (this.state.kind === 'resync') this.reportBroken(end, items);
    else if (this.state.kind === 'object') {
      const { start } = this.state;
      items.push(fault('truncated', 'the text ends within a JSON object', start, end - start));
    } else items.push(fault('truncated', 'the text ends within a JSON object', end));
  }
}
