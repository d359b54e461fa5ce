import type { ReadLimits } from '../core/limits.ts';
import { parseEventXml } from './event-xml/parse-event-xml.ts';
import { isDeeperThan, isJsonObject, parseJson } from './json/json-value.ts';
import type { Envelope, JsonRecord, JsonValue, ReadItem, RowRecord } from './record.ts';

/** Columns that name the envelope; they are not repeated in the cells of a record of text. */
const envelopeColumns: Readonly<Record<string, keyof Envelope>> = {
  host: 'host',
  source: 'source',
  sourcetype: 'sourcetype',
  index: 'index',
  _time: 'time',
  _indextime: 'indexTime',
};

/**
 * The records of a row of Splunk's JSON export, `{"preview":…,"offset":…,"result":{…}}`, or of an object with `_raw`;
 * undefined where the object is neither. Of a result without `_raw` (a table that a search made) the fields are taken.
 */
export function splunkItems(
  object: { readonly [key: string]: JsonValue },
  raw: string,
  offset: number,
  limits: ReadLimits,
): readonly ReadItem[] | undefined {
  const { result } = object;
  const isExport = Object.hasOwn(object, 'preview') && result !== undefined && isJsonObject(result);
  const columns = isExport ? result : object;
  if (typeof columns._raw === 'string') return rawItems(columns, columns._raw, offset, limits);
  if (!isExport) return undefined;
  return [{ kind: 'json', value: columns, raw, offset, ...withEnvelope(columns) }];
}

/** The records of a row of a Splunk CSV export; undefined where it has no `_raw`. */
export function splunkRowItems(row: RowRecord, limits: ReadLimits): readonly ReadItem[] | undefined {
  const raw = row.cells._raw;
  return raw === undefined ? undefined : rawItems(row.cells, raw, row.offset, limits);
}

/**
 * Reads `_raw` again as what it was before Splunk took it: event XML, JSON, or else text, which stays a row of the other
 * columns. What cannot be read is kept as such a row, behind its fault.
 */
function rawItems(
  columns: { readonly [key: string]: JsonValue },
  raw: string,
  offset: number,
  limits: ReadLimits,
): readonly ReadItem[] {
  const envelope = withEnvelope(columns);
  const first = /^\s*(\{|<Event[\s>])/.exec(raw)?.[1];
  if (first === '{') {
    const record = jsonRecord(raw, offset, limits);
    if (record) return [{ ...record, ...envelope }];
  } else if (first !== undefined) {
    const { record, faults } = parseEventXml(raw, offset, limits);
    const kept = record ? { ...record, ...envelope } : textRow(columns, raw, offset, envelope);
    return [...faults, kept];
  }
  return [textRow(columns, raw, offset, envelope)];
}

function jsonRecord(raw: string, offset: number, limits: ReadLimits): JsonRecord | undefined {
  try {
    const value = parseJson(raw);
    if (!isJsonObject(value) || isDeeperThan(value, limits.recordDepth)) return undefined;
    return { kind: 'json', value, raw, offset };
  } catch {
    // Text that only begins like JSON is text.
    return undefined;
  }
}

function textRow(
  columns: { readonly [key: string]: JsonValue },
  raw: string,
  offset: number,
  envelope: { readonly envelope?: Envelope },
): RowRecord {
  const cells = Object.entries(columns).filter(
    ([name, value]) => name !== '_raw' && value !== null && !Object.hasOwn(envelopeColumns, name),
  );
  return {
    kind: 'row',
    cells: Object.fromEntries(cells.map(([name, value]) => [name, textOf(value)])),
    raw,
    offset,
    ...envelope,
  };
}

function withEnvelope(columns: { readonly [key: string]: JsonValue }): { readonly envelope?: Envelope } {
  const envelope: { -readonly [key in keyof Envelope]: string } = {};
  let found = false;
  for (const [column, part] of Object.entries(envelopeColumns)) {
    const value = columns[column];
    if (value === undefined || value === null || value === '') continue;
    envelope[part] = textOf(value);
    found = true;
  }
  return found ? { envelope } : {};
}

/** A value as Splunk's text forms show it: the values of a multivalue field one a line. */
function textOf(value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => textOf(item)).join('\n');
  return JSON.stringify(value);
}
