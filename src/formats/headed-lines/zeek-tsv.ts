import { fault } from '../../core/fault.ts';
import type { ReadLimits } from '../../core/limits.ts';
import type { Format } from '../format.ts';
import { type Line, lineCutter } from '../line-cutter.ts';
import type { JsonValue, ReadItem } from '../record.ts';
import { cutRecords } from '../record-cutter.ts';

const HASH = 0x23;
/** Columns of one log; Zeek's widest have about fifty. */
const COLUMNS_MOST = 2_000;

/**
 * Zeek's logs as text: `#separator`, `#fields` and `#types` say how the lines below are laid out, and may come again within a
 * file. A line becomes the object that Zeek's JSON writer would have written, with `_path`; but its numbers are texts.
 */
export const zeekTsv: Format = {
  name: 'zeek',
  input: 'text',
  recognises: (head) => Buffer.from(head.subarray(0, 11)).toString('latin1') === '#separator ',
  read: (source, options) =>
    cutRecords(
      source,
      (limits) => {
        const reader = new ZeekReader(limits);
        return lineCutter(limits, (line, items) => reader.read(line, items));
      },
      options,
    ),
};

class ZeekReader {
  readonly #limits: ReadLimits;
  #separator = '\t';
  #setSeparator = ',';
  #empty = '(empty)';
  #unset = '-';
  #path: string | undefined;
  #names: readonly string[] = [];
  #types: readonly string[] = [];

  constructor(limits: ReadLimits) {
    this.#limits = limits;
  }

  read({ bytes, start, end, offset }: Line, items: ReadItem[]): void {
    const raw = bytes.toString('utf8', start, end);
    if (bytes[start] === HASH && this.#takesDirective(raw)) return;
    const cells = raw.split(this.#separator, COLUMNS_MOST + 1);
    if (cells.length !== this.#names.length) {
      const message = `a line of ${cells.length} values where #fields names ${this.#names.length}`;
      items.push(fault('bad-syntax', message, offset, end - start));
      return;
    }
    const value: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
    if (this.#path !== undefined) value._path = this.#path;
    for (const [at, cell] of cells.entries()) {
      if (cell === this.#unset || cell === this.#empty) continue;
      value[this.#names[at] as string] = this.#value(cell, this.#types[at] ?? 'string');
    }
    items.push({ kind: 'json', value, raw, offset });
  }

  #value(cell: string, type: string): JsonValue {
    if (type === 'bool') return cell === 'T' ? true : cell === 'F' ? false : unescaped(cell);
    if (!/^(?:set|vector|table|list)\[/.test(type)) return unescaped(cell);
    return cell
      .split(this.#setSeparator, this.#limits.recordBytes)
      .map((item) => (item === this.#unset ? null : item === this.#empty ? '' : unescaped(item)));
  }

  /** Whether a line that begins with `#` is a directive: a value may begin so too. */
  #takesDirective(raw: string): boolean {
    if (raw.startsWith('#separator ')) {
      this.#separator = unescaped(raw.slice(11).trim()) || '\t';
      return true;
    }
    const [name, ...values] = raw.split(this.#separator, COLUMNS_MOST + 1);
    const [first = ''] = values;
    switch (name) {
      case '#set_separator':
        this.#setSeparator = unescaped(first) || ',';
        return true;
      case '#empty_field':
        this.#empty = unescaped(first);
        return true;
      case '#unset_field':
        this.#unset = unescaped(first);
        return true;
      case '#path':
        this.#path = first;
        return true;
      case '#fields':
        this.#names = values;
        this.#types = [];
        return true;
      case '#types':
        this.#types = values;
        return true;
      case '#open':
      case '#close':
        return true;
      default:
        return false;
    }
  }
}

/** `\xNN` stands for a byte; several of them may make one character. */
function unescaped(text: string): string {
  if (!text.includes('\\x')) return text;
  return text.replace(/(?:\\x[0-9a-fA-F]{2})+/g, (run) =>
    Buffer.from(run.replaceAll('\\x', ''), 'hex').toString('utf8'),
  );
}
