import type { SourceRecord, WindowsEventRecord } from '../../formats/record.ts';
import type { ClockTrust, FoundParts, WindowsRecord, WindowsShape } from './windows-record.ts';

/** What a shape says of the time that it found. */
export interface FoundClock {
  readonly clock: string;
  readonly trust: ClockTrust;
}

/** Puts the parts that a shape found into the common form. */
export function assemble(
  record: SourceRecord,
  shape: WindowsShape,
  parts: FoundParts,
  clock: FoundClock,
): WindowsRecord {
  const event: WindowsEventRecord = {
    kind: 'windows-event',
    raw: record.raw,
    offset: record.offset,
    provider: parts.provider,
    providerGuid: parts.providerGuid,
    eventSourceName: parts.eventSourceName,
    eventId: parts.eventId,
    qualifiers: parts.qualifiers,
    version: parts.version,
    level: parts.level,
    task: parts.task,
    opcode: parts.opcode,
    keywords: parts.keywords,
    systemTime: parts.systemTime,
    time: parts.time,
    recordId: parts.recordId,
    activityId: parts.activityId,
    relatedActivityId: parts.relatedActivityId,
    executionProcessId: parts.executionProcessId,
    executionThreadId: parts.executionThreadId,
    channel: parts.channel,
    computer: parts.computer,
    securityUserId: parts.securityUserId,
    data: parts.data,
    dataPart: parts.data.length > 0 ? (parts.dataPart ?? 'EventData') : 'none',
    dataName: parts.dataName,
  };
  return {
    shape,
    event: record.envelope === undefined ? event : { ...event, envelope: record.envelope },
    clock: clock.clock,
    clockTrust: clock.trust,
    message: parts.message,
    extra: parts.extra,
  };
}
