import type { EventClass } from '../../events/event-class.ts';
import type { Said } from '../edr/edr-record.ts';
import { putAccount, putFile, putProcess } from '../edr/process-fields.ts';
import type { Fields } from '../fields.ts';
import { put, putDestinationAddress, putPort, putSource } from '../proxy/network-fields.ts';

/** A table of events: its class, and what its columns say. */
export interface OsqueryTable {
  readonly name: string;
  eventClass(said: Said): EventClass;
  add(fields: Fields, said: Said): void;
}

/** Unknown parents are -1, empty or 0. */
function parentOf(said: Said, name: string): string | undefined {
  const parent = said(name);
  return parent === '-1' ? undefined : parent;
}

function addProgram(fields: Fields, said: Said, parent: string): void {
  putProcess(fields, 'process', { path: said('path'), commandLine: said('cmdline'), pid: said('pid') });
  putProcess(fields, 'parent_process', { pid: parentOf(said, parent) });
  put(fields, 'process_current_directory', said('cwd'));
  put(fields, 'user_id', said('uid'));
  putAccount(fields, 'user', said('username') ?? (said('uid') === '0' ? 'root' : undefined));
}

const executes = new Set(['execve', 'execveat', '']);

/** Of processes: `syscall` is execve, or fork, vfork, clone, which newer versions record where they are told to. */
const processEvents: OsqueryTable = {
  name: 'process_events',
  eventClass: (said) => {
    const call = said('syscall') ?? '';
    return executes.has(call) || /^v?fork$|^clone/.test(call) ? 'process-start' : 'other';
  },
  add: (fields, said) => addProgram(fields, said, 'parent'),
};

/** `exit_code` is that of the system call: another than 0 started nothing. */
const bpfProcessEvents: OsqueryTable = {
  name: 'bpf_process_events',
  eventClass: (said) =>
    /^exec/.test(said('syscall') ?? '') && (said('exit_code') ?? '0') === '0' ? 'process-start' : 'other',
  add: (fields, said) => addProgram(fields, said, 'parent'),
};

/** On macOS: `exec` tells the program after it; `fork` the caller, and the new process as `child_pid`. */
const esProcessEvents: OsqueryTable = {
  name: 'es_process_events',
  eventClass: (said) => {
    const type = said('event_type');
    if (type === 'exec' || (type === 'fork' && said('child_pid') !== undefined)) return 'process-start';
    return type === 'exit' ? 'process-end' : 'other';
  },
  add: (fields, said) => {
    addProgram(fields, said, 'parent');
    put(fields, 'session_id', said('session_id'));
    if (said('event_type') === 'fork') {
      putProcess(fields, 'parent_process', { path: said('path'), pid: said('pid') });
      delete fields.process_id;
      delete fields.process;
      putProcess(fields, 'process', { pid: said('child_pid') });
    }
    if (said('event_type') === 'exit') put(fields, 'process_exit_status', said('exit_code'));
  },
};

/** On Windows: `header_pid` is the process that asked, which differs from the parent where that is disguised. */
const processEtwEvents: OsqueryTable = {
  name: 'process_etw_events',
  eventClass: (said) => (said('type') === 'ProcessStop' ? 'process-end' : 'process-start'),
  add: (fields, said) => {
    addProgram(fields, said, 'ppid');
    if (said('header_pid') !== said('ppid')) put(fields, 'creator_process_id', said('header_pid'));
    if (said('type') === 'ProcessStop') put(fields, 'process_exit_status', said('exit_code'));
  },
};

/** Local is this computer's side; `accept` came in. A local port of 0 was not known yet. */
function addSocket(fields: Fields, said: Said): void {
  addProgram(fields, said, 'parent');
  const inbound = /^accept/.test(said('action') ?? said('syscall') ?? '');
  const [from, to] = inbound ? (['remote', 'local'] as const) : (['local', 'remote'] as const);
  putSource(fields, said(`${from}_address`), said(`${from}_port`));
  putDestinationAddress(fields, said(`${to}_address`));
  putPort(fields, 'dest_port', said(`${to}_port`));
  fields.direction = inbound ? 'inbound' : 'outbound';
  put(fields, 'transport', transports[said('protocol') ?? '']);
  if (typeof fields.process_path === 'string') fields.app = fields.process_path;
}

const transports: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmp' };

const socket = (name: string): OsqueryTable => ({
  name,
  eventClass: (said) => (/^bind/.test(said('action') ?? said('syscall') ?? '') ? 'other' : 'network'),
  add: addSocket,
});

/** Files that were watched; `process_file_events` names the process, `file_events` none. */
const files = (name: string): OsqueryTable => ({
  name,
  eventClass: (said) => {
    const kind = (said('action') ?? said('operation') ?? said('event_type') ?? '').toLowerCase();
    if (/^(?:deleted|unlink|rmdir)/.test(kind)) return 'file-delete';
    return /^(?:created|creat|updated|moved|rename|write|close_modified)/.test(kind)
      ? 'file-create'
      : 'file-access';
  },
  add: (fields, said) => {
    putFile(fields, said('target_path') ?? said('dest_path') ?? said('filename') ?? said('path'));
    if (name === 'file_events') return;
    putProcess(fields, 'process', { path: said('executable') ?? said('path'), pid: said('pid') });
    putProcess(fields, 'parent_process', { pid: parentOf(said, 'ppid') ?? parentOf(said, 'parent') });
  },
});

const userEvents: OsqueryTable = {
  name: 'user_events',
  eventClass: () => 'logon',
  add: (fields, said) => {
    putProcess(fields, 'process', { path: said('path'), pid: said('pid') });
    put(fields, 'user_id', said('uid') ?? said('auid'));
    putSource(fields, said('address'));
  },
};

const tables: readonly OsqueryTable[] = [
  processEvents,
  bpfProcessEvents,
  esProcessEvents,
  processEtwEvents,
  socket('socket_events'),
  socket('bpf_socket_events'),
  files('file_events'),
  files('process_file_events'),
  files('es_process_file_events'),
  userEvents,
];

/** Columns that only one table has, for packs whose query has a name of its own. */
const shapes: readonly (readonly [table: string, columns: readonly string[]])[] = [
  ['es_process_events', ['pid', 'event_type', 'pidversion']],
  ['process_etw_events', ['pid', 'ppid', 'type', 'cmdline']],
  ['bpf_process_events', ['tid', 'pid', 'cmdline', 'ntime']],
  ['bpf_socket_events', ['tid', 'pid', 'remote_address', 'ntime']],
  ['socket_events', ['pid', 'remote_address', 'action']],
  ['process_events', ['pid', 'parent', 'cmdline', 'time']],
  ['file_events', ['target_path', 'action', 'transaction_id']],
];

/** The table of a result, by the name of its query (`pack/…/process_events`) or its columns. */
export function tableOf(query: string, has: (column: string) => boolean): OsqueryTable | undefined {
  const words = query.split(/[^A-Za-z0-9_]+/);
  const named = tables.find(({ name }) => words.includes(name));
  if (named !== undefined) return named;
  const ended = tables
    .filter(({ name }) => query.endsWith(name))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (ended !== undefined) return ended;
  const shape = shapes.find(([, columns]) => columns.every(has))?.[0];
  return tables.find(({ name }) => name === shape);
}
