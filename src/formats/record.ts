import type { Fault } from '../core/fault.ts';
import type { Ticks } from '../core/ticks.ts';

/**
 * What a shipper or an export said of an event besides the event itself (Splunk's `host`, `source`, `sourcetype`,
 * `index`, `_time`, `_indextime`). Texts are as they stood in the export.
 */
export interface Envelope {
  readonly host?: string;
  readonly source?: string;
  readonly sourcetype?: string;
  readonly index?: string;
  readonly time?: string;
  /** When the exporter received it. */
  readonly indexTime?: string;
}

interface RecordBase {
  /** The record as it came: a line, an event's XML, a row. For EVTX the XML that Windows would render. */
  readonly raw: string;
  /** Byte offset of the record in the stream that was read (for EVTX, of the record in the file). */
  readonly offset: number;
  readonly envelope?: Envelope;
}

/** One `<Data>` of an event; `name` is undefined for positional data. A value is text, or several texts for an array. */
export interface EventDatum {
  readonly name: string | undefined;
  readonly value: string | readonly string[];
}

/**
 * A Windows event with its System part taken apart (MS-EVEN6, event schema). From EVTX and from event XML. Texts are as
 * Windows renders them; an absent element or attribute is undefined.
 */
export interface WindowsEventRecord extends RecordBase {
  readonly kind: 'windows-event';
  readonly provider: string | undefined;
  readonly providerGuid: string | undefined;
  readonly eventSourceName: string | undefined;
  readonly eventId: string | undefined;
  readonly qualifiers: string | undefined;
  readonly version: string | undefined;
  readonly level: string | undefined;
  readonly task: string | undefined;
  readonly opcode: string | undefined;
  readonly keywords: string | undefined;
  /** TimeCreated/@SystemTime as text, and in ticks where it could be read. */
  readonly systemTime: string | undefined;
  readonly time: Ticks | undefined;
  readonly recordId: string | undefined;
  readonly activityId: string | undefined;
  readonly relatedActivityId: string | undefined;
  /** Execution/@ProcessID and @ThreadID: the process that logged, which is not always the one that acted. */
  readonly executionProcessId: string | undefined;
  readonly executionThreadId: string | undefined;
  readonly channel: string | undefined;
  readonly computer: string | undefined;
  /** Security/@UserID: a SID. */
  readonly securityUserId: string | undefined;
  /**
   * EventData's items in order, an array as several items of one name. For UserData, the leaves below its one child, named
   * by their element; a nested leaf's name is its path joined with `.`, and an attribute (but for namespaces) is a leaf
   * below its element. `<Binary>` comes as name `Binary`. Where an event has neither part, what stands in their place
   * (ProcessingErrorData, DebugData) comes likewise, named in `dataName`.
   */
  readonly data: readonly EventDatum[];
  /** Which part `data` came from; `EventData/@Name` or the name of UserData's child in `dataName`. */
  readonly dataPart: 'EventData' | 'UserData' | 'none';
  readonly dataName: string | undefined;
  /** RenderingInfo, where an export has it: localised texts by element name (Message, Level, Task, Keywords …). */
  readonly rendering?: Readonly<Record<string, string>>;
}

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A JSON object. Integers beyond 2^53 are kept exact, as strings of their digits. */
export interface JsonRecord extends RecordBase {
  readonly kind: 'json';
  readonly value: { readonly [key: string]: JsonValue };
}

/** What a file in the W3C's extended format says of itself. */
export interface TableHead {
  readonly kind: 'w3c';
  readonly software?: string;
  /** `#Date`: when the log was begun. */
  readonly date?: string;
  /** Whether values were left out since it is open which value is which. */
  readonly isDoubtful: boolean;
}

/** A row of a table with a header (CSV, W3C). Cells beyond the header are named `column N` (from 1). */
export interface RowRecord extends RecordBase {
  readonly kind: 'row';
  readonly cells: Readonly<Record<string, string>>;
  /** What directives of the file say of its rows; a table with a mere header has none. */
  readonly table?: TableHead;
}

/** A line of text of which the format knows no more. */
export interface TextRecord extends RecordBase {
  readonly kind: 'text';
}

/** An event that a store held and `keizu export` wrote; the envelope has its host, source, sourcetype and index. */
export interface StoredEventRecord extends RecordBase {
  readonly kind: 'stored-event';
  /** 16 bytes in hexadecimal. */
  readonly id: string;
  readonly time: Ticks;
  readonly timeSource: string;
  readonly product: string;
  readonly eventClass: string;
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  readonly envelope: Envelope;
}

export type SourceRecord = WindowsEventRecord | JsonRecord | RowRecord | TextRecord | StoredEventRecord;

/** What every reader yields: records in the order of the source, with a fault in the place of each bad one. */
export type ReadItem = SourceRecord | Fault;
