import { fault } from '../../core/fault.ts';
import type { ReadLimits } from '../../core/limits.ts';
import { tooLong } from '../line-cutter.ts';
import type { ReadItem } from '../record.ts';
import type { RecordCutter, Stretch } from '../record-cutter.ts';
import { BORDER_BYTES, eventEnd, eventStart, nearestBorder } from './event-border.ts';
import { parseEventXml } from './parse-event-xml.ts';

/** Text between events is judged by so much of its beginning. */
const GAP_BYTES = 4096;

/** Events of an `<Events>` document, one a line, over several lines, or one behind the other. */
export function eventCutter(limits: ReadLimits): RecordCutter {
  return new EventCutter(limits);
}

class EventCutter implements RecordCutter {
  private readonly limits: ReadLimits;
  /** What has stood since the last event. */
  private gap: { readonly offset: number; length: number; head: Buffer } | undefined;
  /** Where an event began that is too long to be kept, and from where its end is looked for. */
  private dropped: { readonly start: number; from: number } | undefined;

  constructor(limits: ReadLimits) {
    this.limits = limits;
  }

  read(stretch: Stretch, items: ReadItem[]): number {
    const { bytes, offset, last } = stretch;
    const { recordBytes } = this.limits;
    let at = 0;
    while (at < bytes.length) {
      if (this.dropped) {
        at = this.endDropped(stretch, this.dropped, items);
        if (this.dropped) break;
        continue;
      }
      const start = eventStart(bytes, at, last);
      const gapEnd =
        start.index >= 0 ? start.index : bytes.length - (last ? 0 : Math.min(bytes.length - at, 8));
      this.addGap(bytes, at, gapEnd, offset);
      at = gapEnd;
      if (start.index < 0 || !start.isSure) break;
      this.endGap(items);
      const full = bytes.length - at > recordBytes;
      const part = full ? bytes.subarray(0, at + recordBytes) : bytes;
      const border = eventEnd(part, at, { last: last && !full, full });
      if (border) {
        this.readEvent(stretch, at, border, items);
        at = border.end;
      } else if (full) {
        const start = offset + at;
        this.dropped = { start, from: start + Math.max(1, recordBytes - BORDER_BYTES) };
      } else break;
    }
    if (!last) return at;
    this.endGap(items);
    return bytes.length;
  }

  private readEvent(
    { bytes, offset }: Stretch,
    start: number,
    { end, isWhole }: { readonly end: number; readonly isWhole: boolean },
    items: ReadItem[],
  ): void {
    const text = bytes.toString('utf8', start, end).trimEnd();
    const { record, faults } = parseEventXml(text, offset + start, this.limits);
    if (isWhole) for (const item of faults) items.push(item);
    else items.push(fault('truncated', 'an <Event> that does not end', offset + start, end - start));
    if (record) items.push(record);
  }

  /** Looks for the end of an event that is dropped, and gives where reading goes on. */
  private endDropped(
    { bytes, offset, last }: Stretch,
    dropped: { readonly start: number; from: number },
    items: ReadItem[],
  ): number {
    const from = dropped.from - offset;
    const border = nearestBorder(bytes, from, last);
    if (!border) {
      dropped.from = offset + Math.max(from, bytes.length - BORDER_BYTES);
      return dropped.from - offset;
    }
    items.push(tooLong('event', dropped.start, offset + border.end - dropped.start, this.limits));
    this.dropped = undefined;
    return border.end;
  }

  private addGap(bytes: Buffer, from: number, to: number, offset: number): void {
    if (to <= from) return;
    this.gap ??= { offset: offset + from, length: 0, head: Buffer.alloc(0) };
    this.gap.length += to - from;
    const room = GAP_BYTES - this.gap.head.length;
    if (room <= 0) return;
    this.gap.head = Buffer.concat([this.gap.head, bytes.subarray(from, Math.min(to, from + room))]);
  }

  private endGap(items: ReadItem[]): void {
    if (!this.gap) return;
    const { offset, length, head } = this.gap;
    this.gap = undefined;
    const text = head.toString('utf8');
    if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
      items.push(fault('forbidden', 'a DOCTYPE or an entity declaration; it is not applied', offset, length));
    } else if (length > GAP_BYTES ? text.trim() !== '' : !isWrapping(text)) {
      items.push(fault('bad-syntax', 'text between events that is no event', offset, length));
    }
  }
}

/** Whether a text is only what wraps events: blanks, declarations, comments, a list's tags. */
function isWrapping(text: string): boolean {
  return (
    text
      .replace(/<\?[^>]*\?>|<!--[\s\S]*?-->|<\/?[A-Za-z_][\w.:-]*(?:\s[^<>]*)?>/g, '')
      .replace('\ufeff', '')
      .trim() === ''
  );
}
