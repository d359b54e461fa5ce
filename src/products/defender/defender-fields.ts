import type { EventClass } from '../../events/event-class.ts';
import type { Said } from '../edr/edr-record.ts';
import { putAccount, putFile, putHashes, putProcess, putSession } from '../edr/process-fields.ts';
import type { Fields } from '../fields.ts';
import { plainAddress } from '../proxy/network-address.ts';
import {
  put,
  putDestination,
  putDestinationAddress,
  putPort,
  putSource,
  putUrl,
} from '../proxy/network-fields.ts';
import { fileName } from '../values/file-name.ts';
import { isExec, saidProcess } from './defender-process.ts';

/** The new process of a creation, its parent (the initiating process) and its parent's parent. */
export function addCreation(fields: Fields, said: Said): void {
  putProcess(fields, 'process', saidProcess(said, 'subject'));
  if (isExec(said)) putProcess(fields, 'parent_process', saidProcess(said, 'initiating-parent'));
  else {
    putProcess(fields, 'parent_process', saidProcess(said, 'initiating'));
    putProcess(fields, 'grandparent_process', saidProcess(said, 'initiating-parent'));
    putAccount(
      fields,
      'parent_user',
      said('InitiatingProcessAccountName'),
      said('InitiatingProcessAccountDomain'),
    );
  }
  putAccount(fields, 'user', said('AccountName'), said('AccountDomain'));
  put(fields, 'user_id', said('AccountSid'));
  putSession(fields, said('LogonId'));
  put(fields, 'process_integrity_level', said('ProcessIntegrityLevel')?.toLowerCase());
  put(fields, 'original_file_name', said('ProcessVersionInfoOriginalFileName'));
  putHashes(fields, 'process_hash', hashesOf(said, ''));
}

/** The process that acted, and its parent. Who acted in all rows but those of creations. */
export function addActor(fields: Fields, said: Said, eventClass: EventClass): void {
  putProcess(fields, 'process', saidProcess(said, 'initiating'));
  putProcess(fields, 'parent_process', saidProcess(said, 'initiating-parent'));
  const who = eventClass === 'logon' ? 'src_user' : 'user';
  putAccount(fields, who, said('InitiatingProcessAccountName'), said('InitiatingProcessAccountDomain'));
  if (eventClass === 'logon') {
    putAccount(fields, 'user', said('AccountName'), said('AccountDomain'));
    put(fields, 'user_id', said('AccountSid'));
    putSession(fields, said('LogonId'));
  } else {
    put(fields, 'user_id', said('InitiatingProcessAccountSid'));
    putSession(fields, said('InitiatingProcessLogonId'));
  }
  put(fields, 'process_integrity_level', said('InitiatingProcessIntegrityLevel')?.toLowerCase());
  addObject(fields, said, eventClass);
}

/** What was acted on. */
function addObject(fields: Fields, said: Said, eventClass: EventClass): void {
  switch (eventClass) {
    case 'network':
    case 'dns':
      addConnection(fields, said);
      return;
    case 'logon':
      putSource(fields, said('RemoteIP'), said('RemotePort'));
      put(fields, 'src_host', said('RemoteDeviceName'));
      if (said('RemoteIP') === undefined) put(fields, 'src', said('RemoteDeviceName'));
      put(fields, 'authentication_method', said('Protocol'));
      return;
    case 'registry':
      addRegistry(fields, said);
      return;
    case 'module-load':
    case 'driver-load':
      put(fields, 'ImageLoaded', saidProcess(said, 'subject').path);
      putHashes(fields, 'process_hash', hashesOf(said, ''));
      return;
    case 'process-access':
    case 'process-tampering':
    case 'remote-thread':
      putProcess(fields, 'target_process', saidProcess(said, 'subject'));
      return;
    default:
      addFile(fields, said);
  }
}

