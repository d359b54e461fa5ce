import { fault } from '../core/fault.ts';
import { parseIsoTicks } from '../core/ticks.ts';
import type { Format } from './format.ts';
import { isJsonObject, parseJson } from './json/json-value.ts';
import { lineCutter } from './line-cutter.ts';
import type { JsonValue, ReadItem, StoredEventRecord } from './record.ts';
import { cutRecords } from './record-cutter.ts';

/** Members of a line; everything else in it is a field. */
export const storedEventMembers = [
  '_id',
  '_time',
  '_indextime',
  'index',
  'host',
  'source',
  'sourcetype',
  '_product',
  '_event_class',
  '_time_source',
  '_origin',
  '_offset',
  '_raw',
] as const;

type Member = (typeof storedEventMembers)[number];
const members: ReadonlySet<string> = new Set(storedEventMembers);

/**
 * Events as a store held them, an object a line (`events.jsonl` of `keizu export`): their members, the fields that have
 * columns of their own, and in `fields` the others. They become the same events again, whatever file they once came from.
 */
export const storedEvents: Format = {
  name: 'stored-events',
  input: 'text',
  recognises: (head) =>
    /^\{"_id":"[0-9a-f]{32}","_time":"[0-9T:.Z-]{20,40}","_indextime":"/.test(
      Buffer.from(head.subarray(0, 160)).toString('latin1'),
    ),
  read: (source, options) =>
    cutRecords(
      source,
      // A line holds an event twice: as it came, and its fields.
      (limits) => {
        const longest = { ...limits, recordBytes: limits.recordBytes * 4 };
        return lineCutter(longest, ({ bytes, start, end, offset }, items: ReadItem[]) => {
          items.push(
            recordOf(bytes.toString('utf8', start, end), offset) ??
              fault('bad-structure', 'not a stored event', offset, end - start),
          );
        });
      },
      options,
    ),
};

function recordOf(text: string, offset: number): StoredEventRecord | undefined {
  let value: JsonValue;
  try {
    value = parseJson(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const object = value;
  const said = (name: Member): string => {
    const found = object[name];
    return typeof found === 'string' ? found : '';
  };
  const time = parseIsoTicks(said('_time'));
  if (!/^[0-9a-f]{32}$/.test(said('_id')) || time === undefined || typeof object._raw !== 'string')
    return undefined;
  const fields: Record<string, string | readonly string[]> = Object.create(null);
  for (const [name, found] of Object.entries(object))
    if (name !== 'fields' && !members.has(name)) addField(fields, name, found);
  const others = object.fields;
  if (others !== undefined && isJsonObject(others))
    for (const [name, found] of Object.entries(others)) addField(fields, name, found);
  return {
    kind: 'stored-event',
    id: said('_id'),
    time,
    timeSource: said('_time_source'),
    product: said('_product'),
    eventClass: said('_event_class'),
    fields,
    raw: object._raw,
    offset,
    envelope: {
      host: said('host'),
      source: said('source'),
      sourcetype: said('sourcetype'),
      index: said('index'),
      time: said('_time'),
      indexTime: said('_indextime'),
    },
  };
}

function addField(
  fields: Record<string, string | readonly string[]>,
  name: string,
  value: JsonValue | undefined,
): void {
  if (typeof value === 'string') fields[name] = value;
  else if (Array.isArray(value)) {
    const texts = value.filter((each): each is string => typeof each === 'string');
    if (texts.length > 0) fields[name] = texts;
  }
}
