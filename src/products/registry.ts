import { type Fault, fault } from '../core/fault.ts';
import type { Event } from '../events/event.ts';
import type { SourceRecord } from '../formats/record.ts';
import { accessLog } from './access-log/access-log.ts';
import { assetList } from './assets/asset-list.ts';
import { auditd } from './auditd/auditd.ts';
import { bluecoatSyslog } from './bluecoat/bluecoat-syslog.ts';
import { carbonBlack } from './carbon-black/carbon-black.ts';
import { ciscoAsaVpn } from './cisco-asa/cisco-asa-vpn.ts';
import { ciscoWsa } from './cisco-wsa/cisco-wsa.ts';
import { crowdstrike } from './crowdstrike/crowdstrike.ts';
import { defender } from './defender/defender.ts';
import { iscDhcp } from './dhcp/isc-dhcp.ts';
import { windowsDhcp } from './dhcp/windows-dhcp.ts';
import { forcepoint } from './forcepoint/forcepoint.ts';
import { fortinet } from './fortinet/fortinet.ts';
import { fortinetVpn } from './fortinet/fortinet-vpn.ts';
import { generic } from './generic/generic.ts';
import { type LineProduct, type LogProduct, logLineOf, objectOf } from './log-line/log-line.ts';
import { mcafeeAccessLog } from './mcafee/mcafee-access-log.ts';
import { mcafeeWebGateway } from './mcafee/mcafee-web-gateway.ts';
import { nps } from './nps/nps.ts';
import { osquery } from './osquery/osquery.ts';
import { globalProtect } from './palo-alto/globalprotect.ts';
import { paloAlto } from './palo-alto/palo-alto.ts';
import type { MappingContext, Product } from './product.ts';
import { windowsSecurity } from './security/windows-security.ts';
import { sentinelOne } from './sentinelone/sentinelone.ts';
import { squid } from './squid/squid.ts';
import { storedEventOf } from './stored-event.ts';
import { sysmon } from './sysmon/sysmon.ts';
import { sysmonLinux, sysmonLinuxLine, sysmonLinuxObject } from './sysmon-linux/sysmon-linux.ts';
import { w3c } from './w3c/w3c.ts';
import { windows } from './windows/windows.ts';
import { windowsDns } from './windows-dns/windows-dns.ts';
import type { WindowsRecord } from './windows-shapes/windows-record.ts';
import { windowsRecordOf } from './windows-shapes/windows-record-of.ts';
import { zeek } from './zeek/zeek.ts';
import { zonedEvent } from './zoned-event.ts';
import { zscalerLine, zscalerObject } from './zscaler/zscaler.ts';
import { zscalerCsv } from './zscaler/zscaler-csv.ts';

/** Products whose records are Windows events, in the order in which they are tried. The last takes all that are left. */
export const windowsProducts: readonly Product<WindowsRecord>[] = [
  sysmon,
  sysmonLinux,
  windowsSecurity,
  windows,
];

/** Products that read lines of text, in the order in which they are tried. */
export const lineProducts: readonly LineProduct[] = [
  squid,
  ciscoWsa,
  accessLog,
  paloAlto,
  globalProtect,
  zscalerLine,
  zscalerCsv,
  bluecoatSyslog,
  mcafeeWebGateway,
  mcafeeAccessLog,
  forcepoint,
  fortinet,
  fortinetVpn,
  windowsDns,
  windowsDhcp,
  iscDhcp,
  ciscoAsaVpn,
  nps,
  auditd,
  sysmonLinuxLine,
];

/** Products that read objects and rows of logs, in the order in which they are tried. */
export const logProducts: readonly LogProduct[] = [
  zeek,
  w3c,
  zscalerObject,
  defender,
  crowdstrike,
  sysmonLinuxObject,
  osquery,
  sentinelOne,
  carbonBlack,
  assetList,
];

/** Products that read other records, in the order in which they are tried. The last takes all that are left. */
export const recordProducts: readonly Product[] = [generic];

/**
 * The event that a record is, by the first product that recognises it. A record that is nothing at all (an empty object,
 * row or line) is a fault `empty`.
 */
export function eventOf(record: SourceRecord, context: MappingContext): Event | Fault {
  if (isEmpty(record)) return fault('empty', 'The record has no content', record.offset, record.raw.length);
  if (record.kind === 'stored-event') return storedEventOf(record);
  const mapped = context.columnMapper?.read(record, context);
  if (mapped !== undefined) return mapped;
  const event = productEvent(record, context);
  return context.localZone === undefined || 'kind' in event ? event : zonedEvent(event, context.localZone);
}

function productEvent(record: SourceRecord, context: MappingContext): Event | Fault {
  const windowsRecord = windowsRecordOf(record);
  if (windowsRecord !== undefined) return mapWith(windowsProducts, windowsRecord, windows, context);
  return networkEvent(record, context) ?? mapWith(recordProducts, record, generic, context);
}

/** The event of a record of a proxy, a firewall or a network monitor; undefined where it is of none that is known. */
function networkEvent(record: SourceRecord, context: MappingContext): Event | undefined {
  for (const product of logProducts) {
    const event = product.read(record, context);
    if (event !== undefined) return event;
  }
  const line = logLineOf(record);
  if (line === undefined) return undefined;
  const object = objectOf(line);
  if (object !== undefined) return networkEvent(object, context);
  for (const product of lineProducts) {
    const event = product.read(line, context);
    if (event !== undefined) return event;
  }
  return undefined;
}

/**
 * Whether a record's own time is in doubt (local time, or an exporter that is known to mark local time as UTC), so that it
 * gains by a `RecordingClock` that has seen the Sysmon events of the same recording.
 */
export function needsClock(record: SourceRecord): boolean {
  if (record.kind === 'windows-event' || record.kind === 'text') return false;
  const windowsRecord = windowsRecordOf(record);
  return windowsRecord !== undefined && windowsRecord.clockTrust !== 'utc';
}

/**
 * Lets `context.clock` learn from records before they are mapped, so that events that come before the first Sysmon event
 * (some recordings are sorted by channel) are set right too. Does nothing without a clock.
 */
export function primeClock(records: readonly SourceRecord[], context: MappingContext): void {
  if (context.clock === undefined) return;
  for (const record of records) {
    const windowsRecord = record.kind === 'windows-event' ? undefined : windowsRecordOf(record);
    if (windowsRecord !== undefined && windowsRecord.clockTrust !== 'utc' && sysmon.recognises(windowsRecord))
      sysmon.map(windowsRecord, context);
  }
}

function mapWith<Form>(
  products: readonly Product<Form>[],
  record: Form,
  last: Product<Form>,
  context: MappingContext,
): Event | Fault {
  for (const product of products) if (product.recognises(record)) return product.map(record, context);
  return last.map(record, context);
}

function isEmpty(record: SourceRecord): boolean {
  switch (record.kind) {
    case 'windows-event':
    case 'stored-event':
      return false;
    case 'json':
      for (const _key in record.value) return false;
      return true;
    case 'row':
      for (const name in record.cells) if (record.cells[name] !== '') return false;
      // A line of text in an export whose columns are all of the envelope.
      return record.envelope === undefined || record.raw.trim() === '';
    case 'text':
      return record.raw.trim() === '';
  }
}
