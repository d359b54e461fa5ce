import type { Event } from '../../events/event.ts';
import { freeName, newFields } from '../fields.ts';
import { csvCells } from '../log-line/csv-cells.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { type Feed, zscalerEvent, zscalerTime } from './zscaler.ts';
import { nameReader } from './zscaler-names.ts';

/** A feed in the order that the NSS offers it, and what must be in a line besides its date: it has no mark of its own. */
interface CsvFeed {
  readonly feed: Feed;
  readonly columns: readonly string[];
  /** Columns that only newer versions have at the end. */
  readonly optional: number;
  readonly checks: readonly (readonly [name: string, pattern: RegExp])[];
}

const address = /^[\da-fA-F.:]{3,45}$/;
const port = /^\d{1,5}$/;
const count = /^\d{1,18}$/;

/** The columns of the web feed as the NSS offers it (NSS Feed Output Format: Web Logs), by the names of its fields. */
const webColumns = [
  'time',
  'login',
  'proto',
  'eurl',
  'action',
  'appname',
  'app_status',
  'appclass',
  'reqsize',
  'respsize',
  'urlclass',
  'urlsupercat',
  'urlcat',
  'malwarecat',
  'threatname',
  'riskscore',
  'threatseverity',
  'dlpeng',
  'dlpdict',
  'location',
  'dept',
  'cip',
  'sip',
  'reqmethod',
  'respcode',
  'ua',
  'ereferer',
  'ruletype',
  'rulelabel',
  'contenttype',
  'unscannabletype',
  'deviceowner',
  'devicehostname',
  'keyprotectiontype',
] as const;

/** Those of the firewall's (NSS Feed Output Format: Firewall Logs). */
const firewallColumns = [
  'time',
  'login',
  'dept',
  'location',
  'cdport',
  'csport',
  'sdport',
  'ssport',
  'csip',
  'cdip',
  'ssip',
  'sdip',
  'tsip',
  'tsport',
  'ttype',
  'action',
  'dnat',
  'stateful',
  'aggregate',
  'nwsvc',
  'nwapp',
  'ipproto',
  'ipcat',
  'destcountry',
  'avgduration',
  'rulelabel',
  'inbytes',
  'outbytes',
  'duration',
  'durationms',
  'numsessions',
  'ipsrulelabel',
  'threatcat',
  'threatname',
  'deviceowner',
  'devicehostname',
] as const;

const feeds: readonly CsvFeed[] = [
  {
    feed: 'web',
    columns: webColumns,
    optional: 0,
    checks: [
      ['action', /^(?:Allowed|Blocked)/],
      ['reqsize', count],
      ['respsize', count],
      ['cip', address],
      ['respcode', /^(?:\d{1,3}|NA|None)$/],
    ],
  },
  {
    feed: 'firewall',
    columns: firewallColumns,
    optional: 2,
    checks: [
      ['cdport', port],
      ['csport', port],
      ['csip', address],
      ['cdip', address],
      ['action', /^(?:Allow|Drop|Block|Reset)/i],
      ['aggregate', /^(?:Yes|No)$/i],
      ['inbytes', count],
      ['outbytes', count],
    ],
  },
];

const head =
  /^"(?:[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)","/;

/** Zscaler's NSS feeds for the web and the firewall as quoted CSV, in the order that the NSS offers. */
export const zscalerCsv: LineProduct = { name: 'zscaler', read: readCsv };

function readCsv(line: LogLine, context: MappingContext): Event | undefined {
  const text = line.text.trimEnd();
  if (!head.test(text.slice(0, 40))) return undefined;
  const cells = csvCells(text.slice(0, 1 << 18), CELLS_MOST);
  const feed = feeds.find((each) => isOf(each, cells));
  if (feed === undefined) return undefined;
  const values = cells.map((cell, at) => [feed.columns[at] ?? '', cell] as const);
  const name = nameReader(values);
  const fields = newFields();
  for (const [key, value] of values) if (value !== '' && value !== 'None') fields[freeName(key)] = value;
  return zscalerEvent(
    line.record,
    feed.feed,
    fields,
    name,
    zscalerTime(name, cells[0]),
    context,
    line.syslog?.host,
  );
}

const CELLS_MOST = 64;

function isOf({ columns, optional, checks }: CsvFeed, cells: readonly string[]): boolean {
  if (cells.length > columns.length || cells.length < columns.length - optional) return false;
  return checks.every(([name, pattern]) => pattern.test(cells[columns.indexOf(name)] ?? ''));
}
