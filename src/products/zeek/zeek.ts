import { TICKS_PER_SECOND } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import type { EventClass } from '../../events/event-class.ts';
import type { SourceRecord } from '../../formats/record.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { type Fields, newFields, noteCut } from '../fields.ts';
import { addFlattened } from '../generic/flatten.ts';
import { readMoment } from '../generic/generic-time.ts';
import { logEvent } from '../log-line/line-event.ts';
import type { LogProduct } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { putEnd } from '../proxy/access-time.ts';
import {
  addCertificate,
  addConnection,
  addFile,
  addNames,
  addRequest,
  addSides,
  addTls,
  type ZeekMapping,
} from './zeek-fields.ts';
import { type ZeekEntry, zeekEntry } from './zeek-log.ts';

interface ZeekLog {
  readonly product: string;
  readonly eventClass: EventClass;
  readonly add: ZeekMapping;
}

const logs: ReadonlyMap<string, ZeekLog> = new Map<string, ZeekLog>([
  ['conn', { product: 'zeek-conn', eventClass: 'network', add: addConnection }],
  ['dns', { product: 'zeek-dns', eventClass: 'dns', add: addNames }],
  ['http', { product: 'zeek-http', eventClass: 'web', add: addRequest }],
  ['ssl', { product: 'zeek-ssl', eventClass: 'network', add: addTls }],
  ['files', { product: 'zeek', eventClass: 'other', add: addFile }],
  ['x509', { product: 'zeek', eventClass: 'other', add: addCertificate }],
]);
const otherLog: ZeekLog = { product: 'zeek', eventClass: 'other', add: () => {} };

/** Zeek's logs, as text or JSON. */
export const zeek: LogProduct = { name: 'zeek', read: readZeek };

function readZeek(record: SourceRecord, context: MappingContext): Event | undefined {
  const entry = zeekEntry(record);
  if (entry === undefined) return undefined;
  const log = (entry.log === undefined ? undefined : logs.get(entry.log)) ?? otherLog;
  const fields = newFields();
  const cut = addFlattened(fields, entry.record.value);
  addSides(fields, entry);
  log.add(fields, entry);
  fields.vendor_product = 'Zeek';
  if (cut > 0) noteCut(fields, cut);
  const time = timeOf(entry, context);
  putEndOf(fields, entry, time);
  const parts = {
    product: log.product,
    sourcetype: entry.log === undefined ? 'zeek' : `zeek:${entry.log}`,
    eventClass: log.eventClass,
    time,
    host: entry.sensor,
    fields,
  };
  return logEvent(record, parts, context);
}

function timeOf(entry: ZeekEntry, context: MappingContext): ChosenTime {
  const time = readMoment(entry.text('ts') ?? '');
  if (time === undefined) return { time: context.arrival, source: 'arrival' };
  return { time, source: entry.log === 'conn' ? 'ts (first packet)' : 'ts' };
}

function putEndOf(fields: Fields, entry: ZeekEntry, { time, source }: ChosenTime): void {
  const seconds = Number(entry.text('duration') ?? Number.NaN);
  if (source === 'arrival' || !(seconds >= 0 && seconds < 1e9)) return;
  putEnd(fields, time + BigInt(Math.round(seconds * Number(TICKS_PER_SECOND))));
}
