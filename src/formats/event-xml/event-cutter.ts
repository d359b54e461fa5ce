import { fault } from '../../core/fault.ts';
import type { ReadLimits } from '../../core/limits.ts';
import { tooLong } from '../line-cutter.ts';
import type { ReadItem } from '../record.ts';
import type { RecordCutter, Stretch } from '../record-cutter.ts';
import { eventEnd, eventStart } from './event-border.ts';
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
  /** Where an event began that is too long to be kept. */
  private dropped: number | undefined;

  constructor(limits: ReadLimits) {
    this.limits = limits;
  }

  read(stretch: Stretch, items: ReadItem[]): number {
    const { bytes, offset, last } = stretch;
    let at = 0;
    while (at < bytes.length) {
      if (this.dropped !== undefined) {
        const next = this.endOfDropped(stretch, items);
        if (next < 0) {
          at = last ? bytes.length : Math.max(0, bytes.length - 16);
          break;
        }
        at = next;
        continue;
      }
      const start = eventStart(bytes, at, last);
      if (start.index < 0) {
        const keep = last ? 0 : Math.min(bytes.length - at, 8);
        this.addGap(bytes, at, bytes.length - keep, offset);
        at = bytes.length - keep;
        break;
      }
      this.addGap(bytes, at, start.index, offset);
      at = start.index;
      if (!start.isSure) break;
      this.endGap(items);
      const border = eventEnd(bytes, start.index, last);
      const length = (border?.end ?? bytes.length) - start.index;
      if (length > this.limits.recordBytes) {
        if (border) {
          items.push(tooLong('event', offset + start.index, length, this.limits));
          at = border.end;
          continue;
        }
        this.dropped = offset + start.index;
        if (!last) return Math.max(start.index + 1, bytes.length - 16);
      }
      if (!border) break;
      this.readEvent(stretch, start.index, border, items);
      at = border.end;
    }
    if (!last) return at;
    this.endAll(stretch, items);
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

  /** Where reading goes on behind an event that is dropped; -1 where its end is not in sight. */
  private endOfDropped({ bytes, offset, last }: Stretch, items: ReadItem[]): number {
    const from = Math.max(0, (this.dropped as number) + 1 - offset);
    const close = bytes.indexOf('</Event>', from);
    const next = eventStart(bytes, from, last);
    const nextIndex = next.index >= 0 && next.isSure ? next.index : -1;
    const end = close >= 0 && (nextIndex < 0 || close < nextIndex) ? close + 8 : nextIndex;
    if (end < 0) return -1;
    const start = this.dropped as number;
    items.push(tooLong('event', start, offset + end - start, this.limits));
    this.dropped = undefined;
    return end;
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

  private endAll({ bytes, offset }: Stretch, items: ReadItem[]): void {
    this.endGap(items);
    if (this.dropped === undefined) return;
    items.push(tooLong('event', this.dropped, offset + bytes.length - this.dropped, this.limits));
    this.dropped = undefined;
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
