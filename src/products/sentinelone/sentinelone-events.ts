import type { EventClass } from '../../events/event-class.ts';

export interface SentinelEvent {
  readonly eventClass: EventClass;
  readonly action?: string;
}

type Row = readonly [pattern: RegExp, eventClass: EventClass, action?: string];

/** By `event.type`, in lower case without anything but letters: exports write it with blanks, capitals or underlines. */
const rows: readonly Row[] = [
  [/^processcreation$/, 'process-start', 'allowed'],
  [/^process(?:exit|termination)$/, 'process-end', 'blocked'],
  [/^(?:openremoteprocesshandle|duplicateprocesshandle|duplicatethreadhandle)$/, 'process-access'],
  [/^remotethreadcreation$/, 'remote-thread'],
  [/^processmodification$/, 'process-tampering'],
  [/^file(?:creation|created)$/, 'file-create', 'created'],
  [/^file(?:modification|rename)$/, 'file-create', 'modified'],
  [/^filedeletion$/, 'file-delete', 'deleted'],
  [/^filescan$/, 'file-access', 'read'],
  [/^registry(?:key|value)(?:create|creation)$/, 'registry', 'created'],
  [/^registry(?:key|value)(?:delete|deletion)$/, 'registry', 'deleted'],
  [/^registry/, 'registry', 'modified'],
  [/^ipconnect$|^tcpv[46]$/, 'network', 'allowed'],
  [/^iplisten$/, 'network'],
  [/^(?:get|post|put|delete|options|connect|head)$/, 'network'],
  [/^dns/, 'dns'],
  [/^moduleload$/, 'module-load', 'success'],
  [/^driverload$/, 'driver-load', 'allowed'],
  [/^(?:login|logout)$/, 'logon'],
  [/^task/, 'scheduled-task'],
  [/^(?:commandscript|script)/, 'script'],
  [/^namedpipe/, 'pipe'],
];

/** What an event of a type tells. */
export function sentinelEvent(type: string): SentinelEvent {
  const plain = type.toLowerCase().replace(/[^a-z0-9]/g, '');
  const found = rows.find(([pattern]) => pattern.test(plain));
  if (found === undefined) return { eventClass: 'other' };
  const [, eventClass, action] = found;
  return action === undefined ? { eventClass } : { eventClass, action };
}
