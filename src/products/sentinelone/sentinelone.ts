import type { Event } from '../../events/event.ts';
import type { EventClass } from '../../events/event-class.ts';
import type { SourceRecord } from '../../formats/record.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { edrEvent } from '../edr/edr-event.ts';
import { membersOf, recordedFields, type Said, saidBy } from '../edr/edr-record.ts';
import { putAccount, putFile, putHashes, putProcess, type SaidProcess } from '../edr/process-fields.ts';
import { sensorKey } from '../edr/process-key.ts';
import type { Fields } from '../fields.ts';
import { readMoment } from '../generic/generic-time.ts';
import type { LogProduct } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { put, putDestinationAddress, putPort, putSource, putUrl } from '../proxy/network-fields.ts';
import { sentinelEvent } from './sentinelone-events.ts';
import { deepVisibility } from './sentinelone-names.ts';

/**
 * SentinelOne's Deep Visibility, as Cloud Funnel streams it and as its exports write it, also under the older names. In a
 * creation `tgt.process` is new and `src.process` its parent; in all others `src.process` acted. The storyline is a group of
 * what belongs together, and identifies no process.
 */
export const sentinelOne: LogProduct = { name: 'sentinelone', read: readSentinelOne };

function readSentinelOne(record: SourceRecord, context: MappingContext): Event | undefined {
  const members = membersOf(record);
  if (members === undefined) return undefined;
  const isNested = 'src' in members || 'tgt' in members;
  if (!isNested && !('event.type' in members || 'eventType' in members || 'EventType' in members))
    return undefined;
  const fields = recordedFields(members);
  const said = deepVisibility(saidBy(fields));
  const type = said('event.type');
  if (type === undefined || !namesProcess(said)) return undefined;
  const { eventClass, action } = sentinelEvent(type);
  const isCreation = eventClass === 'process-start';
  const acting = saidProcess(said, 'src.process');
  if (isCreation) {
    putProcess(fields, 'process', saidProcess(said, 'tgt.process'));
    putProcess(fields, 'parent_process', acting);
    putProcess(fields, 'grandparent_process', saidProcess(said, 'src.process.parent'));
    putAccount(fields, 'parent_user', said('src.process.user'));
  } else {
    putProcess(fields, 'process', acting);
    putProcess(fields, 'parent_process', saidProcess(said, 'src.process.parent'));
    if (said('tgt.process.uid') !== undefined)
      putProcess(fields, 'target_process', saidProcess(said, 'tgt.process'));
  }
  const own = isCreation ? 'tgt.process' : 'src.process';
  putAccount(fields, 'user', said(`${own}.user`));
  put(fields, 'process_integrity_level', said(`${own}.integrityLevel`)?.toLowerCase());
  if (isCreation) putHashes(fields, 'process_hash', hashesOf(said, 'tgt.process.image'));
  addObject(fields, said, eventClass);
  if (action !== undefined) fields.action = action;
  fields.signature = type;
  fields.vendor_product = 'SentinelOne';
  return edrEvent(record, {
    product: 'sentinelone',
    source: type,
    sourcetype: 'sentinelone:deep_visibility',
    eventClass,
    time: timeOf(said, isCreation, context),
    host: said('endpoint.name') ?? said('agent.uuid'),
    fields,
  });
}

function namesProcess(said: Said): boolean {
  return [
    'src.process.uid',
    'tgt.process.uid',
    'src.process.pid',
    'src.process.storyline.id',
    'agent.uuid',
  ].some((name) => said(name) !== undefined);
}

type Role = 'src.process' | 'src.process.parent' | 'tgt.process';

function saidProcess(said: Said, role: Role): SaidProcess {
  const agent = said('agent.uuid') ?? said('endpoint.name') ?? '';
  const uid = said(`${role}.uid`);
  return {
    path: said(`${role}.image.path`),
    name: said(`${role}.image.path`) === undefined ? said(`${role}.name`) : undefined,
    commandLine: said(`${role}.cmdline`),
    pid: said(`${role}.pid`),
    guid: uid === undefined ? undefined : sensorKey(agent, uid, 'hexadecimal'),
  };
}

/** What was acted on. */
function addObject(fields: Fields, said: Said, eventClass: EventClass): void {
  switch (eventClass) {
    case 'network':
      addConnection(fields, said);
      return;
    case 'dns':
      put(fields, 'query', said('event.dns.request'));
      put(fields, 'answer', said('event.dns.response'));
      return;
    case 'registry':
      put(fields, 'registry_path', said('registry.keyPath'));
      put(fields, 'registry_key_name', said('registry.keyPath'));
      put(fields, 'registry_value_data', said('registry.value'));
      return;
    case 'module-load':
    case 'driver-load':
      put(fields, 'ImageLoaded', said('module.path') ?? said('tgt.file.path'));
      return;
    case 'logon':
      putAccount(fields, 'user', said('event.login.userName'));
      putSource(fields, said('src.endpoint.ip.address') ?? said('src.ip.address'));
      return;
    case 'script':
      put(fields, 'ScriptBlockText', said('cmdScript.content'));
      return;
    default:
      if (!eventClass.startsWith('file-')) return;
      putFile(fields, said('tgt.file.path'));
      putHashes(fields, 'file_hash', hashesOf(said, 'tgt.file'));
  }
}

/** `src` and `dst` are those of the connection, whichever side this computer is on. */
function addConnection(fields: Fields, said: Said): void {
  putSource(fields, said('src.ip.address'), said('src.port.number'));
  putUrl(fields, said('url.address'));
  putDestinationAddress(fields, said('dst.ip.address'));
  putPort(fields, 'dest_port', said('dst.port.number'));
  const direction = said('event.network.direction')?.toLowerCase();
  if (direction?.startsWith('out')) fields.direction = 'outbound';
  else if (direction?.startsWith('in')) fields.direction = 'inbound';
  put(fields, 'transport', /^(?:tcp|udp)/.exec(said('event.network.protocolName')?.toLowerCase() ?? '')?.[0]);
  if (typeof fields.process_path === 'string') fields.app = fields.process_path;
}

function hashesOf(said: Said, below: string) {
  return { SHA256: said(`${below}.sha256`), SHA1: said(`${below}.sha1`), MD5: said(`${below}.md5`) };
}

/** A creation happened when the new process started; an unset start comes as the year 1601. */
function timeOf(said: Said, isCreation: boolean, context: MappingContext): ChosenTime {
  const clocks = isCreation
    ? ['tgt.process.startTime', 'event.time', 'timestamp']
    : ['event.time', 'timestamp'];
  for (const clock of clocks) {
    const text = said(clock);
    const time = text === undefined ? undefined : readMoment(text);
    if (time !== undefined) return { time, source: clock };
  }
  return { time: context.arrival, source: 'arrival' };
}
