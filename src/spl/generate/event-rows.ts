import { fieldAliases } from '../../events/fields.ts';
import { decodeJsonKey } from '../../store/json-key.ts';
import type { Cell, Column, RowSet } from '../../store/store.ts';
import type { Step } from '../plan.ts';
import type { Block } from './operator.ts';
import { columnOf, type Relation } from './relation.ts';

/** Most rows, and bytes of their texts, that are read with all fields before it is known which fields they have. */
const MOST_ROWS = 10_000;
const MOST_BYTES = 64 * 1024 * 1024;

/** Rows of raw events that were read with the text of their JSON column. */
export interface EventRows {
  readonly columns: readonly Column[];
  readonly rows: Block;
  /** For each row what its JSON column has, by the name of the field. */
  readonly others: readonly ReadonlyMap<string, JsonValue>[];
}

/** Null is what is no text: a field that is there, without a value that can be shown. */
type JsonValue = string | readonly string[] | null;

/** Whether so few rows come that reading them whole costs less than first asking which fields they have. */
export function isFewRows({ atMost }: Relation): boolean {
  return atMost !== undefined && atMost <= MOST_ROWS;
}

/** Steps without expressions. */
const plainSteps: ReadonlySet<Step['kind']> = new Set([
  'project',
  'rename',
  'sort',
  'reverse',
  'head',
  'tail',
]);

/** Whether what a step does may depend on fields that it does not name: it has to be compiled with all that the rows have. */
export function dependsOnUnnamed(step: Step, input: Relation): boolean {
  // A name made of values may be that of a field, whose values stay in the other rows.
  if (step.kind === 'extend' && step.assignments.some(({ parts }) => parts !== undefined)) return true;
  // Without the raw text, `searchmatch` looks for words in all fields.
  return columnOf(input, '_raw')?.type !== 'text' && !plainSteps.has(step.kind);
}

/** Takes rows whose last cell is the text of the JSON column; undefined where they are too large to be held. */
export async function holdEventRows(
  blocks: AsyncIterable<Block>,
  columns: readonly Column[],
): Promise<EventRows | undefined> {
  const names = new Map<string, string>();
  const rows: (readonly Cell[])[] = [];
  const others: ReadonlyMap<string, JsonValue>[] = [];
  let bytes = 0;
  for await (const block of blocks)
    for (const row of block) {
      bytes += row.reduce((sum: number, cell) => sum + sizeOf(cell), 0);
      if (bytes > MOST_BYTES) return undefined;
      rows.push(row.slice(0, columns.length));
      others.push(jsonFields(String(row[columns.length] ?? '{}'), names));
    }
  return { columns, rows, others };
}

/** Strings take up to two bytes a character here. */
function sizeOf(cell: Cell): number {
  if (typeof cell === 'string') return cell.length * 2;
  return Array.isArray(cell) ? cell.reduce((sum: number, value: string) => sum + value.length * 2, 0) : 8;
}

function jsonFields(text: string, names: Map<string, string>): ReadonlyMap<string, JsonValue> {
  const fields = new Map<string, JsonValue>();
  for (const [key, value] of Object.entries(JSON.parse(text) as Record<string, unknown>)) {
    const name = names.get(key) ?? decodeJsonKey(key);
    names.set(key, name);
    fields.set(name, jsonValue(value));
  }
  return fields;
}

function jsonValue(value: unknown): JsonValue {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return null;
  return value.filter((each) => typeof each === 'string');
}

/** The names of the fields that the rows have: of their columns, and in the JSON column. */
export function fieldsOfRows({ columns, rows, others }: EventRows): {
  readonly columns: readonly string[];
  readonly json: readonly string[];
} {
  const inJson = new Set<string>();
  for (const fields of others) for (const name of fields.keys()) inJson.add(name);
  const present = columns.filter((_, at) => rows.some((row) => (row[at] ?? null) !== null));
  return { columns: present.map(({ name }) => name), json: [...inJson] };
}

/**
 * The rows with the wanted columns; undefined where they do not have all of them. `names` are the fields that may be taken
 * from the JSON column.
 */
export function rowsOfFields(
  { columns, rows, others }: EventRows,
  wanted: readonly Column[],
  names: ReadonlySet<string>,
): RowSet['rows'] | undefined {
  const places = wanted.map(({ name }) => columns.findIndex((column) => column.name === name));
  const isHeld = wanted.every(({ name, type }, at) => {
    const column = columns[places[at] ?? -1];
    // An alias stands for another field in the rows that have none of its own.
    return column ? column.type === type : names.has(name) && !fieldAliases.has(name);
  });
  if (!isHeld) return undefined;
  return rows.map((row, number) =>
    wanted.map(({ name, type }, at) => {
      const place = places[at] ?? -1;
      return place >= 0 ? (row[place] ?? null) : cellOf(others[number]?.get(name) ?? null, type);
    }),
  );
}

function cellOf(value: JsonValue, type: Column['type']): Cell {
  if (typeof value === 'string') return type === 'multivalue' ? [value] : value;
  return type === 'multivalue' && value !== null && value.length > 0 ? value : null;
}
