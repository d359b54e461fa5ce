import { defaultReadLimits } from '../../core/limits.ts';
import type { Event } from '../../events/event.ts';
import { isDeeperThan, isJsonObject, parseJson } from '../../formats/json/json-value.ts';
import type { JsonRecord, RowRecord, SourceRecord, TextRecord } from '../../formats/record.ts';
import type { MappingContext } from '../product.ts';
import { type SyslogHeader, syslogHeader } from './syslog-header.ts';

/** A line of a text log, with the syslog header around it taken off. */
export interface LogLine {
  readonly record: TextRecord | RowRecord;
  /** The line that the program wrote. */
  readonly text: string;
  readonly syslog: SyslogHeader | undefined;
}

/** The log line that a record is: a line of text, or the `_raw` of an export that has one. */
export function logLineOf(record: SourceRecord): LogLine | undefined {
  if (record.kind !== 'text' && !(record.kind === 'row' && record.envelope !== undefined)) return undefined;
  const { raw } = record;
  const syslog = syslogHeader(raw);
  return { record, text: syslog === undefined ? raw : raw.slice(syslog.length), syslog };
}

/** A line longer than this is not looked into for an object. */
const LONGEST_OBJECT = 1 << 20;

/** The object that a syslog message is, where it is one: as a record of its own, with the line as its text. */
export function objectOf({ record, text, syslog }: LogLine): JsonRecord | undefined {
  if (syslog === undefined || !text.startsWith('{') || text.length > LONGEST_OBJECT) return undefined;
  try {
    const value = parseJson(text);
    if (!isJsonObject(value) || isDeeperThan(value, defaultReadLimits.recordDepth)) return undefined;
    const envelope = { ...(syslog.host !== undefined && { host: syslog.host }), ...record.envelope };
    return { kind: 'json', value, raw: record.raw, offset: record.offset, envelope };
  } catch {
    // Text that only begins like an object is text.
    return undefined;
  }
}

/** A product whose records are objects or rows: reading one is the way to know whether it is the product's. */
export interface LogProduct {
  readonly name: string;
  /** The record's event. Undefined: the record is of another product. */
  read(record: SourceRecord, context: MappingContext): Event | undefined;
}

/** A product whose records are lines: reading one is the only way to know whether it is the product's. */
export interface LineProduct {
  readonly name: string;
  /** The line's event. Undefined: the line is of another product. */
  read(line: LogLine, context: MappingContext): Event | undefined;
}
