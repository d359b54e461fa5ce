import type { JsonRecord, JsonValue, SourceRecord } from '../../formats/record.ts';

/** One entry of a Zeek log, whatever the writer. */
export interface ZeekEntry {
  readonly record: JsonRecord;
  /** Name of the log: `conn`, `dns`, `http` …; undefined where neither the writer nor the fields tell. */
  readonly log: string | undefined;
  /** Name of the sensor, where the writer gives one. */
  readonly sensor: string | undefined;
  /** A field's text by Zeek's own name; `id.orig_h` finds `id_orig_h` too. Of several values the first. */
  text(name: string): string | undefined;
  /** All values of a field. */
  texts(name: string): readonly string[];
}

/** What tells a log that no one named: a field that only this log has. */
const telling: readonly (readonly [field: string, log: string])[] = [
  ['conn_state', 'conn'],
  ['trans_depth', 'http'],
  ['qclass_name', 'dns'],
  ['rcode_name', 'dns'],
  ['ssl_history', 'ssl'],
  ['next_protocol', 'ssl'],
  ['cipher', 'ssl'],
  ['established', 'ssl'],
  ['qtype_name', 'dns'],
  ['trans_id', 'dns'],
  ['certificate.serial', 'x509'],
  ['seen_bytes', 'files'],
];

/**
 * The entry that a record is: of the text logs, of Zeek's JSON writer (with `_path`, or known by `uid` and addresses), and of
 * shippers that name the log `@stream`. Undefined: it is none.
 */
export function zeekEntry(record: SourceRecord): ZeekEntry | undefined {
  if (record.kind !== 'json') return undefined;
  const { value } = record;
  if (value.ts === undefined || typeof value.ts === 'object') return undefined;
  const path = typeof value._path === 'string' ? value._path : undefined;
  const isStream = value['@proc'] === 'zeek' || value['@proc'] === 'bro';
  const stream = isStream && typeof value['@stream'] === 'string' ? value['@stream'] : undefined;
  const log = path ?? stream;
  if (log === undefined && !hasIds(value) && !isOfFile(value)) return undefined;
  const member = (name: string) => value[name] ?? value[name.replace('.', '_')];
  const system = value._system_name ?? value['@system'];
  return {
    record,
    log: log ?? telling.find(([field]) => value[field] !== undefined)?.[1],
    sensor: typeof system === 'string' ? system : undefined,
    text: (name) => textsOf(member(name))[0],
    texts: (name) => textsOf(member(name)),
  };
}

/** Zeek's `uid` and its connection's addresses. */
function hasIds(value: JsonRecord['value']): boolean {
  const { uid } = value;
  if (typeof uid !== 'string' || !/^C[0-9A-Za-z]{8,25}$/.test(uid)) return false;
  return typeof (value['id.orig_h'] ?? value.id_orig_h) === 'string';
}

/** A file, or a certificate, by Zeek's id of it or by its fingerprint: neither needs to name a connection. */
function isOfFile(value: JsonRecord['value']): boolean {
  const { fuid, id, fingerprint } = value;
  if (typeof fuid === 'string' && /^F[0-9A-Za-z]{8,25}$/.test(fuid)) return value.seen_bytes !== undefined;
  if (value['certificate.serial'] === undefined) return false;
  return typeof fingerprint === 'string' || (typeof id === 'string' && /^F[0-9A-Za-z]{8,25}$/.test(id));
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value))
    return (value as readonly JsonValue[])
      .filter((item) => item !== null && typeof item !== 'object')
      .map(String);
  return typeof value === 'object' ? [] : [String(value)];
}
