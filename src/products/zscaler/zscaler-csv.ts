import type { Event } from '../../events/event.ts';
import { freeName, newFields } from '../fields.ts';
import { csvCells } from '../log-line/csv-cells.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { zscalerEvent, zscalerTime } from './zscaler.ts';
import { nameReader } from './zscaler-names.ts';

/** The columns of the web feed as the NSS offers it (NSS Feed Output Format: Web Logs), by the names of its fields. */
const columns = [
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

const head =
  /^"(?:[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)","/;
const place = (name: (typeof columns)[number]) => columns.indexOf(name);
/** What must be in a line besides its date: it has no mark of its own. */
const checks: readonly (readonly [place: number, pattern: RegExp])[] = [
  [place('action'), /^(?:Allowed|Blocked)/],
  [place('reqsize'), /^\d{1,18}$/],
  [place('respsize'), /^\d{1,18}$/],
  [place('cip'), /^[\da-fA-F.:]{3,45}$/],
  [place('respcode'), /^(?:\d{1,3}|NA|None)$/],
];

/** Zscaler's NSS feed for the web as quoted CSV, in the order that the NSS offers. */
export const zscalerCsv: LineProduct = { name: 'zscaler', read: readCsv };

function readCsv(line: LogLine, context: MappingContext): Event | undefined {
  const text = line.text.trimEnd();
  if (!head.test(text.slice(0, 40))) return undefined;
  const cells = csvCells(text.slice(0, 1 << 18), columns.length + 1);
  if (cells.length !== columns.length) return undefined;
  if (!checks.every(([at, pattern]) => pattern.test(cells[at] ?? ''))) return undefined;
  const values = columns.map((name, at) => [name, cells[at] ?? ''] as const);
  const name = nameReader(values);
  const fields = newFields();
  for (const [key, value] of values) if (value !== '' && value !== 'None') fields[freeName(key)] = value;
  return zscalerEvent(
    line.record,
    'web',
    fields,
    name,
    zscalerTime(name, cells[0]),
    context,
    line.syslog?.host,
  );
}
