import type { EventClass } from '../../events/event-class.ts';
import type { Said } from '../edr/edr-record.ts';
import { putAccount, putFile, putHashes, putProcess, putSession } from '../edr/process-fields.ts';
import { sensorKey } from '../edr/process-key.ts';
import type { Fields } from '../fields.ts';
import { put, putDestination, putDestinationAddress, putPort, putSource } from '../proxy/network-fields.ts';
import { integrityLevel } from '../security/integrity-level.ts';

/** The sensor's id of a process, with its agent: unique for as long as the data lives, and no process id of the system. */
export function falconKey(said: Said, member: string): string | undefined {
  const agent = said('aid');
  const id = said(member);
  return agent === undefined || id === undefined ? undefined : sensorKey(agent, id, 'decimal');
}

/**
 * A process that started or ended. `RawProcessId` is the system's process id. The parent is told by the sensor's id and, in
 * newer versions, the name of its program; `SourceProcessId` asked for the creation and is the parent but where that is disguised.
 */
export function addTarget(fields: Fields, said: Said): void {
  putProcess(fields, 'process', {
    path: said('ImageFileName'),
    commandLine: said('CommandLine'),
    pid: said('RawProcessId'),
    guid: falconKey(said, 'TargetProcessId'),
  });
  putProcess(fields, 'parent_process', {
    name: said('ParentBaseFileName'),
    commandLine: said('ParentCommandLine'),
    guid: falconKey(said, 'ParentProcessId'),
  });
  putProcess(fields, 'grandparent_process', { name: said('GrandParentBaseFileName') });
  const creator = falconKey(said, 'SourceProcessId');
  if (creator !== undefined && creator !== fields.parent_process_guid) fields.creator_process_guid = creator;
  put(fields, 'process_current_directory', said('WorkingDirectory'));
  put(fields, 'original_file_name', said('OriginalFilename'));
  putHashes(fields, 'process_hash', hashesOf(said));
  const level = said('IntegrityLevel');
  if (level !== undefined && /^\d{1,9}$/.test(level))
    put(fields, 'process_integrity_level', integrityLevel(`S-1-16-${level}`));
  addUser(fields, said);
}

/** The process that acted is `ContextProcessId`: the event does not say which program that is, but for newer versions. */
export function addContext(fields: Fields, said: Said, eventClass: EventClass): void {
  const guid = falconKey(said, 'RpcClientProcessId') ?? falconKey(said, 'ContextProcessId');
  putProcess(fields, 'process', { name: said('ContextBaseFileName') ?? said('ContextImageFileName'), guid });
  addUser(fields, said);
  switch (eventClass) {
    case 'network':
      addConnection(fields, said);
      return;
    case 'dns':
      put(fields, 'query', said('DomainName'));
      addAnswers(fields, said);
      return;
    case 'registry':
      addRegistry(fields, said);
      return;
    case 'module-load':
    case 'driver-load':
      put(fields, 'ImageLoaded', said('ImageFileName'));
      putHashes(fields, 'process_hash', hashesOf(said));
      return;
    case 'remote-thread':
    case 'process-access':
      putProcess(fields, 'target_process', {
        path: said('TargetImageFileName'),
        guid: falconKey(said, 'TargetProcessId'),
      });
      return;
    case 'logon':
      putSource(fields, said('RemoteAddressIP4') ?? said('RemoteAddressIP6'));
      put(fields, 'src_host', said('ClientComputerName'));
      return;
    case 'script':
      put(fields, 'ScriptBlockText', said('ScriptContent') ?? said('CommandHistory'));
      return;
    case 'service':
      put(fields, 'service_name', said('ServiceDisplayName'));
      put(fields, 'service_path', said('ServiceImagePath') ?? said('ImageFileName'));
      return;
    case 'file-create':
    case 'file-delete':
    case 'file-access':
      putFile(fields, said('TargetFileName') ?? said('ImageFileName'));
      putHashes(fields, 'file_hash', hashesOf(said));
      return;
    default:
  }
}

/** 0 went out, 1 came in; Local is this computer's side in both. */
function addConnection(fields: Fields, said: Said): void {
  const direction = said('ConnectionDirection');
  const inbound = direction === '1' || /ReceiveAccept/.test(said('event_simpleName') ?? '');
  const near = said('LocalAddressIP4') ?? said('LocalAddressIP6');
  const far = said('RemoteAddressIP4') ?? said('RemoteAddressIP6');
  putSource(fields, inbound ? far : near, said(inbound ? 'RemotePort' : 'LocalPort'));
  putDestinationAddress(fields, inbound ? near : far);
  putPort(fields, 'dest_port', said(inbound ? 'LocalPort' : 'RemotePort'));
  if (far !== undefined) fields.direction = inbound ? 'inbound' : 'outbound';
  put(fields, 'transport', transports[said('Protocol') ?? '']);
  const name = said('DomainName') ?? said('HttpHost');
  if (name !== undefined && !inbound) putDestination(fields, name);
}

const transports: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmp' };

function addAnswers(fields: Fields, said: Said): void {
  const written = [said('IP4Records'), said('IP6Records'), said('CNAMERecords')]
    .flatMap((text) => (text ?? '').slice(0, 65_536).split(';'))
    .map((text) => text.trim())
    .filter((text) => text !== '');
  if (written.length > 0) fields.answer = written.length === 1 ? (written[0] as string) : written;
}

function addRegistry(fields: Fields, said: Said): void {
  const key = said('RegObjectName');
  const value = said('RegValueName');
  if (key !== undefined) {
    fields.registry_path = value === undefined ? key : `${key}\\${value}`;
    fields.registry_key_name = key;
  }
  put(fields, 'registry_value_name', value);
  put(fields, 'registry_value_type', said('RegType'));
  put(fields, 'registry_value_data', said('RegStringValue') ?? said('RegNumericValue'));
}

function addUser(fields: Fields, said: Said): void {
  putAccount(fields, 'user', said('UserName'), said('LogonDomain') ?? said('UserDomain'));
  put(fields, 'user_id', said('UserSid') ?? said('UID'));
  putSession(fields, said('AuthenticationId'));
}

function hashesOf(said: Said) {
  return { SHA256: said('SHA256HashData'), SHA1: said('SHA1HashData'), MD5: said('MD5HashData') };
}
