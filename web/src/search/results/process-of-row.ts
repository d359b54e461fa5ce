import type { ResultCell, ResultColumn } from '../../../../src/server/contracts/search.ts';
import type { TreeLink } from '../../tree/tree-link.ts';
import type { ResultRow } from './use-rows.ts';

const hostNames = ['host', 'dest', 'dvc', 'ComputerName', 'Computer'];
const guidNames = ['ProcessGuid', 'process_guid'];
const pidNames = ['ProcessId', 'process_id', 'New_Process_ID', 'NewProcessId', 'New_Process_Id', 'pid'];
const timeNames = ['_time', 'UtcTime'];

function first(cell: ResultCell | undefined): string | undefined {
  const value = Array.isArray(cell) ? cell[0] : cell;
  return value === null || value === undefined || value === '' ? undefined : String(value);
}

/** A process id, decimal or `0x…`, as a number. */
export function readPid(text: string | undefined): number | undefined {
  if (text === undefined || !/^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text.trim())) return undefined;
  const pid = Number(text.trim());
  // No process is started with the id 0: events of the kernel bear it.
  return pid > 0 && pid < 2 ** 32 ? pid : undefined;
}

/** The value of the first of some columns that a row has one of. */
function firstValue(
  columns: readonly ResultColumn[],
  row: ResultRow,
  names: readonly string[],
): string | undefined {
  for (const name of names) {
    const at = columns.findIndex((column) => column.name === name);
    const value = at < 0 ? undefined : first(row[at]);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Where a row's process is to be seen in a tree; undefined where the row names none. */
export function processOfRow(columns: readonly ResultColumn[], row: ResultRow): TreeLink | undefined {
  const host = firstValue(columns, row, hostNames);
  if (host === undefined) return undefined;
  const guid = firstValue(columns, row, guidNames);
  // A GUID of zeros is a sensor's way of saying that it does not know.
  if (guid !== undefined && /[1-9a-f]/i.test(guid.replace(/[^0-9a-f]/gi, ''))) return { host, guid };
  const pid = readPid(firstValue(columns, row, pidNames));
  if (pid === undefined) return undefined;
  const at = firstValue(columns, row, timeNames);
  return at === undefined ? { host, pid } : { host, pid, at };
}
