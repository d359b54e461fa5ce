import { parseIsoTicks } from '../../core/ticks.ts';
import type { EventDatum, JsonValue, SourceRecord } from '../../formats/record.ts';
import { assemble } from './assemble.ts';
import { flattenMembers } from './flatten-members.ts';
import { fieldValueOf, isObject, type JsonObject, textOf } from './json-text.ts';
import { type FoundParts, newParts, type WindowsRecord } from './windows-record.ts';

function eventOf(value: JsonObject): JsonObject | undefined {
  const event = isObject(value.Event) ? value.Event : value;
  return isObject(event.System) && 'EventID' in event.System ? event : undefined;
}

/** Whether the object is an event's XML turned into JSON: `{"Event":{"System":…,"EventData":…}}`, also without `Event`. */
export function isEventObject(value: JsonObject): boolean {
  return eventOf(value) !== undefined;
}

/**
 * An event's XML as JSON, as evtx_dump and other converters write it. Attributes may stand in `#attributes`, as `@Name`, in
 * `<element>_attributes` beside the element, or as plain members; an element's text in `#text` or `$`.
 */
export function readEventObject(record: SourceRecord, value: JsonObject): WindowsRecord {
  const event = eventOf(value) ?? {};
  const system = isObject(event.System) ? event.System : {};
  const parts = newParts();
  parts.provider = attribute(system, 'Provider', 'Name');
  parts.providerGuid = attribute(system, 'Provider', 'Guid');
  parts.eventSourceName = attribute(system, 'Provider', 'EventSourceName');
  parts.eventId = elementText(system.EventID);
  parts.qualifiers = attribute(system, 'EventID', 'Qualifiers');
  parts.version = elementText(system.Version);
  parts.level = elementText(system.Level);
  parts.task = elementText(system.Task);
  parts.opcode = elementText(system.Opcode);
  parts.keywords = elementText(system.Keywords);
  parts.systemTime = attribute(system, 'TimeCreated', 'SystemTime') ?? textOf(system.TimeCreated);
  parts.time = parts.systemTime === undefined ? undefined : parseIsoTicks(parts.systemTime);
  parts.recordId = elementText(system.EventRecordID);
  parts.activityId = attribute(system, 'Correlation', 'ActivityID');
  parts.relatedActivityId = attribute(system, 'Correlation', 'RelatedActivityID');
  parts.executionProcessId = attribute(system, 'Execution', 'ProcessID');
  parts.executionThreadId = attribute(system, 'Execution', 'ThreadID');
  parts.channel = elementText(system.Channel);
  parts.computer = elementText(system.Computer);
  parts.securityUserId = attribute(system, 'Security', 'UserID');
  if (isObject(event.RenderingInfo)) parts.message = elementText(event.RenderingInfo.Message);
  readData(parts, event);
  return assemble(record, 'event-object', parts, { clock: 'TimeCreated', trust: 'utc' });
}

function attribute(system: JsonObject, element: string, name: string): string | undefined {
  const beside = system[`${element}_attributes`];
  if (isObject(beside)) return textOf(beside[name]);
  const value = system[element];
  if (!isObject(value)) return undefined;
  const inside = value['#attributes'];
  return textOf(isObject(inside) ? inside[name] : (value[`@${name}`] ?? value[name]));
}

function elementText(value: JsonValue | undefined): string | undefined {
  return isObject(value) ? textOf(value['#text'] ?? value.$ ?? value.Value) : textOf(value);
}

function readData(parts: FoundParts, event: JsonObject): void {
  if (isObject(event.EventData)) {
    parts.dataPart = 'EventData';
    parts.dataName = attribute(event, 'EventData', 'Name');
    readEventData(parts.data, event.EventData);
  } else if (isObject(event.UserData)) {
    parts.dataPart = 'UserData';
    for (const name in event.UserData) {
      const child = event.UserData[name];
      if (name.endsWith('_attributes') || !isObject(child)) continue;
      parts.dataName ??= name;
      const leaves: [name: string, value: string | readonly string[]][] = [];
      flattenMembers(child, '', leaves);
      for (const [leaf, value] of leaves)
        if (!leaf.startsWith('#attributes.') && !leaf.startsWith('@'))
          parts.data.push({ name: leaf.replace(/\.?#text$/, ''), value });
    }
  }
}

function readEventData(data: EventDatum[], eventData: JsonObject): void {
  for (const name in eventData) {
    if (name === '#attributes' || name === '@Name' || name === '@xmlns') continue;
    const value = eventData[name];
    if (name !== 'Data') {
      const made = fieldValueOf(isObject(value) && '#text' in value ? value['#text'] : value);
      if (made !== undefined && made !== '') data.push({ name, value: made });
    } else if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) addDatum(data, item);
    else addDatum(data, value);
  }
}

/** One `<Data>`: a text, or an object with its name as an attribute; `#text` may hold several texts. */
function addDatum(data: EventDatum[], item: JsonValue | undefined): void {
  if (!isObject(item)) {
    const text = fieldValueOf(item);
    if (text !== undefined) data.push({ name: undefined, value: text });
    return;
  }
  const attributes = item['#attributes'];
  const name = textOf(isObject(attributes) ? attributes.Name : (item['@Name'] ?? item.Name));
  const content = item['#text'] ?? item.$ ?? item.Value;
  if (name === undefined && Array.isArray(content)) {
    for (const text of content as readonly JsonValue[]) data.push({ name, value: fieldValueOf(text) ?? '' });
    return;
  }
  const value = fieldValueOf(content);
  if (value !== undefined) data.push({ name, value });
}
