import type { Event } from '../../events/event.ts';
import type { EventClass } from '../../events/event-class.ts';
import type { SourceRecord } from '../../formats/record.ts';
import type { ChosenTime } from '../chosen-time.ts';
import type { Fields } from '../fields.ts';
import type { MappingContext } from '../product.ts';
import { recordedEvent } from '../recorded-event.ts';
import type { LogLine } from './log-line.ts';

export interface LogEventParts {
  readonly product: string;
  readonly sourcetype: string;
  readonly eventClass: EventClass;
  readonly time: ChosenTime;
  /** The device that wrote the record, where the record itself says. */
  readonly host: string | undefined;
  readonly fields: Fields;
}

/** The event of a record of a device's log: `host` is the device that wrote it. */
export function logEvent(record: SourceRecord, parts: LogEventParts, context: MappingContext): Event {
  const host = (record.envelope?.host ?? parts.host ?? '').toLowerCase();
  if (host !== '') parts.fields.dvc ??= host;
  return recordedEvent(record, { ...parts, source: context.origin, host });
}

/** The event of a log line: where the line itself does not name its device, the syslog header around it does. */
export function lineEvent(
  line: LogLine,
  parts: Omit<LogEventParts, 'host'> & Partial<Pick<LogEventParts, 'host'>>,
  context: MappingContext,
): Event {
  return logEvent(line.record, { ...parts, host: parts.host ?? line.syslog?.host }, context);
}
