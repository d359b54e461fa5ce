import { Session } from 'chdb';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { parseIsoTicks, type Ticks } from '../../core/ticks.ts';
import { boundValues } from '../../store/embedded/bound-values.ts';
import { identifier, joinSql, Parameters, type Sql, sql } from '../../store/sql.ts';
import { asMultivalue, nothing } from '../coerce.ts';
import type { AggregateContext } from '../compile-context.ts';
import { compileExpression } from '../compile-expression.ts';
import { compileMeasure } from '../compile-measure.ts';
import { compileSearchTest } from '../compile-search-test.ts';
import { parseWholeExpression } from '../parse-expression.ts';
import { readMeasure } from '../parse-measures.ts';
import type { SearchExpression } from '../search-expression.ts';
import { readSearchText } from '../search-text.ts';
import { StageReader } from '../stage-reader.ts';
import type { TypedSql } from '../typed-sql.ts';

/** A value of a test's row: text, number, a time given as ticks, several texts, or none. */
export type TestValue = string | number | bigint | readonly string[] | null;
export type TestRow = Readonly<Record<string, TestValue>>;

export interface TestOptions {
  readonly timezone?: string;
  readonly now?: Ticks;
}

const session = new Session();

/** Closes the engine; for `afterAll`. */
export function closeEngine(): void {
  session.cleanup();
}

const defaultNow = parseIsoTicks('2023-11-14T22:13:20Z') ?? 0n;

/** Columns of the rows, each typed by the first value that is not null; text where there is none. */
function columnsOf(rows: readonly TestRow[]): ReadonlyMap<string, TypedSql['type']> {
  const types = new Map<string, TypedSql['type']>();
  for (const row of rows)
    for (const [name, value] of Object.entries(row)) {
      if (value === null) continue;
      const type = Array.isArray(value)
        ? 'multivalue'
        : typeof value === 'number'
          ? 'number'
          : typeof value === 'bigint'
            ? 'time'
            : 'text';
      if (types.get(name) !== 'multivalue') types.set(name, type);
    }
  return types;
}

function literal(value: TestValue | undefined, type: TypedSql['type'], parameters: Parameters): Sql {
  if (type === 'multivalue') {
    const values =
      value === null || value === undefined ? [] : Array.isArray(value) ? value : [String(value)];
    const parts = values.map((one: string) => parameters.bind(one, 'String'));
    return sql`CAST([${joinSql(parts, sql`, `)}], 'Array(String)')`;
  }
  if (value === null || value === undefined) return nothing(type).sql;
  if (type === 'number') return sql`CAST(${parameters.bind(Number(value), 'Float64')}, 'Nullable(Float64)')`;
  if (type === 'time') {
    const ticks = parameters.bind(value as bigint, 'Int64');
    return sql`CAST(fromUnixTimestamp64Nano(${ticks} * 100, 'UTC'), 'Nullable(DateTime64(7, ''UTC''))')`;
  }
  return sql`CAST(${parameters.bind(String(value), 'String')}, 'Nullable(String)')`;
}

interface Statement {
  readonly context: AggregateContext;
  readonly from: Sql;
  readonly diagnostics: Diagnostic[];
}

function statement(rows: readonly TestRow[], options: TestOptions): Statement {
  const parameters = new Parameters();
  const types = columnsOf(rows);
  const selects = rows.map((row, at) => {
    const columns = [...types].map(
      ([name, type]) => sql`${literal(row[name], type, parameters)} AS ${identifier(name)}`,
    );
    return sql`SELECT ${joinSql([...columns, sql`toUInt64(${parameters.bind(at, 'UInt64')}) AS __row`], sql`, `)}`;
  });
  const diagnostics: Diagnostic[] = [];
  const context: AggregateContext = {
    parameters,
    now: options.now ?? defaultNow,
    timezone: options.timezone ?? 'UTC',
    field: (name) => {
      const type = types.get(name);
      return type && { sql: identifier(name), type };
    },
    report: (diagnostic) => diagnostics.push(diagnostic),
    searchTest: (text, span) => {
      const test = readSearchText(text, span, (diagnostic) => diagnostics.push(diagnostic));
      return test && compileSearchTest(test, context, surroundings(context));
    },
    arrivalOrder: sql`__row`,
    eventTime: types.has('_time') ? identifier('_time') : undefined,
  };
  return { context, from: sql`(${joinSql(selects, sql` UNION ALL `)})`, diagnostics };
}

function surroundings(context: AggregateContext, fields: readonly string[] = []) {
  const raw = context.field('_raw');
  return {
    raw: raw?.sql,
    termFields: raw ? [] : fields.map((name) => context.field(name)).filter((field) => field !== undefined),
    eventTime: context.eventTime,
    indexTime: undefined,
  };
}

