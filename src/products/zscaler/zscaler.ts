import { parseIsoTicks, type Ticks } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import { isJsonObject } from '../../formats/json/json-value.ts';
import type { JsonRecord, SourceRecord } from '../../formats/record.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { addNote, type Fields, freeName, newFields } from '../fields.ts';
import { addFlattened } from '../generic/flatten.ts';
import { tabPairs } from '../log-line/key-values.ts';
import { logEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine, LogProduct } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { epochTicks } from '../proxy/access-time.ts';
import { addFirewallFields, addWebFields } from './zscaler-fields.ts';
import { type NameOf, nameReader } from './zscaler-names.ts';

/** Zscaler's NSS feeds by syslog: names and values divided by tabs. */
export const zscalerLine: LineProduct = { name: 'zscaler', read: readLine };

/** Zscaler's NSS feeds as JSON: `{"sourcetype":"zscalernss-web","event":{…}}`, or the event alone with its `vendor` and `product`. */
export const zscalerObject: LogProduct = { name: 'zscaler', read: readObject };

export type Feed = 'web' | 'firewall';

const lineDate =
  /(?:^|[>\s])(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4})(?=\s)/;

/** The web feed names its maker; the firewall's as the NSS offers it does not. */
function isMarked(raw: string): boolean {
  return /\bvendor=Zscaler\b/.test(raw) && /\bproduct=(?:NSS|fw\b)/.test(raw);
}

function isFirewall(raw: string): boolean {
  const head = raw.slice(0, 8_192);
  return head.includes('\tcsip=') && head.includes('\tcdip=') && /\t(?:aggregate|numsessions)=/.test(head);
}

function readLine(line: LogLine, context: MappingContext): Event | undefined {
  // The line's own date may have been taken for the header's.
  const { raw } = line.record;
  if (!isMarked(raw) && !isFirewall(raw)) return undefined;
  const { values, doubtful } = tabPairs(raw);
  const name = nameReader(values);
  const feed = feedOf(name);
  if (feed === undefined) return undefined;
  const fields = newFields();
  for (const [key, value] of values) if (value !== '' && value !== 'None') fields[freeName(key)] = value;
  if (doubtful.size > 0)
    addNote(fields, `more than one value of ${[...doubtful].slice(0, 9).join(', ')}: left out`);
  const date = lineDate.exec(raw.slice(0, 120))?.[1];
  return zscalerEvent(line.record, feed, fields, name, zscalerTime(name, date), context, line.syslog?.host);
}

function readObject(record: SourceRecord, context: MappingContext): Event | undefined {
  if (record.kind !== 'json') return undefined;
  const { sourcetype, event: inner, vendor, product } = record.value;
  const isBare = vendor === 'Zscaler' && product === 'NSS';
  const event = isBare ? record.value : inner;
  if (event === undefined || !isJsonObject(event)) return undefined;
  const feed =
    sourcetype === 'zscalernss-web'
      ? 'web'
      : sourcetype === 'zscalernss-fw'
        ? 'firewall'
        : isBare
          ? feedOf(nameReader(textsOf(event)))
          : undefined;
  if (feed === undefined) return undefined;
  const fields = newFields();
  addFlattened(fields, event);
  const name = nameReader(textsOf(event));
  const zone = name('tz');
  return zscalerEvent(
    record,
    feed,
    fields,
    name,
    zscalerTime(name, name('time', 'datetime'), zone),
    context,
    undefined,
  );
}

function textsOf(event: JsonRecord['value']): readonly (readonly [string, string])[] {
  return Object.entries(event).flatMap(([key, value]) =>
    value === null || typeof value === 'object' ? [] : [[key, String(value)] as const],
  );
}

function feedOf(name: NameOf): Feed | undefined {
  if (name('csip', 'clientsourceip') !== undefined) return 'firewall';
  return name('url', 'eurl', 'reqmethod', 'requestmethod') === undefined ? undefined : 'web';
}

/** The event of a record, whose fields have its own already. */
export function zscalerEvent(
  record: SourceRecord,
  feed: Feed,
  fields: Fields,
  name: NameOf,
  time: ChosenTime | undefined,
  context: MappingContext,
  host: string | undefined,
): Event {
  if (feed === 'web') addWebFields(fields, name);
  else addFirewallFields(fields, name);
  fields.vendor_product = feed === 'web' ? 'Zscaler NSS Web' : 'Zscaler NSS Firewall';
  const parts = {
    product: feed === 'web' ? 'zscaler-web' : 'zscaler-firewall',
    sourcetype: feed === 'web' ? 'zscalernss-web' : 'zscalernss-fw',
    eventClass: feed === 'web' ? 'web' : 'network',
    time: time ?? { time: context.arrival, source: 'arrival' },
    host,
    fields,
  } as const;
  return logEvent(record, parts, context);
}

/** Whether it is the start or the end is not documented; without an epoch or GMT, the zone is the feed's. */
export function zscalerTime(
  name: NameOf,
  written: string | undefined,
  zone?: string,
): ChosenTime | undefined {
  const epoch = name('epochtime');
  const exact = epoch === undefined ? undefined : epochTicks(epoch);
  if (exact !== undefined) return { time: exact, source: 'epochtime' };
  const time = written === undefined ? undefined : (parseIsoTicks(written) ?? namedDate(written));
  if (time === undefined) return undefined;
  return { time, source: zone === 'GMT' || zone === 'UTC' ? 'time' : 'time (zone of the feed unknown)' };
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** `Mon Mar 02 02:57:01 2020`, as feeds write `%s{time}`. */
function namedDate(text: string): Ticks | undefined {
  const found = /^(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/.exec(text);
  if (!found) return undefined;
  const month = months.indexOf(found[1] as string);
  if (month < 0 || month % 3 !== 0) return undefined;
  return parseIsoTicks(
    `${found[4]}-${String(month / 3 + 1).padStart(2, '0')}-${found[2]?.padStart(2, '0')}T${found[3]}Z`,
  );
}
