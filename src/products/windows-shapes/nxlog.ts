import { parseIsoTicks, TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import type { JsonValue, SourceRecord } from '../../formats/record.ts';
import { assemble } from './assemble.ts';
import { flatMember } from './flat-members.ts';
import { fieldValueOf, textOf } from './json-text.ts';
import { keywordMask } from './keyword-mask.ts';
import { type FoundParts, newParts, type WindowsRecord } from './windows-record.ts';

type Members = { readonly [key: string]: JsonValue };

/** What nxlog (and a Logstash behind it) adds to an event. `AccountName` and `Domain` are of the account that logged. */
const shipperKeys: ReadonlySet<string> = new Set([
  'EventReceivedTime',
  'Severity',
  'SeverityValue',
  'SourceModuleName',
  'SourceModuleType',
  'AccountName',
  'AccountType',
  'Domain',
  'EventTypeOrignal',
  '@timestamp',
  '@version',
  'host',
  'port',
  'tags',
  'type',
]);

/** nxlog's own `EventType`, which takes the place of a field of that name in the event (Sysmon 12 to 14, 17 to 21). */
const nxlogEventTypes: ReadonlySet<string> = new Set([
  'CRITICAL',
  'ERROR',
  'WARNING',
  'INFO',
  'VERBOSE',
  'DEBUG',
  'AUDIT_SUCCESS',
  'AUDIT_FAILURE',
]);

/** Whether the members are an event as nxlog writes it. */
export function isNxlog(members: Members): boolean {
  return (
    'EventTime' in members &&
    'EventID' in members &&
    ('SourceModuleType' in members || 'SeverityValue' in members || 'EventReceivedTime' in members)
  );
}

/**
 * nxlog's flat form. `EventTime` is local time without a zone; where a Logstash behind it stamped `@timestamp` (UTC) beside
 * nxlog's `EventReceivedTime` (the same local clock), the two give the zone. `ProcessID` without `ExecutionProcessID` is the
 * process that logged, never the one that acted.
 */
export function readNxlog(record: SourceRecord, members: Members): WindowsRecord {
  const parts = newParts();
  const hasExecution = 'ExecutionProcessID' in members;
  for (const key in members) addMember(parts, key, members, hasExecution);
  const zone = zoneOf(members);
  const eventTime = textOf(members.EventTime);
  const local = eventTime === undefined ? undefined : parseIsoTicks(eventTime);
  parts.systemTime = eventTime;
  if (local !== undefined) {
    parts.time = local - (zone ?? 0n);
    return assemble(record, 'nxlog', parts, {
      clock: zone === undefined ? 'EventTime' : 'EventTime, zone from @timestamp',
      trust: zone === undefined ? 'local' : 'utc',
    });
  }
  const stamped = textOf(members['@timestamp']);
  parts.time = stamped === undefined ? undefined : parseIsoTicks(stamped);
  return assemble(record, 'nxlog', parts, { clock: '@timestamp', trust: 'utc' });
}

function addMember(parts: FoundParts, key: string, members: Members, hasExecution: boolean): void {
  const value = members[key];
  const text = textOf(value);
  const member =
    key === 'ProcessID' && !hasExecution ? 'executionProcessId' : flatMember(key, members, parts);
  if (member !== undefined && text !== undefined) {
    if (text !== '') parts[member] = member === 'keywords' ? keywordMask(text) : text;
    return;
  }
  const made = fieldValueOf(value);
  if (made === undefined || made === '' || key === 'EventTime') return;
  if (key === 'OpcodeValue') parts.opcode = text;
  else if (key === 'Opcode') parts.opcode ??= text;
  else if (key === 'Category') parts.extra.push(['TaskCategory', made]);
  else if (shipperKeys.has(key) || (key === 'EventType' && nxlogEventTypes.has(text ?? '')))
    parts.extra.push([key, made]);
  else parts.data.push({ name: key, value: made });
}

const QUARTER = 900n * TICKS_PER_SECOND;

/** Local clock minus UTC, in ticks, by the two stamps of reception; to the quarter of an hour, as zones are. */
function zoneOf(members: Members): Ticks | undefined {
  const receivedText = textOf(members.EventReceivedTime);
  const stampedText = textOf(members['@timestamp']);
  if (receivedText === undefined || stampedText === undefined) return undefined;
  const received = parseIsoTicks(receivedText);
  const stamped = parseIsoTicks(stampedText);
  if (received === undefined || stamped === undefined) return undefined;
  const difference = received - stamped;
  const quarters = (difference + (difference < 0n ? -QUARTER : QUARTER) / 2n) / QUARTER;
  const zone = quarters * QUARTER;
  const rest = difference - zone;
  const tolerance = 120n * TICKS_PER_SECOND;
  const plausible = rest < tolerance && rest > -tolerance && zone <= 56n * QUARTER && zone >= -48n * QUARTER;
  return plausible ? zone : undefined;
}
