import type { EventClass } from '../../events/event-class.ts';

/** How a column's text becomes a moment. */
export interface TimeColumn {
  readonly column: string;
  /** `iso`; `epoch` (seconds, milliseconds, microseconds or nanoseconds by size); else a pattern of YYYY MM DD HH hh mm ss SSS A MMM. */
  readonly format: string;
  /** Zone of texts that name none: `UTC`, `+09:00` or an IANA name. */
  readonly zone: string;
}

/** How the class of an event is told. */
export type ClassRule =
  | { readonly kind: 'constant'; readonly eventClass: EventClass }
  | {
      readonly kind: 'column';
      readonly column: string;
      readonly values: Readonly<Record<string, EventClass>>;
    };

/** Columns that name a process, for products that have no GUID: by process id and start, or by a number of their own. */
export interface ProcessColumns {
  readonly id?: string;
  readonly start?: string;
}

/** What a user says of the columns of a CSV or the members of JSON objects. Plain data, so that it can go to any thread. */
export interface ColumnMap {
  /** `product` and `sourcetype` of the events. */
  readonly name: string;
  readonly time: TimeColumn;
  readonly host: string | undefined;
  readonly eventClass: ClassRule;
  /** Normalised field → column. */
  readonly fields: Readonly<Record<string, string>>;
  /** Field → text that every event gets. */
  readonly constants: Readonly<Record<string, string>>;
  readonly process: ProcessColumns;
  readonly parent: ProcessColumns;
}
