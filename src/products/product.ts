import type { Fault } from '../core/fault.ts';
import type { Ticks } from '../core/ticks.ts';
import type { Event } from '../events/event.ts';
import type { SourceRecord } from '../formats/record.ts';
import type { ColumnMapper } from './column-map/column-mapper.ts';
import type { LocalZone } from './local-zone.ts';
import type { RecordingClock } from './recording-clock.ts';
import type { SquidFormat } from './squid/squid-formats.ts';

/** What the ingest knows of a record besides its content. */
export interface MappingContext {
  /** When it arrived; the last resort for an event's time. */
  readonly arrival: Ticks;
  /** Where it was read, for messages and for `source` where nothing names one. */
  readonly origin: string;
  /** What the recording being read tells of its clock: one for each file, in the file's order. Without it, doubts stay. */
  readonly clock?: RecordingClock;
  /** Formats of Squid's access log that the user gave; they are tried before those that are built in. */
  readonly squidFormats?: readonly SquidFormat[];
  /** What the user said of the columns of tables and objects; it is asked before all products. */
  readonly columnMapper?: ColumnMapper;
  /** Where clocks are whose times do not say their zone, by the user; without it they are read as UTC, and say so. */
  readonly localZone?: LocalZone;
}

/**
 * A log source: what recognises its records and how they become events. `Form` is what it reads: records as the formats
 * give them, or Windows events in their common form (`windows-shapes/`). A product is tried in the order of
 * `src/products/registry.ts`; the first that recognises a record maps it.
 */
export interface Product<Form = SourceRecord> {
  readonly name: string;
  recognises(record: Form): boolean;
  map(record: Form, context: MappingContext): Event | Fault;
}
