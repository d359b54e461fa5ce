import { createHash } from 'node:crypto';
import type { FieldValue } from '../src/events/event.ts';
import type { EventClass } from '../src/events/event-class.ts';
import type { ObservationKind, ObservationRow } from '../src/lineage/observation.ts';
import type { StoredEvent } from '../src/store/store.ts';

const classes: Readonly<Record<ObservationKind, EventClass>> = {
  start: 'process-start',
  end: 'process-end',
  activity: 'network',
  boot: 'boot',
  shutdown: 'boot',
  'sensor-start': 'sensor-state',
};

const codes: Partial<Readonly<Record<ObservationKind, string>>> = {
  boot: '12',
  shutdown: '13',
  'sensor-start': '4',
};

/** The event from which the store's reader makes an observation again; its id is the row's, as bytes. */
export function storedObservation(host: string, row: ObservationRow): StoredEvent {
  const { event, kind } = row;
  const said: Readonly<Record<string, string | number | undefined>> = {
    EventCode: codes[kind] ?? event.eventCode,
    State: kind === 'sensor-start' ? 'Started' : undefined,
    process_id: row.pid,
    process_guid: row.guid,
    process_path: row.image,
    CommandLine: row.commandLine,
    User: row.user,
    LogonId: row.logonId,
    process_integrity_level: row.integrityLevel,
    SHA256: row.hash,
    parent_process_id: row.parentPid,
    parent_process_guid: row.parentGuid,
    parent_process_path: row.parentImage,
    ParentCommandLine: row.parentCommandLine,
    ParentUser: row.parentUser,
  };
  const fields: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(said))
    if (value !== undefined && value !== '') fields[name] = String(value);
  return {
    event: {
      time: event.time,
      timeSource: 'UtcTime',
      host,
      source: 'made up',
      sourcetype: 'made up',
      product: event.product,
      eventClass: classes[kind],
      raw: '',
      fields,
    },
    index: 'main',
    arrival: event.arrival,
    origin: 'made up',
    offset: 0,
    fingerprint: createHash('md5').update(event.id).digest(),
  };
}
