import type { Ticks } from '../core/ticks.ts';
import type { Column, ColumnType, QueryLimits } from '../store/store.ts';

/** Fields of a row that `egress` gives, in their order: those of the Information Model, then what was found out. */
const fields = {
  _time: 'time',
  end_time: 'time',
  host: 'text',
  hosts: 'multivalue',
  src_ip: 'text',
  src_port: 'text',
  user: 'text',
  dest: 'text',
  dest_ip: 'text',
  dest_port: 'text',
  http_method: 'text',
  url: 'text',
  status: 'text',
  bytes_out: 'number',
  bytes_in: 'number',
  http_content_type: 'text',
  http_user_agent: 'text',
  category: 'text',
  verdict: 'text',
  verdict_code: 'text',
  verdict_reason: 'text',
  reached: 'text',
  out: 'text',
  back: 'text',
  complete: 'text',
  flags: 'multivalue',
  tier: 'number',
  standing: 'text',
  explained: 'text',
  competing: 'number',
  times: 'number',
  process_id: 'text',
  process_guid: 'text',
  process_name: 'text',
  process_path: 'text',
  process_user: 'text',
  lineage_id: 'text',
  reasons: 'multivalue',
  candidates: 'multivalue',
  product: 'text',
  log_host: 'text',
  event_id: 'text',
} as const satisfies Readonly<Record<string, ColumnType>>;

type Values = {
  readonly text: string | undefined;
  readonly number: number | undefined;
  readonly time: Ticks | undefined;
  readonly multivalue: readonly string[] | undefined;
};

/** A connection as a row; what is not known is undefined. */
export type ConnectionRow = { readonly [Name in keyof typeof fields]: Values[(typeof fields)[Name]] };

export const connectionFields = Object.keys(fields) as readonly (keyof ConnectionRow)[];

export const connectionColumns: readonly Column[] = connectionFields.map((name) => ({
  name,
  type: fields[name],
}));

/** Which connections are asked for: those whose records are named, and those of the named hosts within the time range. */
export interface ConnectionQuestion {
  /** Of events, `_id` in hexadecimal. */
  readonly records: ReadonlySet<string>;
  readonly hosts: ReadonlySet<string>;
  /** Half open; null is open. */
  readonly earliest: Ticks | null;
  readonly latest: Ticks | null;
  /** Of these, only what is of this host: its name, or its name without domain. */
  readonly host: string | undefined;
  /** Only what may be of this process: a file name, a process id or a GUID. */
  readonly process: string | undefined;
  /** Only destinations and addresses with this text in them. */
  readonly destination: string | undefined;
  /** Also what hosts looked up or connected to without a proxy's record. */
  readonly unrecorded: boolean;
  readonly limits: () => QueryLimits;
}

export interface ConnectionAnswer {
  /** Newest first. */
  readonly rows: Iterable<ConnectionRow>;
  /** Where `host` names no host: those that it may mean, none where it is unknown. */
  readonly unclearHost: readonly string[] | undefined;
}

/** Knows what proxies and watchers of the network recorded. A later stage provides it, as verdicts and joins are made there. */
export interface ConnectionReader {
  /** Whether events of a product are records of connections. */
  isRecord(product: string): boolean;
  read(question: ConnectionQuestion): Promise<ConnectionAnswer>;
}
