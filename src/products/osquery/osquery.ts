import type { Event } from '../../events/event.ts';
import { isJsonObject } from '../../formats/json/json-value.ts';
import type { JsonRecord, JsonValue, SourceRecord } from '../../formats/record.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { edrEvent } from '../edr/edr-event.ts';
import { addBelow, recordedFields, saidBy } from '../edr/edr-record.ts';
import { readMoment } from '../generic/generic-time.ts';
import type { LogProduct } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { tableOf } from './osquery-tables.ts';

/**
 * Results of osquery's logger: rows that were added or removed (`columns`), and snapshots (`snapshot`). Tables of events tell
 * what happened; all other results are kept with their columns.
 */
export const osquery: LogProduct = { name: 'osquery', read: readOsquery };

type Members = JsonRecord['value'];

function readOsquery(record: SourceRecord, context: MappingContext): Event | undefined {
  if (record.kind !== 'json') return undefined;
  const { value } = record;
  const { name, hostIdentifier, columns } = value;
  if (typeof name !== 'string' || typeof hostIdentifier !== 'string') return undefined;
  if (columns !== undefined && columns !== null && isJsonObject(columns))
    return ofColumns(record, name, columns, context);
  return Array.isArray(value.snapshot) || value.diffResults !== undefined
    ? ofColumns(record, name, undefined, context)
    : undefined;
}

function ofColumns(
  record: JsonRecord,
  query: string,
  columns: Members | undefined,
  context: MappingContext,
): Event {
  // Columns have their own names, unless one is that of the log itself.
  const fields = recordedFields(columns ?? {});
  const said = saidBy(fields);
  const wasRemoved = record.value.action === 'removed';
  const table =
    columns === undefined || wasRemoved ? undefined : tableOf(query, (column) => column in columns);
  const eventClass = table?.eventClass(said) ?? 'other';
  table?.add(fields, said);
  const { columns: _columns, ...log } = record.value;
  addBelow(fields, 'osquery', log);
  if (table !== undefined) fields.signature = table.name;
  fields.vendor_product = 'osquery';
  return edrEvent(record, {
    product: 'osquery',
    source: query,
    sourcetype: 'osquery:results',
    eventClass,
    time: timeOf(table === undefined ? undefined : said('time'), record.value, context),
    host: decorated(record.value) ?? textIn(record.value.hostIdentifier),
    fields,
  });
}

/** `hostIdentifier` may be a number of the hardware; a decoration names the computer. */
function decorated({ decorations }: Members): string | undefined {
  if (decorations === undefined || decorations === null || !isJsonObject(decorations)) return undefined;
  return textIn(decorations.hostname) ?? textIn(decorations.computer_name);
}

function textIn(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An event's own second comes before the moment of the query, which may be much later. */
function timeOf(own: string | undefined, value: Members, context: MappingContext): ChosenTime {
  const event = own === undefined ? undefined : readMoment(own);
  if (event !== undefined) return { time: event, source: 'columns.time' };
  const { unixTime } = value;
  const asked =
    typeof unixTime === 'string' || typeof unixTime === 'number' ? readMoment(String(unixTime)) : undefined;
  return asked === undefined
    ? { time: context.arrival, source: 'arrival' }
    : { time: asked, source: 'unixTime (of the query)' };
}
