import type { Event } from '../../events/event.ts';
import { applyRules } from '../cim-rules.ts';
import { type Fields, firstText, newFields, noteCut } from '../fields.ts';
import type { MappingContext, Product } from '../product.ts';
import { isNullText } from '../values/null-value.ts';
import { channelName } from '../windows/channel-name.ts';
import { addRecordedFields } from '../windows/system-fields.ts';
import { recordedTime } from '../windows/windows-clock.ts';
import { windowsEvent } from '../windows/windows-event.ts';
import type { WindowsRecord } from '../windows-shapes/windows-record.ts';
import { addAccounts } from './accounts.ts';
import { integrityLevel } from './integrity-level.ts';
import { type SecurityEventKind, securityEventClass, securityEventKind } from './security-events.ts';
import { addSecurityMessage } from './security-message.ts';
import { commonSecurityRules, otherSecurityRules, securityRules } from './security-rules.ts';

/** The Security channel: process, logon, object, service and task events by name, all others with their fields. */
export const windowsSecurity: Product<WindowsRecord> = {
  name: 'windows-security',
  recognises: ({ event }) =>
    event.channel === 'Security' ||
    event.provider === 'Microsoft-Windows-Security-Auditing' ||
    event.channel?.toLowerCase() === 'security',
  map: mapSecurity,
};

function mapSecurity(record: WindowsRecord, context: MappingContext): Event {
  const { event } = record;
  const eventId = event.eventId ?? '';
  const channel = event.channel === undefined ? 'Security' : channelName(event.channel);
  const fields = newFields();
  const cut = addRecordedFields(fields, record, channel);
  addSecurityMessage(fields, record, eventId);
  const kind = securityEventKind(eventId);
  applyRules(fields, commonSecurityRules);
  applyRules(fields, securityRules.get(eventId) ?? otherSecurityRules);
  addAccounts(fields);
  addOutcome(fields, eventId, kind);
  addObject(fields, eventId);
  if (eventId === '4688') addProcessStart(fields);
  if (kind !== undefined) fields.signature = kind.signature;
  fields.vendor_product = 'Microsoft Windows';
  if (cut > 0) noteCut(fields, cut);
  const eventClass = securityEventClass(kind, eventId, firstText(fields.ObjectType));
  return windowsEvent(record, 'windows-security', eventClass, channel, recordedTime(record, context), fields);
}

/** Without a command line Splunk's add-on gives the path, quoted where it has blanks. */
function addProcessStart(fields: Fields): void {
  const path = firstText(fields.process_path);
  if (fields.process === undefined && path !== undefined)
    fields.process = path.includes(' ') ? `"${path}"` : path;
  const label = firstText(fields.MandatoryLabel);
  const level = label === undefined ? undefined : integrityLevel(label);
  if (level !== undefined) fields.process_integrity_level = level;
}

/** Filtering-platform events whose id says what was done. */
const filteringActions: ReadonlyMap<string, string> = new Map([
  ['5152', 'blocked'],
  ['5154', 'allowed'],
  ['5155', 'blocked'],
  ['5156', 'allowed'],
  ['5157', 'blocked'],
  ['5158', 'allowed'],
  ['5159', 'blocked'],
]);

const AUDIT_FAILURE = 0x10_0000_0000_0000n;
const AUDIT_SUCCESS = 0x20_0000_0000_0000n;

/**
 * Whether the audit was one of success or failure. nxlog's EventType and texts come before the mask: some shippers have
 * passed the mask through a floating-point number, which moves its bits.
 */
function outcome(fields: Fields): 'success' | 'failure' | undefined {
  const keywords = firstText(fields.Keywords) ?? '';
  if (keywords === '0x8020000000000000' && fields.EventType === undefined) return 'success';
  const text = `${firstText(fields.EventType) ?? ''} ${keywords}`;
  if (/audit[ _]success/i.test(text)) return 'success';
  if (/audit[ _]failure/i.test(text)) return 'failure';
  if (!/^0x[0-9a-f]{1,16}$/i.test(keywords)) return undefined;
  const mask = BigInt(keywords);
  return mask & AUDIT_SUCCESS ? 'success' : mask & AUDIT_FAILURE ? 'failure' : undefined;
}

function addOutcome(fields: Fields, eventId: string, kind: SecurityEventKind | undefined): void {
  const filtering = filteringActions.get(eventId);
  const audited = outcome(fields);
  if (filtering !== undefined) fields.action = filtering;
  else if (kind?.eventClass === 'process-start' || kind?.eventClass === 'process-end')
    fields.action = audited === 'failure' ? 'blocked' : 'allowed';
  else if (audited !== undefined) fields.action = audited;
  const direction = firstText(fields.Direction);
  if (kind?.eventClass === 'network' && direction !== undefined) {
    if (direction === '%%14592' || direction === 'Inbound') fields.direction = 'inbound';
    else if (direction === '%%14593' || direction === 'Outbound') fields.direction = 'outbound';
  }
  if (kind?.eventClass === 'network') addTransport(fields);
}

const transports: ReadonlyMap<string, string> = new Map([
  ['1', 'icmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['58', 'icmp'],
]);

function addTransport(fields: Fields): void {
  const transport = transports.get(firstText(fields.Protocol) ?? '');
  if (transport !== undefined) fields.transport = transport;
}

/** The path of a file or registry key on which an event tells. */
function addObject(fields: Fields, eventId: string): void {
  const name = firstText(fields.ObjectName);
  if (name === undefined || isNullText(name)) return;
  const type = firstText(fields.ObjectType);
  if (eventId === '4657') {
    const value = firstText(fields.ObjectValueName);
    fields.registry_key_name = name;
    fields.registry_path = value === undefined || isNullText(value) ? name : `${name}\\${value}`;
  } else if (type === 'Key') {
    fields.registry_path = name;
    fields.registry_key_name = name;
  } else if (type === 'File') {
    fields.file_path = name;
    const at = name.lastIndexOf('\\');
    if (at + 1 < name.length) fields.file_name = name.slice(at + 1);
  }
}
