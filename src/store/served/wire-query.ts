import type { ParameterValue, Query } from '../sql.ts';
import type { Column, ColumnType, QueryLimits, TextsBeside } from '../store.ts';

/** A query on its way to the store's owner, as JSON: numbers as texts, so that none loses a digit. */
export interface WireQuery {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, WireValue>>;
  readonly seconds?: number;
  readonly memoryBytes?: number;
}

/** A query whose rows become a Parquet file; paths of this machine. */
export interface WireParquet extends WireQuery {
  readonly beside: TextsBeside;
  readonly target: string;
}

type WireValue =
  | string
  | null
  | readonly string[]
  | { readonly number: string }
  | { readonly integer: string };

export function toWireQuery(query: Query, limits: QueryLimits): WireQuery {
  const parameters = Object.entries(query.parameters).map(([name, value]) => [name, toWire(value)] as const);
  return {
    sql: query.sql.text,
    parameters: Object.fromEntries(parameters),
    ...(limits.seconds !== undefined && { seconds: limits.seconds }),
    ...(limits.memoryBytes !== undefined && { memoryBytes: limits.memoryBytes }),
  };
}

/** The query as it was sent. Its text is SQL since only a holder of the store's token can have sent it. */
export function fromWireQuery({ sql, parameters }: WireQuery): Query {
  const values = Object.entries(parameters).map(([name, value]) => [name, fromWire(value)] as const);
  return { sql: { kind: 'sql', text: sql }, parameters: Object.fromEntries(values) };
}

function toWire(value: ParameterValue): WireValue {
  if (typeof value === 'number') return { number: Object.is(value, -0) ? '-0' : String(value) };
  return typeof value === 'bigint' ? { integer: String(value) } : value;
}

function fromWire(value: WireValue): ParameterValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return value as string | null | readonly string[];
  return 'number' in value ? Number(value.number) : BigInt((value as { readonly integer: string }).integer);
}

const types: Readonly<Record<ColumnType, true>> = { text: true, number: true, multivalue: true, time: true };

/** Columns out of JSON; fails with a TypeError where they are none. */
export function readColumns(value: unknown): readonly Column[] {
  if (!Array.isArray(value)) throw new TypeError('no columns');
  return value.map((each: Partial<Column> | null): Column => {
    const { name, type } = each ?? {};
    if (typeof name !== 'string' || type === undefined || !Object.hasOwn(types, type))
      throw new TypeError('no column');
    return { name, type };
  });
}
