import { fault } from '../../core/fault.ts';
import type { Format } from '../format.ts';
import { type Line, lineCutter } from '../line-cutter.ts';
import type { ReadItem, RowRecord } from '../record.ts';
import { cutRecords } from '../record-cutter.ts';
import { w3cCells } from './w3c-cells.ts';

const HASH = 0x23;
/** Fields of one line; a proxy that logs all it knows has about two hundred. */
const FIELDS_MOST = 2_000;

/**
 * The W3C's extended log file format (WD-logfile-960323): proxies, IIS and Windows' firewall. `#Fields` names the values of the
 * lines below, and may come again within a file. A `-` stands for no value, and is kept.
 */
export const w3c: Format = {
  name: 'w3c',
  input: 'text',
  recognises: (head) =>
    head[0] === HASH &&
    /^(?:#[^\n]*\n)*?#fields: *\S/i.test(Buffer.from(head.subarray(0, 16_384)).toString('latin1')),
  read: (source, options) =>
    cutRecords(
      source,
      (limits) => {
        const reader = new W3cReader();
        return lineCutter(limits, (line, items) => reader.read(line, items));
      },
      options,
    ),
};

class W3cReader {
  #names: readonly string[] | undefined;
  #isTabbed = false;
  #software: string | undefined;
  #date: string | undefined;

  read({ bytes, start, end, offset }: Line, items: ReadItem[]): void {
    const raw = bytes.toString('utf8', start, end);
    if (bytes[start] === HASH) {
      this.#takeDirective(raw);
      return;
    }
    const names = this.#names;
    const cells = names === undefined ? undefined : w3cCells(raw, names.length, this.#isTabbed);
    if (names === undefined || cells === undefined) {
      const message =
        names === undefined
          ? 'a line before any #Fields'
          : `a line without the ${names.length} values of #Fields`;
      items.push(fault('bad-syntax', message, offset, end - start));
      return;
    }
    const named = Object.create(null) as Record<string, string>;
    for (const [at, value] of cells.values) named[names[at] as string] = value;
    const table = {
      kind: 'w3c',
      ...(this.#software !== undefined && { software: this.#software }),
      ...(this.#date !== undefined && { date: this.#date }),
      isDoubtful: cells.isDoubtful,
    } as const;
    items.push({ kind: 'row', cells: named, raw, offset, table } satisfies RowRecord);
  }

  #takeDirective(raw: string): void {
    const found = /^#([A-Za-z-]{1,40}): *(.*?)\s*$/.exec(raw.slice(0, 65_536));
    switch (found?.[1]?.toLowerCase()) {
      case 'fields':
        this.#isTabbed = /^#fields:[ \t]*[^ \t]+\t/i.test(raw);
        this.#names = (found?.[2] ?? '').split(/[ \t]+/, FIELDS_MOST).filter((name) => name !== '');
        break;
      case 'software':
        this.#software = found?.[2] ?? '';
        break;
      case 'date':
        this.#date = found?.[2] ?? '';
        break;
      default:
    }
  }
}
