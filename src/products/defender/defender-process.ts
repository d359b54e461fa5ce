import { parseIsoTicks, TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import { isPlausible } from '../chosen-time.ts';
import type { Said } from '../edr/edr-record.ts';
import type { SaidProcess } from '../edr/process-fields.ts';
import { timedKey } from '../edr/process-key.ts';

/** The three generations that a row can name, and the process of a DeviceEvents row that was acted on. */
export type DefenderRole = 'initiating' | 'initiating-parent' | 'subject';

/** Names of the columns of one role. */
interface RoleColumns {
  readonly fileName: string;
  readonly folderPath?: string;
  readonly commandLine?: string;
  readonly pid: string;
  readonly created: string;
}

const roleColumns: Readonly<Record<DefenderRole, RoleColumns>> = {
  initiating: {
    fileName: 'InitiatingProcessFileName',
    folderPath: 'InitiatingProcessFolderPath',
    commandLine: 'InitiatingProcessCommandLine',
    pid: 'InitiatingProcessId',
    created: 'InitiatingProcessCreationTime',
  },
  'initiating-parent': {
    fileName: 'InitiatingProcessParentFileName',
    pid: 'InitiatingProcessParentId',
    created: 'InitiatingProcessParentCreationTime',
  },
  subject: {
    fileName: 'FileName',
    folderPath: 'FolderPath',
    commandLine: 'ProcessCommandLine',
    pid: 'ProcessId',
    created: 'ProcessCreationTime',
  },
};

/** When the process of a role was created, by the device's clock; undefined where the row does not say. */
export function creationOf(said: Said, role: DefenderRole): Ticks | undefined {
  const text = said(roleColumns[role].created);
  const time = text === undefined ? undefined : parseIsoTicks(text);
  return time !== undefined && isPlausible(time) ? time : undefined;
}

/** What a row says of the process of a role. A process id of 0 without a moment of creation is an actor that is not known. */
export function saidProcess(said: Said, role: DefenderRole): SaidProcess {
  const columns = roleColumns[role];
  const written = said(columns.fileName);
  const path = pathOf(columns.folderPath === undefined ? undefined : said(columns.folderPath), written);
  const pid = said(columns.pid);
  const created = creationOf(said, role);
  return {
    path,
    name: path === undefined || written === undefined ? undefined : lastPart(written),
    commandLine: columns.commandLine === undefined ? undefined : said(columns.commandLine),
    pid,
    guid: keyOf(said, pid, created, path),
  };
}

/**
 * What identifies a process: device, process id, moment of creation. On Linux and macOS the moment of one process comes with
 * two and with more digits of fraction, so that there the second has to do.
 */
function keyOf(
  said: Said,
  pid: string | undefined,
  created: Ticks | undefined,
  path: string | undefined,
): string | undefined {
  const device = said('DeviceId') ?? said('DeviceName');
  if (device === undefined || pid === undefined || created === undefined) return undefined;
  const isUnix = path?.startsWith('/') ?? isUnixRow(said);
  return timedKey(device, pid, isUnix ? created - (created % TICKS_PER_SECOND) : created);
}

function isUnixRow(said: Said): boolean {
  return said('InitiatingProcessFolderPath')?.startsWith('/') ?? said('FolderPath')?.startsWith('/') ?? false;
}

/** FolderPath is the whole path in rows, the folder alone by the documentation; the parent's name may be a path by device. */
function pathOf(folder: string | undefined, name: string | undefined): string | undefined {
  if (folder === undefined) return name;
  if (name === undefined) return folder;
  const last = lastPart(name);
  if (lastPart(folder).toLowerCase() === last.toLowerCase()) return folder;
  const separator = folder.includes('\\') || !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + last : folder + separator + last;
}

function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
}

/** How far two moments of creation of one process may be apart where one was cut. */
const CUT = TICKS_PER_SECOND;

/**
 * Whether the new process and the one that made it are one: on Linux and macOS a program that takes the place of another
 * (exec) comes as a creation whose initiating process has its own process id. Its parent then is the initiating process's.
 */
export function isExec(said: Said): boolean {
  const pid = said('ProcessId');
  if (pid === undefined || pid !== said('InitiatingProcessId') || !isUnixRow(said)) return false;
  const own = creationOf(said, 'subject');
  const initiating = creationOf(said, 'initiating');
  if (own === undefined || initiating === undefined) return true;
  return own - initiating <= CUT && initiating - own <= CUT;
}
