import type { EventClass } from '../../events/event-class.ts';
import type { Said } from '../edr/edr-record.ts';
import { putAccount, putFile, putHashes, putProcess, type SaidProcess } from '../edr/process-fields.ts';
import type { Fields } from '../fields.ts';
import { put, putDestination, putDestinationAddress, putPort, putSource } from '../proxy/network-fields.ts';
import { carbonBlackKey, processIdOfKey } from './carbon-black-guid.ts';

/** What a record says of the process of a role, by the prefix of its members in the cloud. */
function cloudProcess(said: Said, role: 'process' | 'parent' | 'childproc' | 'crossproc'): SaidProcess {
  const guid = carbonBlackKey(said(`${role}_guid`));
  return {
    path: said(`${role}_path`) ?? said(`${role}_name`),
    commandLine: said(`${role}_cmdline`),
    pid: said(`${role}_pid`) ?? processIdOfKey(guid),
    guid,
  };
}

/** In the cloud `process` acted and started `childproc`; a start seen late (`ACTION_PROCESS_DISCOVERED`) has itself as parent at times. */
export function addCloud(fields: Fields, said: Said, eventClass: EventClass): void {
  const acting = cloudProcess(said, 'process');
  const above = cloudProcess(said, 'parent');
  const user = said('process_username');
  const hashes = said('process_hash');
  if (eventClass === 'process-start') {
    const child = cloudProcess(said, 'childproc');
    putProcess(fields, 'process', child);
    if (acting.guid !== child.guid) putProcess(fields, 'parent_process', acting);
    putProcess(fields, 'grandparent_process', above);
    putAccount(fields, 'user', said('childproc_username'));
    putAccount(fields, 'parent_user', user);
    putHashes(fields, 'process_hash', hashList(fields, 'childproc_hash'));
  } else {
    putProcess(fields, 'process', acting);
    if (above.guid !== acting.guid) putProcess(fields, 'parent_process', above);
    putAccount(fields, 'user', user);
    putProcess(fields, 'target_process', cloudProcess(said, 'crossproc'));
    if (hashes !== undefined) put(fields, 'process_hash', hashes);
  }
  addObject(fields, said, eventClass, {
    file: said('filemod_name') ?? said('scriptload_name'),
    module: said('modload_name'),
    registry: said('regmod_name'),
    domain: said('remote_host') ?? said('netconn_domain'),
  });
}

/** In EDR `process_guid` and `path` are of the new process in a start; in all others `process_guid` acted, and `path` is the object. */
export function addEdr(fields: Fields, said: Said, eventClass: EventClass, kind: string): void {
  const guid = carbonBlackKey(said('process_guid'));
  const parent = carbonBlackKey(said('parent_process_guid')) ?? carbonBlackKey(said('parent_guid'));
  const own = said('process_path');
  const path = said('path');
  const child = carbonBlackKey(said('child_process_guid'));
  if (eventClass === 'process-start' || eventClass === 'process-end') {
    putProcess(fields, 'process', {
      path: path ?? own,
      commandLine: said('command_line') ?? said('cmdline'),
      pid: said('pid') ?? processIdOfKey(guid),
      guid,
    });
    if (parent !== guid)
      putProcess(fields, 'parent_process', {
        path: said('parent_path'),
        pid: said('parent_pid') ?? processIdOfKey(parent),
        guid: parent,
      });
    putAccount(fields, 'user', said('username'));
    putHashes(fields, 'process_hash', { MD5: said('md5'), SHA256: said('sha256'), SHA1: undefined });
    return;
  }
  putProcess(fields, 'process', { path: own, pid: said('pid') ?? processIdOfKey(guid), guid });
  putAccount(fields, 'user', said('username'));
  const target = carbonBlackKey(said('target_process_guid')) ?? child;
  if (kind !== 'netconn')
    putProcess(fields, 'target_process', {
      path: said('target_path'),
      pid: said('target_pid') ?? processIdOfKey(target),
      guid: target,
    });
  addObject(fields, said, eventClass, { file: path, module: path, registry: path, domain: said('domain') });
}

interface Objects {
  readonly file: string | undefined;
  readonly module: string | undefined;
  readonly registry: string | undefined;
  readonly domain: string | undefined;
}

function addObject(fields: Fields, said: Said, eventClass: EventClass, objects: Objects): void {
  if (eventClass === 'network') addConnection(fields, said, objects.domain);
  else if (eventClass === 'registry') {
    put(fields, 'registry_path', objects.registry);
    put(fields, 'registry_key_name', objects.registry);
  } else if (eventClass === 'module-load') put(fields, 'ImageLoaded', objects.module);
  else if (eventClass.startsWith('file-')) {
    putFile(fields, objects.file);
    putHashes(fields, 'file_hash', { MD5: said('file_md5'), SHA256: said('file_sha256'), SHA1: undefined });
  } else if (eventClass === 'script') put(fields, 'ScriptBlockText', said('fileless_scriptload_cmdline'));
}

const transports: Readonly<Record<string, string>> = {
  '6': 'tcp',
  '17': 'udp',
  PROTO_TCP: 'tcp',
  PROTO_UDP: 'udp',
};

/** Local is this computer's side. The address as a number has its bytes in an order that differs between versions: only text is taken. */
function addConnection(fields: Fields, said: Said, domain: string | undefined): void {
  const inbound = said('direction') === 'inbound' || said('netconn_inbound') === 'true';
  const [from, to] = inbound ? (['remote', 'local'] as const) : (['local', 'remote'] as const);
  putSource(fields, dotted(said(`${from}_ip`)), said(`${from}_port`));
  if (!inbound) putDestination(fields, domain);
  putDestinationAddress(fields, dotted(said(`${to}_ip`)) ?? (inbound ? undefined : dotted(said('ipv4'))));
  putPort(fields, 'dest_port', said(`${to}_port`) ?? (inbound ? undefined : said('port')));
  fields.direction = inbound ? 'inbound' : 'outbound';
  put(fields, 'transport', transports[said('protocol') ?? said('netconn_protocol') ?? '']);
  if (typeof fields.process_path === 'string') fields.app = fields.process_path;
}

function dotted(address: string | undefined): string | undefined {
  return address !== undefined && /[.:]/.test(address) ? address : undefined;
}

/** `[md5, sha256]`, in some feeds as the text of such a list. */
function hashList(fields: Fields, name: string) {
  const listed = [fields[`${name}{}`] ?? fields[name] ?? []].flat().join(' ').slice(0, 1_024);
  const found = listed.match(/\b[0-9a-f]{32}\b|\b[0-9a-f]{64}\b/gi) ?? [];
  const ofLength = (length: number) => found.find((text) => text.length === length);
  return { MD5: ofLength(32), SHA256: ofLength(64), SHA1: undefined };
}