function addFile(fields: Fields, said: Said): void {
  if (said('FileName') === undefined && said('FolderPath') === undefined) return;
  putFile(fields, saidProcess(said, 'subject').path, said('FileName'));
  putHashes(fields, 'file_hash', hashesOf(said, ''));
  put(fields, 'url', said('FileOriginUrl'));
}

/** A key that was deleted or renamed stands in the column of the previous one. */
function addRegistry(fields: Fields, said: Said): void {
  const key = said('RegistryKey') ?? said('PreviousRegistryKey');
  const value = said('RegistryValueName') ?? said('PreviousRegistryValueName');
  if (key !== undefined) {
    fields.registry_path = value === undefined ? key : `${key}\\${value}`;
    fields.registry_key_name = key;
    put(fields, 'registry_hive', key.split('\\', 1)[0]);
  }
  put(fields, 'registry_value_name', value);
  put(fields, 'registry_value_type', said('RegistryValueType'));
  put(fields, 'registry_value_data', said('RegistryValueData'));
}

/** Local is this computer's side, remote the other, whichever opened the connection. */
function addConnection(fields: Fields, said: Said): void {
  const inbound = /^(?:Inbound|FirewallInbound)/.test(said('ActionType') ?? '');
  const [near, far] = [['LocalIP', 'LocalPort'] as const, ['RemoteIP', 'RemotePort'] as const];
  const [from, to] = inbound ? [far, near] : [near, far];
  putSource(fields, said(from[0]), said(from[1]));
  const url = inbound ? undefined : said('RemoteUrl');
  if (url?.includes('://')) putUrl(fields, url);
  else if (url !== undefined) putNamed(fields, url);
  putDestinationAddress(fields, said(to[0]));
  putPort(fields, 'dest_port', said(to[1]));
  const listens = said('ActionType') === 'ListeningConnectionCreated';
  if (!listens) fields.direction = inbound ? 'inbound' : 'outbound';
  put(fields, 'transport', transportOf(said('Protocol')));
  const path = fields.process_path;
  if (typeof path === 'string') fields.app = path;
  addInspected(fields, said, inbound);
}

/** RemoteUrl without a scheme: a name, an address, or either with a path. */
function putNamed(fields: Fields, url: string): void {
  const end = url.search(/[/?#]/);
  putDestination(fields, end < 0 ? url : url.slice(0, end));
  if (end >= 0) fields.url = url;
}

/** What the network inspection and the DNS client say beside the columns. */
function addInspected(fields: Fields, said: Said, inbound: boolean): void {
  const extra: Said = (name) => said(`AdditionalFields.${name}`);
  const query = extra('DnsQueryString') ?? extra('query');
  put(fields, 'query', query);
  if (query !== undefined) {
    const answers = fields['AdditionalFields.answers{}'];
    if (answers !== undefined) fields.answer = answers;
    put(fields, 'reply_code', extra('rcode_name'));
  }
  const host = extra('host') ?? extra('server_name');
  if (host !== undefined && !inbound && plainAddress(host) === undefined) {
    fields.dest_host = host;
    fields.dest = host;
  }
  put(fields, 'http_method', extra('method'));
  put(fields, 'status', extra('status_code'));
  put(fields, 'http_user_agent', extra('user_agent'));
  put(fields, 'uri_path', extra('uri'));
}

/** `Tcp`, `Udp`, also `TcpV4` and `Icmp`. */
function transportOf(protocol: string | undefined): string | undefined {
  return protocol === undefined ? undefined : /^(tcp|udp|icmp)/.exec(protocol.toLowerCase())?.[1];
}

function hashesOf(said: Said, prefix: string) {
  return { SHA256: said(`${prefix}SHA256`), SHA1: said(`${prefix}SHA1`), MD5: said(`${prefix}MD5`) };
}

/** A pipe's name, which comes in the additional fields. */
export function addPipe(fields: Fields, said: Said): void {
  const path = said('AdditionalFields.PipeName');
  put(fields, 'pipe_name', path === undefined ? undefined : (fileName(path) ?? path));
}
