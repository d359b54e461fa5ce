import { parseIsoTicks, TICKS_PER_MILLISECOND, type Ticks } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import type { RowRecord, SourceRecord } from '../../formats/record.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { addNote, type Fields, freeName, newFields } from '../fields.ts';
import { logEvent } from '../log-line/line-event.ts';
import type { LogProduct } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { clfTicks, epochTicks, putEnd } from '../proxy/access-time.ts';
import type { CellOf } from '../proxy/w3c-names.ts';
import type { HasColumn } from './w3c-writer.ts';
import { w3cWriters } from './w3c-writers.ts';

/** Logs in the W3C's extended format, by whom `#Software` names, or by fields that only one has. */
export const w3c: LogProduct = { name: 'w3c', read: readW3c };

function readW3c(record: SourceRecord, context: MappingContext): Event | undefined {
  if (record.kind !== 'row' || record.table === undefined) return undefined;
  const byName = new Map(Object.entries(record.cells).map(([name, value]) => [name.toLowerCase(), value]));
  const cell = cellReader(byName);
  const has: HasColumn = (...names) => names.some((name) => byName.has(name));
  const writer = w3cWriters.find(({ wrote }) => wrote(record.table?.software ?? '', has));
  if (writer === undefined) return undefined;
  const { product, sourcetype, eventClass } = writer;
  const fields = newFields();
  for (const [name, value] of Object.entries(record.cells))
    if (value !== '-' && value !== '') fields[freeName(name)] = value;
  writer.add(fields, cell);
  fields.vendor_product = writer.vendorProduct;
  if (record.table.isDoubtful)
    addNote(fields, 'quotation marks within values: those between the first and the last mark are left out');
  const time = timeOf(record, cell, fields, product === 'windows-firewall') ?? {
    time: context.arrival,
    source: 'arrival',
  };
  const host = cell('s-computername', 'x-bluecoat-appliance-name', 's-dns');
  return logEvent(record, { product, sourcetype, eventClass, time, host, fields }, context);
}

function cellReader(byName: ReadonlyMap<string, string>): CellOf {
  return (...names) => {
    for (const name of names) {
      const value = byName.get(name);
      // A server's status of `-` says that none came.
      if (value === '-' && name === 'rs-status') return '0';
      if (value !== undefined && value !== '' && value !== '-') return value;
    }
    return undefined;
  };
}

/** The start: the end that is logged, less `time-taken` in milliseconds. A local time without a zone is said to be one. */
function timeOf(record: RowRecord, cell: CellOf, fields: Fields, isLocal: boolean): ChosenTime | undefined {
  const end = endOf(record, cell);
  if (end === undefined) return undefined;
  if (isLocal) return { time: end.time, source: `${end.source} (local, zone unknown)` };
  const taken = cell('time-taken', 'x-elapsed-time');
  if (taken === undefined || !/^\d{1,12}$/.test(taken))
    return { time: end.time, source: `end (${end.source})` };
  putEnd(fields, end.time);
  return {
    time: end.time - BigInt(taken) * TICKS_PER_MILLISECOND,
    source: `start (${end.source} - ${cell('time-taken') === undefined ? 'x-elapsed-time' : 'time-taken'})`,
  };
}

function endOf({ table }: RowRecord, cell: CellOf): ChosenTime | undefined {
  const clock = cell('time');
  const date = cell('date') ?? table?.date?.slice(0, 10);
  const dated = date !== undefined && clock !== undefined ? parseIsoTicks(`${date} ${clock}`) : undefined;
  if (dated !== undefined) return { time: dated, source: 'date time' };
  const readers: readonly (readonly [string, (text: string) => Ticks | undefined])[] = [
    ['x-timestamp-unix', epochTicks],
    ['timestamp', (text) => epochTicks(text) ?? parseIsoTicks(text)],
    ['gmttime', (text) => clfTicks(`${text.replace(/^\[|\]$/g, '')} +0000`)],
  ];
  for (const [name, read] of readers) {
    const text = cell(name);
    const time = text === undefined ? undefined : read(text);
    if (time !== undefined) return { time, source: name };
  }
  return undefined;
}
