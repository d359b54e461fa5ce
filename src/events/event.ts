import type { Ticks } from '../core/ticks.ts';
import type { EventClass } from './event-class.ts';

/** `host` of an event that names none. */
export const UNKNOWN_HOST = 'unknown';

/** The value of a field: text, or several texts (a multivalue field, never empty). Numbers are kept as their text. */
export type FieldValue = string | readonly string[];

/**
 * An event as the store holds it. `fields` has everything that can be searched by name but for the members here: the
 * product's own names (`Image`, `NewProcessName`) and the Common Information Model's (`process_path`). Absent, empty text
 * that the product uses for "nothing", and null are all simply not there, but the text as recorded is in `raw`.
 */
export interface Event {
  /** When it happened, by the clock that the product's mapping chose. */
  readonly time: Ticks;
  /** Which clock that was (`UtcTime`, `TimeCreated`, `arrival` …) and, where clocks disagree, that they do. */
  readonly timeSource: string;
  /** Lower-case name of the computer that the event is about; `Computer` in `fields` has it as recorded. */
  readonly host: string;
  readonly source: string;
  readonly sourcetype: string;
  /** The product that mapped it: `sysmon`, `windows-security`, `windows`, `generic` … */
  readonly product: string;
  readonly eventClass: EventClass;
  readonly raw: string;
  /** Where an envelope named an index, that index; else the one that the ingest was given. */
  readonly index?: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}
