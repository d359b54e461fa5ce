import { parseIsoTicks, TICKS_PER_MILLISECOND, type Ticks } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import type { RowRecord, SourceRecord } from '../../formats/record.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { addNote, type Fields, freeName, newFields } from '../fields.ts';
import { logEvent } from '../log-line/line-event.ts';
import type { LogProduct } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { clfTicks, epochTicks, putEnd } from '../proxy/access-time.ts';
import { put, putDestination, putSource } from '../proxy/network-fields.ts';
import { proxySgAction } from '../proxy/proxysg-action.ts';
import { addW3cProxyFields, type CellOf } from '../proxy/w3c-names.ts';

/** Who writes logs in the W3C's extended format. */
interface W3cWriter {
  readonly product: string;
  readonly sourcetype: string;
  readonly vendorProduct: string;
  readonly eventClass: 'web' | 'network';
  wrote(software: string, cell: CellOf): boolean;
  add(fields: Fields, cell: CellOf): void;
}

const proxySg: W3cWriter = {
  product: 'bluecoat',
  sourcetype: 'bluecoat:proxysg:access:file',
  vendorProduct: 'Symantec ProxySG',
  eventClass: 'web',
  wrote: (software, cell) =>
    /SGOS|Blue ?Coat|ProxySG/i.test(software) || cell('sc-filter-result', 'x-exception-id') !== undefined,
  add(fields, cell) {
    addW3cProxyFields(fields, cell);
    put(fields, 'action', proxySgAction(cell));
  },
};

/** IIS logs blanks as `+`; its own address is the destination. */
const iis: W3cWriter = {
  product: 'iis',
  sourcetype: 'ms:iis:auto',
  vendorProduct: 'Microsoft IIS',
  eventClass: 'web',
  wrote: (software) => /Internet Information Services/i.test(software),
  add(fields, cell) {
    addW3cProxyFields(fields, cell);
    delete fields.proxy_ip;
    delete fields.proxy_port;
    const host = cell('cs-host') ?? cell('s-ip');
    putDestination(fields, host?.replace(/:\d+$/, ''), cell('s-port'));
    for (const name of ['http_user_agent', 'http_referrer']) {
      const text = fields[name];
      if (typeof text === 'string') fields[name] = text.replaceAll('+', ' ');
    }
  },
};

/** `pfirewall.log`: no bytes of a connection, and local time. */
const windowsFirewall: W3cWriter = {
  product: 'windows-firewall',
  sourcetype: 'windows:firewall',
  vendorProduct: 'Microsoft Windows Firewall',
  eventClass: 'network',
  wrote: (software) => /Microsoft Windows Firewall/i.test(software),
  add(fields, cell) {
    putSource(fields, cell('src-ip'), cell('src-port'));
    putDestination(fields, cell('dst-ip'), cell('dst-port'));
    put(fields, 'transport', cell('protocol')?.toLowerCase());
    put(fields, 'vendor_action', cell('action'));
    const action = cell('action');
    if (action === 'ALLOW' || action === 'DROP') fields.action = action === 'ALLOW' ? 'allowed' : 'blocked';
    const path = cell('path');
    if (path === 'SEND' || path === 'RECEIVE') fields.direction = path === 'SEND' ? 'outbound' : 'inbound';
  },
};

const other: W3cWriter = {
  product: 'w3c',
  sourcetype: 'w3c',
  vendorProduct: 'W3C extended log',
  eventClass: 'web',
  wrote: () => true,
  add: addW3cProxyFields,
};

const writers: readonly W3cWriter[] = [iis, windowsFirewall, proxySg, other];

/** Logs in the W3C's extended format, by whom `#Software` names, or by fields that only one has. */
export const w3c: LogProduct = { name: 'w3c', read: readW3c };

function readW3c(record: SourceRecord, context: MappingContext): Event | undefined {
  if (record.kind !== 'row' || record.table === undefined) return undefined;
  const cell = cellReader(record);
  const writer = writers.find(({ wrote }) => wrote(record.table?.software ?? '', cell)) ?? other;
  const fields = newFields();
  for (const [name, value] of Object.entries(record.cells))
    if (value !== '-' && value !== '') fields[freeName(name)] = value;
  writer.add(fields, cell);
  fields.vendor_product = writer.vendorProduct;
  if (record.table.isDoubtful)
    addNote(fields, 'quotation marks within values: those between the first and the last mark are left out');
  const time = timeOf(record, cell, fields, writer === windowsFirewall) ?? {
    time: context.arrival,
    source: 'arrival',
  };
  const host = cell('s-computername', 'x-bluecoat-appliance-name', 's-dns');
  const { product, sourcetype, eventClass } = writer;
  return logEvent(record, { product, sourcetype, eventClass, time, host, fields }, context);
}

function cellReader({ cells }: RowRecord): CellOf {
  const byName = new Map(Object.entries(cells).map(([name, value]) => [name.toLowerCase(), value]));
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
  const taken = cell('time-taken');
  if (taken === undefined || !/^\d{1,12}$/.test(taken))
    return { time: end.time, source: `end (${end.source})` };
  putEnd(fields, end.time);
  return {
    time: end.time - BigInt(taken) * TICKS_PER_MILLISECOND,
    source: `start (${end.source} - time-taken)`,
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
