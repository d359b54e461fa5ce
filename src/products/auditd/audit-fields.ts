import type { EventClass } from '../../events/event-class.ts';
import { putFile, putProcess } from '../edr/process-fields.ts';
import { addNote, type Fields } from '../fields.ts';
import { put, putDestinationAddress, putPort, putSource } from '../proxy/network-fields.ts';
import { execArguments, processTitle } from './audit-arguments.ts';
import { type AuditRecord, decoded, saidValue } from './audit-records.ts';
import { socketAddress } from './socket-address.ts';
import type { AuditCall } from './system-calls.ts';

/** What a field of the event's own record says. */
export type AuditSaid = (name: string) => string | undefined;

export function saidOf(record: AuditRecord): AuditSaid {
  return (name) => {
    const value = record.fields.get(name);
    return value === undefined ? undefined : saidValue(name, value);
  };
}

/** `auid` and `ses` before anybody logged on. */
const UNSET = '4294967295';

/** The process that made the call; where it takes on another program, what it is then. */
export function addActor(fields: Fields, said: AuditSaid): void {
  putProcess(fields, 'process', { path: said('exe'), pid: said('pid') });
  if (fields.process_name === undefined) put(fields, 'process_name', said('comm'));
  putProcess(fields, 'parent_process', { pid: said('ppid') });
  const id = said('uid');
  put(fields, 'user', said('UID') ?? (id === '0' ? 'root' : undefined));
  put(fields, 'user_id', id);
  const login = said('auid');
  if (login !== UNSET) put(fields, 'src_user', said('AUID') ?? (login === '0' ? 'root' : undefined));
  const session = said('ses');
  if (session !== undefined && session !== UNSET) fields.session_id = session;
}

/** The command line, the working directory and whether arguments are missing. */
export function addProgram(fields: Fields, records: readonly AuditRecord[]): void {
  const exec = execArguments(records);
  const program = exec !== undefined && exec.values.length > 0 ? exec : processTitle(records);
  if (program !== undefined && program.values.length > 0) {
    fields.process = program.values.join(' ');
    fields.argv = program.values.length === 1 ? (program.values[0] as string) : program.values;
    if (program.incomplete) addNote(fields, 'arguments are missing or cut in the log');
  }
  const directory = records.find(({ type }) => type === 'CWD')?.fields.get('cwd');
  if (directory !== undefined) put(fields, 'process_current_directory', decoded(directory));
}

/** A new process out of a fork: the caller's program still, with the process id that the call gave back. */
export function addForked(fields: Fields, said: AuditSaid): void {
  putProcess(fields, 'parent_process', { path: said('exe'), pid: said('pid') });
  delete fields.process_id;
  putProcess(fields, 'process', { path: said('exe'), pid: said('exit') });
}

/** Files and addresses that a call named. */
export function addObjects(
  fields: Fields,
  call: AuditCall | undefined,
  records: readonly AuditRecord[],
  eventClass: EventClass,
): void {
  if (eventClass === 'network') addPeer(fields, call, records);
  if (!eventClass.startsWith('file-')) return;
  const paths = records.filter(({ type }) => type === 'PATH');
  const kind = eventClass === 'file-delete' ? 'DELETE' : 'CREATE';
  const chosen = paths.find(({ fields: path }) => path.get('nametype')?.text === kind) ?? paths.at(-1);
  const name = chosen?.fields.get('name');
  const text = name === undefined ? undefined : decoded(name);
  if (text === undefined) return;
  const directory = fields.process_current_directory;
  const isWhole = text.startsWith('/') || typeof directory !== 'string';
  putFile(fields, isWhole ? text : `${directory.replace(/\/$/, '')}/${text.replace(/^\.\//, '')}`);
}

function addPeer(fields: Fields, call: AuditCall | undefined, records: readonly AuditRecord[]): void {
  const peer = socketAddress(records);
  if (peer === undefined) return;
  if (call === 'accept') {
    putSource(fields, peer.address, peer.port);
    fields.direction = 'inbound';
  } else {
    putDestinationAddress(fields, peer.address);
    putPort(fields, 'dest_port', peer.port);
    fields.direction = 'outbound';
  }
  if (typeof fields.process_path === 'string') fields.app = fields.process_path;
}
