import { fault } from '../../core/fault.ts';
import type { ReadLimits } from '../../core/limits.ts';
import type { JsonValue, ReadItem } from '../record.ts';
import { splunkItems } from '../splunk-export.ts';
import { isDeeperThan, isJsonObject, parseJson } from './json-value.ts';

/** The records of a JSON text that stands at `offset`: none where it is a fault, several where it wraps a list. */
export function jsonItems(text: string, offset: number, limits: ReadLimits): readonly ReadItem[] {
  let value: JsonValue;
  try {
    value = parseJson(text);
  } catch (error) {
    return [fault('bad-syntax', `not JSON: ${(error as Error).message}`, offset, Buffer.byteLength(text))];
  }
  return itemsOf(value, text, offset, limits);
}

function itemsOf(value: JsonValue, raw: string, offset: number, limits: ReadLimits): readonly ReadItem[] {
  if (isDeeperThan(value, limits.recordDepth)) return [tooDeep(raw, offset, limits)];
  const list = Array.isArray(value) ? value : listIn(value);
  if (list) return list.flatMap((item) => itemsOf(item, JSON.stringify(item), offset, limits));
  if (!isJsonObject(value)) {
    const message = `expected a JSON object, found ${value === null ? 'null' : `a ${typeof value}`}`;
    return [fault('bad-structure', message, offset, Buffer.byteLength(raw))];
  }
  return splunkItems(value, raw, offset, limits) ?? [{ kind: 'json', value, raw, offset }];
}

/** The fault for a JSON text that nests deeper than the limit. */
export function tooDeep(raw: string, offset: number, limits: ReadLimits) {
  const message = `JSON nested more than ${limits.recordDepth} deep`;
  return fault('too-deep', message, offset, Buffer.byteLength(raw));
}

/** The list of records within an object that only wraps it. */
function listIn(value: JsonValue): readonly JsonValue[] | undefined {
  if (!isJsonObject(value)) return undefined;
  const before: string[] = [];
  for (const key of Object.keys(value)) {
    const inner = value[key];
    before.push(key);
    if (Array.isArray(inner) && isListOfRecords(before)) return inner;
  }
  return undefined;
}

/**
 * Whether an array directly within an object is a list of records and the object only its wrapping, by the strings in
 * the object before the array, its own key last: Splunk's REST export (`results`), CloudTrail and Azure Monitor
 * (`Records`, `records`), OData (`value`).
 */
export function isListOfRecords(before: readonly string[]): boolean {
  switch (before.at(-1)) {
    case 'results':
      return before.includes('preview') || before.includes('init_offset');
    case 'Records':
    case 'records':
      return before.length === 1;
    case 'value':
      return before[0] === '@odata.context';
    default:
      return false;
  }
}
