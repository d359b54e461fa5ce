import type { Event } from '../../events/event.ts';
import type { EventClass } from '../../events/event-class.ts';
import { applyRules } from '../cim-rules.ts';
import { type Fields, firstText, newFields, noteCut } from '../fields.ts';
import type { MappingContext, Product } from '../product.ts';
import { halvePercents } from '../values/doubled-percent.ts';
import { isNullText } from '../values/null-value.ts';
import { channelName } from '../windows/channel-name.ts';
import { addRecordedFields } from '../windows/system-fields.ts';
import { windowsEvent } from '../windows/windows-event.ts';
import type { WindowsRecord } from '../windows-shapes/windows-record.ts';
import { addHashes } from './hashes.ts';
import { addMessageData } from './message-data.ts';
import { addRegistryData, addRegistryPath } from './registry-path.ts';
import { sysmonTime } from './sysmon-clock.ts';
import { type SysmonEventKind, sysmonEvents } from './sysmon-events.ts';
import { sysmonRules, unknownSysmonRules } from './sysmon-rules.ts';

const PROVIDER = 'Microsoft-Windows-Sysmon';
const CHANNEL = 'Microsoft-Windows-Sysmon/Operational';

/** Sysmon for Windows, event ids 1 to 29 and 255 (manifest 2.0 to 4.90); later ids pass with their fields. */
export const sysmon: Product<WindowsRecord> = {
  name: 'sysmon',
  recognises: ({ event }) =>
    event.provider === PROVIDER ||
    (event.channel?.length === CHANNEL.length && event.channel.toLowerCase() === CHANNEL.toLowerCase()),
  map: mapSysmon,
};

const unknownKind: SysmonEventKind = { eventClass: 'other', signature: 'Unknown Sysmon event' };

function mapSysmon(record: WindowsRecord, context: MappingContext): Event {
  const { event } = record;
  const channel = event.channel === undefined ? CHANNEL : channelName(event.channel);
  const { fields, eventClass } = sysmonFields(record, channel, halveDoubledPercents);
  const guid = firstText(fields.process_guid);
  const chosen = sysmonTime(record, event.eventId ?? '', firstText(fields.UtcTime), guid, context);
  return windowsEvent(record, 'sysmon', eventClass, channel, chosen, fields);
}

/** The fields and the class of a Sysmon event of any system; `repair` sets recorded fields right before others are made of them. */
export function sysmonFields(
  record: WindowsRecord,
  channel: string,
  repair: (fields: Fields, eventId: string) => void,
): { readonly fields: Fields; readonly eventClass: EventClass } {
  const eventId = record.event.eventId ?? '';
  const fields = newFields();
  const cut = addRecordedFields(fields, record, channel);
  addMessageData(fields, record, eventId);
  const kind = sysmonEvents.get(eventId) ?? unknownKind;
  repair(fields, eventId);
  applyRules(fields, sysmonRules.get(eventId) ?? unknownSysmonRules);
  fields.signature = kind.signature;
  fields.vendor_product = 'Microsoft Sysmon';
  if (kind.action !== undefined) fields.action = kind.action;
  addSpecialFields(fields, eventId);
  if (cut > 0) noteCut(fields, cut);
  return { fields, eventClass: classOf(kind, eventId, fields) };
}

/** Sysmon writes each % of EID 1's CommandLine and EID 13's Details twice, and of no other field. */
function halveDoubledPercents(fields: Fields, eventId: string): void {
  const name = eventId === '1' ? 'CommandLine' : eventId === '13' ? 'Details' : undefined;
  if (name === undefined) return;
  const recorded = firstText(fields[name]);
  if (recorded === undefined) return;
  const halved = halvePercents(recorded);
  if (halved === recorded) return;
  fields[name] = halved;
  fields[`${name}_raw`] = recorded;
}

/** What is more than a copy of one recorded field. */
function addSpecialFields(fields: Fields, eventId: string): void {
  const hashes = firstText(fields.Hashes) ?? firstText(fields.Hash);
  if (hashes !== undefined) addHashes(fields, hashes);
  switch (eventId) {
    case '3':
      addDirection(fields);
      break;
    case '6':
      // Drivers are loaded by the kernel; the event names no process.
      fields.process_name = 'System';
      fields.process_exec = 'System';
      break;
    case '12':
    case '13':
    case '14':
      addRegistry(fields, eventId);
      break;
    case '19':
    case '20':
    case '21':
      addLowered(fields, 'action', fields.Operation);
      break;
    case '22':
      addAnswers(fields);
      break;
    default:
  }
}

function addDirection(fields: Fields): void {
  const initiated = firstText(fields.Initiated)?.toLowerCase();
  if (initiated === 'true') fields.direction = 'outbound';
  else if (initiated === 'false') fields.direction = 'inbound';
}

function addRegistry(fields: Fields, eventId: string): void {
  const target = firstText(fields.TargetObject);
  // Only SetValue is of EID 13; some shippers lost the type.
  const operation = eventId === '13' ? 'SetValue' : firstText(fields.EventType);
  if (target !== undefined && !isNullText(target)) addRegistryPath(fields, target, operation);
  const details = firstText(fields.Details);
  if (details !== undefined) addRegistryData(fields, details);
  if (eventId === '12' && operation !== undefined)
    fields.action = operation.startsWith('Delete') ? 'deleted' : 'created';
}

function addLowered(fields: Fields, name: string, value: Fields[string] | undefined): void {
  const text = firstText(value);
  if (text !== undefined && !isNullText(text)) fields[name] = text.toLowerCase();
}

/** `type:  5 name;::ffff:1.2.3.4;`: each answer is one value. */
function addAnswers(fields: Fields): void {
  const results = firstText(fields.QueryResults);
  if (results === undefined || isNullText(results)) return;
  const answers = results
    .split(';')
    .map((answer) => answer.trim())
    .filter((answer) => answer !== '' && answer !== '-');
  if (answers.length > 0) fields.answer = answers.length === 1 ? (answers[0] as string) : answers;
}

function classOf(kind: SysmonEventKind, eventId: string, fields: Fields): EventClass {
  const dropped = eventId === '255' && /events? dropped/i.test(firstText(fields.Description) ?? '');
  return dropped ? 'sensor-drop' : kind.eventClass;
}
