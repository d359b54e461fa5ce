import type { ResultCell, ResultColumn } from '../../../../src/server/contracts/search.ts';
import type { ResultRow } from './use-rows.ts';

/** An event in one line: who did it, what, and some facts. */
export interface EventBrief {
  readonly id: string | undefined;
  readonly time: string | undefined;
  readonly host: string;
  readonly title: string;
  readonly text: string;
  readonly facts: readonly (readonly [string, string])[];
}

type Read = (name: string) => string;

function reader(columns: readonly ResultColumn[], row: ResultRow): Read {
  const places = new Map(columns.map((column, at) => [column.name, at]));
  const text = (cell: ResultCell | undefined): string =>
    cell === null || cell === undefined ? '' : Array.isArray(cell) ? cell.join(' ') : String(cell);
  return (name) => text(row[places.get(name) ?? -1]);
}

/** The last part of a Windows or other path. */
function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
}

function firstOf(read: Read, names: readonly string[]): string {
  for (const name of names) {
    const value = read(name);
    // A hyphen is what Windows writes where there is nothing.
    if (value !== '' && value !== '-') return value;
  }
  return '';
}

const mostPairs = 30;

/** An event of which no field says what it is about: what it carries, or the text as it came. */
function rawText(raw: string): string {
  const data = raw.slice(0, 20_000).matchAll(/<Data Name=['"]([^'"]+)['"]>([^<]*)<\/Data>/g);
  const pairs: string[] = [];
  for (const [, name, value] of data) {
    if (value !== undefined && value !== '' && value !== '-') pairs.push(`${name}=${value}`);
    if (pairs.length === mostPairs) break;
  }
  return pairs.length > 0 ? pairs.join(' ') : raw.slice(0, 2000).replaceAll(/\s+/g, ' ');
}

const titleFields = [
  'Image',
  'NewProcessName',
  'New_Process_Name',
  'ProcessName',
  'process_name',
  'SourceImage',
];
const textFields = [
  'CommandLine',
  'Process_Command_Line',
  'TargetFilename',
  'TargetObject',
  'QueryName',
  'ImageLoaded',
  'TargetImage',
  'url',
  'Message',
];
const factFields = ['EventCode', 'ProcessId', 'DestinationIp', 'DestinationPort', 'user'];

export function eventBrief(columns: readonly ResultColumn[], row: ResultRow): EventBrief {
  const read = reader(columns, row);
  const text = firstOf(read, textFields) || rawText(read('_raw'));
  const parent = baseName(firstOf(read, ['ParentImage', 'ParentProcessName', 'parent_process_name']));
  const facts: (readonly [string, string])[] = [];
  for (const name of factFields) {
    const value = read(name);
    if (value !== '') facts.push([name, value]);
  }
  if (parent !== '') facts.push(['Parent', parent]);
  return {
    id: read('_id') || undefined,
    time: read('_time') || undefined,
    host: read('host'),
    title: baseName(firstOf(read, titleFields)),
    text,
    facts,
  };
}
