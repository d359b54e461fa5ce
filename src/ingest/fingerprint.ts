import { hash } from 'node:crypto';
import { type Event, UNKNOWN_HOST } from '../events/event.ts';
import type { SourceRecord, StoredEventRecord, WindowsEventRecord } from '../formats/record.ts';
import type { OccurrenceCounter } from './occurrence-counter.ts';

const fingerprintBytes = 16;

/**
 * What makes a record the same event when it is read again: 16 bytes of SHA-256, so that nobody can write an event that
 * hides another.
 *
 * A Windows event with a record id is all that it says, so it is the same from an EVTX file and from an XML export that
 * says no more, and when one file has it twice (dirty files do). Any other record is its text with the export's host and
 * source, and how often the same came before in its file (`occurrences`): two equal lines are two events in one file, and
 * the file again, or a longer copy of it, adds nothing. Where a record has no time of its own, or is a row of an export
 * that names no host, equal ones of two files may be two events, so there the file counts too.
 */
export function fingerprintOf(
  record: SourceRecord,
  event: Event,
  index: string,
  origin: string,
  occurrences: OccurrenceCounter,
): Uint8Array {
  if (record.kind === 'stored-event') return ofStored(record, index);
  if (record.kind === 'windows-event' && record.recordId !== undefined) {
    return digest(windowsIdentity(record, index));
  }
  const isAnybodys = record.kind === 'row' && record.table === undefined && event.host === UNKNOWN_HOST;
  const file = isAnybodys || event.timeSource.includes('arrival') ? origin : undefined;
  const first = digest(textIdentity(record, event, index, file));
  const before = occurrences.next(first.readUIntLE(0, 6) + 1);
  return before === 0 ? first : digest(`${first.toString('latin1')}${before}`);
}

/** An event that comes back is the one it was; under another index it is another, and always the same. */
function ofStored({ id, envelope }: StoredEventRecord, index: string): Uint8Array {
  return envelope.index === index ? Buffer.from(id, 'hex') : digest(`stored${framed(id)}${framed(index)}`);
}

type WindowsText = Exclude<
  keyof WindowsEventRecord,
  'kind' | 'raw' | 'offset' | 'envelope' | 'time' | 'data' | 'rendering'
>;

/** All that a Windows event says besides its data, whatever its form; `time` is `systemTime` read. */
const windowsTexts: Readonly<Record<WindowsText, true>> = {
  provider: true,
  providerGuid: true,
  eventSourceName: true,
  eventId: true,
  qualifiers: true,
  version: true,
  level: true,
  task: true,
  opcode: true,
  keywords: true,
  systemTime: true,
  recordId: true,
  activityId: true,
  relatedActivityId: true,
  executionProcessId: true,
  executionThreadId: true,
  channel: true,
  computer: true,
  securityUserId: true,
  dataPart: true,
  dataName: true,
};
const windowsTextNames = Object.keys(windowsTexts) as readonly WindowsText[];

function windowsIdentity(record: WindowsEventRecord, index: string): string {
  let identity = framed(index);
  for (const name of windowsTextNames) identity += framed(record[name]);
  for (const { name, value } of record.data) {
    identity += framed(name);
    if (typeof value === 'string') identity += framed(readAsXml(value));
    else identity += `[${value.map((item) => framed(readAsXml(item))).join('')}]`;
  }
  return record.rendering ? identity + JSON.stringify(record.rendering) : identity;
}

/** A value as XML gives it (XML 1.0, 2.11): a binary log has carriage returns that its XML, read again, has not. */
function readAsXml(value: string): string {
  return value.includes('\r') ? value.replace(/\r\n?/g, '\n') : value;
}

/** A text with its length in front, so that no two lists of texts become one. */
function framed(text: string | undefined): string {
  return text === undefined ? '-' : `${text.length}:${text}`;
}

function textIdentity(record: SourceRecord, event: Event, index: string, file: string | undefined): string {
  const { host, source } = record.envelope ?? {};
  const said = [record.kind, index, event.host, host, source, file].map(framed).join('');
  const header = record.kind === 'row' ? Object.keys(record.cells).map(framed).join('') : '';
  return `${said}[${header}]${record.raw}`;
}

function digest(identity: string): Buffer {
  return hash('sha256', identity, 'buffer').subarray(0, fingerprintBytes);
}
