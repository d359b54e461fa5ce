import { TICKS_PER_MILLISECOND } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import { addNote, freeName, newFields } from '../fields.ts';
import { blankPairs } from '../log-line/key-values.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import { envelopeTime } from '../log-line/syslog-time.ts';
import type { MappingContext } from '../product.ts';
import { putEnd } from '../proxy/access-time.ts';
import { put } from '../proxy/network-fields.ts';
import { proxySgAction } from '../proxy/proxysg-action.ts';
import { addW3cProxyFields } from '../proxy/w3c-names.ts';

/** ProxySG by syslog: names of the W3C's fields with their values, `c-ip=… cs-host=… s-action=…`. */
export const bluecoatSyslog: LineProduct = { name: 'bluecoat', read: readBluecoat };

function readBluecoat(line: LogLine, context: MappingContext): Event | undefined {
  const { text } = line;
  if (!/(?:^|[\s:])c-ip=[^\s$]/.test(text.slice(0, 4_096)) || !/\ss-action=|\ssc-filter-result=/.test(text))
    return undefined;
  const { values, doubtful } = blankPairs(text);
  // A server's status of `-` says that none came.
  const cells = new Map(
    [...values].map(([name, value]) => {
      const lower = name.toLowerCase();
      return [lower, lower === 'rs-status' && value === '-' ? '0' : value];
    }),
  );
  const cell = (...names: readonly string[]) =>
    names
      .map((name) => cells.get(name))
      .find((value) => value !== undefined && value !== '' && value !== '-');
  if (cell('c-ip') === undefined) return undefined;
  const fields = newFields();
  for (const [name, value] of values) if (value !== '' && value !== '-') fields[freeName(name)] = value;
  addW3cProxyFields(fields, cell);
  put(fields, 'action', proxySgAction(cell));
  fields.vendor_product = 'Symantec ProxySG';
  if (doubtful.size > 0)
    addNote(fields, `more than one value of ${[...doubtful].slice(0, 9).join(', ')}: left out`);
  const end = envelopeTime(line, context);
  const taken = cell('time-taken');
  const hasStart = end.source !== 'arrival' && taken !== undefined && /^\d{1,12}$/.test(taken);
  if (hasStart) putEnd(fields, end.time);
  const time = hasStart
    ? { time: end.time - BigInt(taken) * TICKS_PER_MILLISECOND, source: `start (${end.source} - time-taken)` }
    : end;
  const host = cell('x-bluecoat-appliance-name');
  return lineEvent(
    line,
    {
      product: 'bluecoat',
      sourcetype: 'bluecoat:proxysg:access:kv',
      eventClass: 'web',
      time,
      host,
      fields,
    },
    context,
  );
}
