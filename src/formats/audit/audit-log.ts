import type { ReadLimits } from '../../core/limits.ts';
import type { Format } from '../format.ts';
import { lineCutter } from '../line-cutter.ts';
import type { ReadItem } from '../record.ts';
import { cutRecords, type RecordCutter, type Stretch } from '../record-cutter.ts';

/** What the records of one event of the Linux audit system have in common: node, and moment and serial number. */
const stamp =
  /(?:\bnode=(\S{1,255}) )?\btype=[A-Z][A-Z0-9_]{0,63} msg=audit\((\d{1,12}\.\d{1,9}:\d{1,20})\):/;
/** The stamp stands in the beginning of a line, behind a shipper's header. */
const HEAD = 512;

/** Lines of other events after which an event is given: records of several events stand among each other. */
const WINDOW = 64;
/** Lines and characters of one event; a longer one goes on in a record of its own. */
const MOST_LINES = 4_096;
const LONGEST_EVENT = 1 << 20;
/** Characters of all events that may go on. */
const MOST_HELD = 1 << 25;

/** The key of the event that a line belongs to; undefined where it is no line of an audit log. */
function eventOf(line: string): string | undefined {
  const found = stamp.exec(line.slice(0, HEAD));
  return found ? `${found[1] ?? ''} ${found[2]}` : undefined;
}

/** The log of the Linux audit daemon: each record holds the lines of one event, in their order, with line feeds between. */
export const auditLog: Format = {
  name: 'audit-log',
  input: 'text',
  recognises(head) {
    const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 4_096))
      .toString('utf8')
      .trimStart();
    const end = text.indexOf('\n');
    const first = end < 0 ? text : text.slice(0, end);
    return !/^["{[<]/.test(first) && eventOf(first) !== undefined;
  },
  read: (source, options) => cutRecords(source, (limits) => new AuditCutter(limits), options),
};

interface OpenEvent {
  readonly offset: number;
  readonly lines: string[];
  length: number;
  /** Number of the line that was the event's last so far. */
  seen: number;
}

class AuditCutter implements RecordCutter {
  private readonly lines: RecordCutter;
  /** Events whose lines may go on, in the order of their first lines. */
  private readonly open = new Map<string, OpenEvent>();
  private count = 0;
  private held = 0;

  constructor(limits: ReadLimits) {
    this.lines = lineCutter(limits, ({ bytes, start, end, offset }, items: ReadItem[]) => {
      this.take(bytes.toString('utf8', start, end), offset, items);
    });
  }

  read(stretch: Stretch, items: ReadItem[]): number {
    const used = this.lines.read(stretch, items);
    if (stretch.last) this.close(items, Number.POSITIVE_INFINITY);
    return used;
  }

  private take(line: string, offset: number, items: ReadItem[]): void {
    const key = eventOf(line);
    this.count++;
    if (key === undefined) {
      items.push({ kind: 'text', raw: line, offset });
      return;
    }
    const known = this.open.get(key);
    this.held += line.length;
    const fits =
      known !== undefined && known.lines.length < MOST_LINES && known.length + line.length < LONGEST_EVENT;
    if (fits) {
      known.lines.push(line);
      known.length += line.length;
      known.seen = this.count;
    } else {
      if (known !== undefined) this.give(key, known, items);
      this.open.set(key, { offset, lines: [line], length: line.length, seen: this.count });
    }
    this.close(items, this.count - WINDOW);
  }

  /** Gives the events, in their order, of which the last line is no younger than a line's number. */
  private close(items: ReadItem[], upTo: number): void {
    for (const [key, event] of this.open) {
      if (event.seen > upTo && this.open.size <= WINDOW && this.held <= MOST_HELD) return;
      this.give(key, event, items);
    }
  }

  private give(key: string, { lines, offset, length }: OpenEvent, items: ReadItem[]): void {
    this.open.delete(key);
    this.held -= length;
    items.push({ kind: 'text', raw: lines.join('\n'), offset });
  }
}
