import { type EventColumn, hotColumns } from './event-columns.ts';
import { addHotColumn, compressColumns, createTables } from './schema.ts';
import type { Sql } from './sql.ts';

/** What the tables of a store are like. */
export interface SchemaState {
  readonly version: number;
  /** Names of the fields that have a column of their own. */
  readonly hotColumns: readonly string[];
}

/** Statements that may be run twice, and what the store is like after them. */
export interface MigrationStep {
  readonly statements: readonly Sql[];
  readonly reached: SchemaState;
}

/** The schema as this program knows it: the versions' migrations (the one at `n` leads from `n + 1` to `n + 2`) and columns. */
export interface Schema {
  readonly migrations: readonly (() => readonly Sql[])[];
  readonly hotColumns: readonly EventColumn[];
}

export const currentSchema: Schema = { migrations: [compressColumns], hotColumns: hotColumns() };

export function schemaVersion(schema: Schema): number {
  return schema.migrations.length + 1;
}

/** Whether a newer program wrote the store: this one would not find all that is in it. */
export function isNewer(state: SchemaState, schema: Schema = currentSchema): boolean {
  const known = new Set(schema.hotColumns.map(({ name }) => name));
  return state.version > schemaVersion(schema) || state.hotColumns.some((name) => !known.has(name));
}

/**
 * The steps that bring a store (undefined: a new one) to the schema, in order; none where it is there. A column that was
 * added to the dictionary since is added and filled from the JSON column, so that its field is found in one place.
 */
export function migrationSteps(
  state: SchemaState | undefined,
  schema: Schema = currentSchema,
): readonly MigrationStep[] {
  const version = schemaVersion(schema);
  const names = schema.hotColumns.map(({ name }) => name);
  if (state === undefined) return [{ statements: createTables(), reached: { version, hotColumns: names } }];
  const steps: MigrationStep[] = schema.migrations.slice(state.version - 1).map((statements, at) => ({
    statements: statements(),
    reached: { version: state.version + at + 1, hotColumns: state.hotColumns },
  }));
  const present = [...state.hotColumns];
  for (const column of schema.hotColumns) {
    if (present.includes(column.name)) continue;
    present.push(column.name);
    steps.push({
      statements: addHotColumn(column),
      reached: { version, hotColumns: [...present] },
    });
  }
  return steps;
}
