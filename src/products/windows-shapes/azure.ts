import type { EventDatum, JsonValue, SourceRecord } from '../../formats/record.ts';
import { readFlat } from './flat.ts';
import { fieldValueOf, isObject } from './json-text.ts';
import type { WindowsRecord } from './windows-record.ts';

type Members = { readonly [key: string]: JsonValue };

/** Whether it is a row of Azure's WindowsEvent table, where the event's data is a JSON text (or object) in `EventData`. */
export function isAzure(members: Members): boolean {
  if (!('EventID' in members && 'TimeGenerated' in members)) return false;
  const data = members.EventData;
  return isObject(data) || (typeof data === 'string' && data.startsWith('{'));
}

/** Azure's WindowsEvent rows: flat, with the data one level down. Data that cannot be parsed stays a text. */
export function readAzure(record: SourceRecord, members: Members): WindowsRecord {
  const { EventData: nested, ...header } = members;
  const parsed = typeof nested === 'string' ? parseObject(nested) : nested;
  const flat = readFlat(record, isObject(parsed) ? header : members);
  if (!isObject(parsed)) return { ...flat, shape: 'azure' };
  const data: EventDatum[] = [...flat.event.data];
  for (const name in parsed) {
    const value = fieldValueOf(parsed[name]);
    if (value !== undefined && value !== '') data.push({ name, value });
  }
  return { ...flat, shape: 'azure', event: { ...flat.event, data, dataPart: 'EventData' } };
}

function parseObject(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