function run(query: Sql, parameters: Parameters): unknown[][] {
  const text = session.queryBind(query.text, boundValues(parameters.values), 'JSONCompactEachRow');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function reader(text: string, diagnostics: Diagnostic[]): StageReader {
  return new StageReader(text, { start: 0, end: text.length }, diagnostics);
}

/** What a value shows as: null, text, `true`/`false`, or texts. */
export type Shown = string | boolean | readonly string[] | null;

function shown(typed: TypedSql): Sql {
  if (typed.type === 'boolean') return sql`multiIf(isNull(${typed.sql}), [], ${typed.sql}, ['yes'], ['no'])`;
  return asMultivalue(typed);
}

function read(typed: TypedSql, cell: unknown): Shown {
  const values = cell as readonly string[];
  const [first] = values;
  if (first === undefined) return null;
  if (typed.type === 'boolean') return first === 'yes';
  return values.length === 1 ? first : values;
}

/** Evaluates an expression for each row; throws where it has a fault. */
export function evaluate(expression: string, rows: readonly TestRow[], options: TestOptions = {}): Shown[] {
  const { context, from, diagnostics } = statement(rows, options);
  const typed = compileExpression(parseWholeExpression(reader(expression, diagnostics)), context);
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ code }) => code).join(', '));
  const query = sql`SELECT ${shown(typed)} FROM ${from} ORDER BY __row`;
  return run(query, context.parameters).map(([cell]) => read(typed, cell));
}

/** The value of an expression for one row. */
export function value(expression: string, row: TestRow = {}, options: TestOptions = {}): Shown {
  return evaluate(expression, [row], options)[0] ?? null;
}

/** Codes of what is wrong with an expression. */
export function faults(expression: string, row: TestRow = {}): readonly string[] {
  const { context, diagnostics } = statement([row], {});
  compileExpression(parseWholeExpression(reader(expression, diagnostics)), context);
  return diagnostics.map(({ code }) => code);
}

/** The SQL of an expression over text fields. */
export function sqlOf(expression: string, row: TestRow = {}): string {
  const { context, diagnostics } = statement([row], {});
  return compileExpression(parseWholeExpression(reader(expression, diagnostics)), context).sql.text;
}

/** The positions of the rows that a search expression keeps. */
export function kept(
  search: string | SearchExpression,
  rows: readonly TestRow[],
  options: TestOptions = {},
): number[] {
  const { context, from, diagnostics } = statement(rows, options);
  const test =
    typeof search === 'string'
      ? readSearchText(search, { start: 0, end: search.length }, (found) => diagnostics.push(found))
      : search;
  if (!test) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join(', '));
  const names = [...new Set(rows.flatMap(Object.keys))];
  const condition = compileSearchTest(test, context, surroundings(context, names));
  const query = sql`SELECT __row FROM ${from} WHERE ${condition} ORDER BY __row`;
  return run(query, context.parameters).map(([cell]) => Number(cell));
}

function measured(
  measure: string,
  rows: readonly TestRow[],
  by: string | undefined,
  window: Sql | undefined,
) {
  const { context, from, diagnostics } = statement(rows, {});
  const parsed = readMeasure(reader(measure, diagnostics));
  const ordered = window?.text.includes('ORDER BY');
  const compiled =
    parsed && compileMeasure(parsed, ordered ? { ...context, arrivalOrder: undefined } : context);
  if (!compiled || diagnostics.length > 0)
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join(', '));
  const names = compiled.calls.map((_, at) => identifier(`call ${at}`));
  const calls = compiled.calls.map((call, at) => {
    const name = names[at] ?? call;
    return window ? sql`${call} OVER (${window}) AS ${name}` : sql`${call} AS ${name}`;
  });
  const typed = compiled.finish(names);
  const group = by === undefined ? sql`0` : identifier(by);
  const inner = window
    ? sql`SELECT __row AS key, ${joinSql(calls, sql`, `)} FROM ${from}`
    : sql`SELECT ${by === undefined ? sql`0` : group} AS key, ${joinSql(calls, sql`, `)} FROM ${from}${by === undefined ? sql`` : sql` GROUP BY ${group}`}`;
  const query = sql`SELECT ${shown(typed)} FROM (${inner}) ORDER BY key`;
  return run(query, context.parameters).map(([cell]) => read(typed, cell));
}

/** The result of a statistic over all rows. */
export function statistic(measure: string, rows: readonly TestRow[]): Shown {
  return measured(measure, rows, undefined, undefined)[0] ?? null;
}

/** The results by group, in the order of the groups' texts. */
export function statisticBy(measure: string, by: string, rows: readonly TestRow[]): Shown[] {
  return measured(measure, rows, by, undefined);
}

/** The statistic as of each row, over the rows up to it. */
export function running(measure: string, rows: readonly TestRow[]): Shown[] {
  return measured(
    measure,
    rows,
    undefined,
    sql`ORDER BY __row ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW`,
  );
}

/** The statistic over all rows beside each row. */
export function beside(measure: string, rows: readonly TestRow[]): Shown[] {
  return measured(measure, rows, undefined, sql`PARTITION BY 0`);
}
