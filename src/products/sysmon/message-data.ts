import { addNote, type Fields } from '../fields.ts';
import type { WindowsRecord } from '../windows-shapes/windows-record.ts';
import { readSysmonMessage } from './sysmon-message.ts';

/** Events that have an `EventType` of their own; nxlog writes its severity under that name. */
const withEventType: ReadonlySet<string> = new Set(['12', '13', '14', '17', '18', '19', '20', '21']);

/** Events of no process that acted, by its id. */
const withoutProcess: ReadonlySet<string> = new Set(['4', '6', '8', '10', '16', '19', '20', '21', '255']);

/**
 * Whether a shipper lost fields that the message still has: nxlog drops `ProcessId` in some versions and overwrites
 * `EventType` and `Version`; exports as text have nothing but the message.
 */
function needsMessage(fields: Fields, eventId: string, shape: WindowsRecord['shape']): boolean {
  if (fields.UtcTime === undefined) return true;
  if (fields.ProcessId === undefined && !withoutProcess.has(eventId)) return true;
  return shape === 'nxlog' && (withEventType.has(eventId) || eventId === '4');
}

/** Adds fields out of the message where the record lost them. */
export function addMessageData(fields: Fields, record: WindowsRecord, eventId: string): void {
  const { message, shape } = record;
  if (message === undefined || shape === 'xml' || !needsMessage(fields, eventId, shape)) return;
  const { data, repeated } = readSysmonMessage(message);
  for (const { name, value } of data) {
    if (name === undefined || value === '') continue;
    const overwritten = shape === 'nxlog' && (name === 'EventType' || name === 'Version');
    if (overwritten || fields[name] === undefined) fields[name] = value;
  }
  if (repeated.length > 0)
    addNote(
      fields,
      `The message has more than once: ${[...new Set(repeated)].join(', ')}; first values taken`,
    );
}
