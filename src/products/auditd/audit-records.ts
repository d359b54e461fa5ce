/** One record of an audit event: its type and its fields as they stand there. */
export interface AuditRecord {
  readonly type: string;
  readonly fields: ReadonlyMap<string, AuditValue>;
}

/** A value; `quoted` tells text in quotation marks, which is never hexadecimal. */
export interface AuditValue {
  readonly text: string;
  readonly quoted: boolean;
}

/** The records of one event, with what they have in common. */
export interface AuditEvent {
  readonly node: string | undefined;
  /** Seconds since 1970, with a fraction. */
  readonly seconds: string;
  readonly serial: string;
  readonly records: readonly AuditRecord[];
}

const head =
  /^(?:.{0,256}?\s)??(?:node=(\S{1,255}) )?type=([A-Z][A-Z0-9_]{0,63}) msg=audit\((\d{1,12}\.\d{1,9}):(\d{1,20})\): ?/;
/** A value in either kind of marks, in braces (an address that was made readable), or without blanks. */
const pair = /([A-Za-z][\w-]{0,63}(?:\[\d{1,6}\])?)=(?:"([^"]*)"|'([^']*)'|\{ ?([^}]*?) ?\}|(\S*))/g;
const MOST_RECORDS = 4_096;
const MOST_PAIRS = 4_096;
const ENRICHED = '\u001d';

/** Reads the lines of one event; undefined where the first is no line of an audit log. */
export function readAuditEvent(text: string): AuditEvent | undefined {
  let event:
    | { node: string | undefined; seconds: string; serial: string; records: AuditRecord[] }
    | undefined;
  for (const line of text.split('\n', MOST_RECORDS)) {
    const found = head.exec(line.slice(0, 1_024));
    if (found === null) {
      if (event === undefined) return undefined;
      continue;
    }
    const [whole, node, type = '', seconds = '', serial = ''] = found;
    event ??= { node, seconds, serial, records: [] };
    event.records.push({ type, fields: readPairs(line.slice(whole.length)) });
  }
  return event;
}

function readPairs(text: string): ReadonlyMap<string, AuditValue> {
  const fields = new Map<string, AuditValue>();
  for (const [, name = '', double, single, braces, plain] of text.replace(ENRICHED, ' ').matchAll(pair)) {
    if (fields.size >= MOST_PAIRS) break;
    // What a program of the user says stands in single marks, with fields of its own; the record's own come first.
    if (name === 'msg' && single !== undefined) {
      for (const [key, value] of readPairs(single)) if (!fields.has(key)) fields.set(key, value);
      continue;
    }
    const quoted = double !== undefined || single !== undefined;
    if (!fields.has(name)) fields.set(name, { text: double ?? single ?? braces ?? plain ?? '', quoted });
  }
  return fields;
}

const HEXADECIMAL = /^(?:[0-9A-F]{2})+$/i;

/** The text of a value that is written in hexadecimal digits where it has blanks or other odd characters in it. */
export function decoded({ text, quoted }: AuditValue): string | undefined {
  if (quoted) return text;
  if (isNone(text)) return undefined;
  return HEXADECIMAL.test(text) ? Buffer.from(text, 'hex').toString('utf8') : text;
}

/** Fields that the audit system writes in hexadecimal digits where it has to: those that others than the system can set. */
const untrusted = new Set([
  'exe',
  'comm',
  'cwd',
  'name',
  'cmd',
  'acct',
  'data',
  'key',
  'path',
  'dir',
  'proctitle',
  'vm',
  'device',
]);

/** What a field says; undefined where it stands for nothing. */
export function saidValue(name: string, value: AuditValue): string | undefined {
  if (untrusted.has(name)) return decoded(value);
  return isNone(value.text) ? undefined : value.text;
}

function isNone(text: string): boolean {
  return text === '(null)' || text === '(none)' || text === '?' || text === '';
}
