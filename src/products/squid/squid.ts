import type { Event } from '../../events/event.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import { envelopeTime } from '../log-line/syslog-time.ts';
import type { MappingContext } from '../product.ts';
import { squidFields, squidTime } from './squid-event.ts';
import { clientFormats, epochFormats, nativeWithMore, type SquidFormat } from './squid-formats.ts';

/** The shape of the native format up to the method. */
const nativeHead = /^\d{9,10}\.\d{3} +-?\d+ \S{1,300} (?:TCP|UDP|NONE|TAG)_?[A-Z_]*\/\d{3} /;
/** The end of common and combined: tag and hierarchy, or the headers behind them. */
const clientTail = /(?: (?:TCP|UDP|NONE|TAG)_?[A-Z_]{0,80}:[A-Z_]{1,80}|\])$/;
const clientHead = /^[0-9A-Za-z:.%_-]{1,255} [^[\]"]{1,300} \[\d\d\/[A-Z][a-z]{2}\/\d{4}:/;

/**
 * Squid's access log: native, common or combined (also with the client's port, and with headers), or
 * a format that the user gave.
 */
export const squid: LineProduct = { name: 'squid', read: readSquid };

function readSquid(line: LogLine, context: MappingContext): Event | undefined {
  const { text } = line;
  for (const format of context.squidFormats ?? []) {
    const event = eventOf(format, line, context) ?? ofWholeLine(format, line, context);
    if (event !== undefined) return event;
  }
  const first = text.charCodeAt(0);
  const isEpoch = first >= 48 && first <= 57 && nativeHead.test(text.slice(0, 700));
  const formats = isEpoch ? epochFormats : isClientLine(text) ? clientFormats : [];
  for (const format of formats) {
    const event = eventOf(format, line, context);
    if (event !== undefined) return event;
  }
  return isEpoch && !ciscoTail.test(text) ? withMore(line, context) : undefined;
}

/** What Cisco's appliance has behind the same columns: its decision tag, and what it found. */
const ciscoTail = / [A-Z_]+(?:_\d+)?-\S+ (?:<|&lt;|")/;

/** A line with columns behind that only `--logformat` could name: they are left in the text, and the event says so. */
function withMore(line: LogLine, context: MappingContext): Event | undefined {
  const event = eventOf(nativeWithMore, line, context);
  if (event === undefined) return undefined;
  const { squid_more: _, ...fields } = event.fields;
  return {
    ...event,
    fields: { ...fields, keizu_note: 'more columns than the native format has: --logformat would name them' },
  };
}

function isClientLine(text: string): boolean {
  return clientHead.test(text.slice(0, 700)) && clientTail.test(text.slice(-170));
}

/** A form of time may look like a syslog header. */
function ofWholeLine(format: SquidFormat, line: LogLine, context: MappingContext): Event | undefined {
  if (line.syslog === undefined) return undefined;
  return eventOf(format, { record: line.record, text: line.record.raw, syslog: undefined }, context);
}

/** Where the user's format has no time that can be read, the time around the line counts. */
function eventOf(format: SquidFormat, line: LogLine, context: MappingContext): Event | undefined {
  const entry = format.read(line.text);
  if (entry === undefined) return undefined;
  const fields = squidFields(entry);
  const isGiven = context.squidFormats?.includes(format) === true;
  const time = squidTime(entry, fields) ?? (isGiven ? envelopeTime(line, context) : undefined);
  if (time === undefined) return undefined;
  return lineEvent(
    line,
    {
      product: 'squid',
      sourcetype: 'squid:access',
      eventClass: 'web',
      time,
      fields,
    },
    context,
  );
}
