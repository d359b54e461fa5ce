import { TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import { integer, joinSql, type Sql, sql } from '../../store/sql.ts';
import type { Cell, ColumnType, RowSet } from '../../store/store.ts';
import { asNumber, asText, toColumn } from '../coerce.ts';
import { compileMeasure } from '../compile-measure.ts';
import type { PivotOptions } from '../plan.ts';
import { runDiagnostic } from '../run-diagnostics.ts';
import type { TypedSql } from '../typed-sql.ts';
import { aggregateSelect } from './aggregate.ts';
import { type Bins, binned, binsOf } from './bin.ts';
import type { Compilation } from './compilation.ts';
import { need } from './field-need.ts';
import type { Asked, Generator, StepOf, StepPlace } from './generator.ts';
import { groupKeys } from './group-keys.ts';
import { compileMeasures, expandMeasures, type MeasureSql, measuredFields } from './measures.ts';
import { pivotRows } from './pivot-rows.ts';
import { columnOf, type Relation, type RelationColumn, typedColumn } from './relation.ts';
import { arrival } from './row-number.ts';
import { naturalKey } from './sort-keys.ts';
import { allBins, evenBins, spanTicks, type TimeBins } from './time-bin.ts';

export type PivotStep = StepOf<'pivot'>;

/**
 * `timechart` and `chart`. The values of each cell are computed in one pass over the rows, with the rank of their series;
 * OTHER is the sum of its series' cells where it can be; else a second
 * pass over the rows computes it.
 */
export const pivotGenerator: Generator<PivotStep> = {
  needs: (step) =>
    need([
      ...(step.row ? [step.row.field] : []),
      ...(step.column ? [step.column.field] : []),
      ...measuredFields(step.measures),
    ]),
  generate(step, input, place) {
    const prepared = prepare(step, input, place);
    if (prepared.kind === 'question') return prepared;
    const { compilation, key } = place;
    const cells = compilation.facts.get(`${key}.cells`);
    if (!cells) return askCells(step, prepared, place);
    const shown = shownSeries(step, cells);
    const other = compilation.facts.get(`${key}.other`);
    if (shown && !other) return askOther(step, prepared, shown, place);
    const rows = [...cells.rows, ...(other?.rows ?? [])];
    const { timeBins } = prepared;
    const range = timeBins && filledRange(step, rows, compilation);
    let bins: readonly Ticks[] | undefined;
    if (timeBins && range) {
      const { bins: limit } = compilation.environment.limits;
      if ((range[1] - range[0]) / spanTicks(timeBins.span) > BigInt(limit))
        compilation.report(runDiagnostic('too-many-bins', { limit }, step.span));
      else {
        bins = evenBins(range[0], range[1], timeBins);
        const fact = compilation.facts.get(`${key}.bins`);
        if (!bins && !fact) return askBins(range, timeBins, place);
        bins ??= fact?.rows.map(([bin]) => bin as Ticks);
      }
    }
    return {
      kind: 'rows',
      ...pivotRows({
        step,
        cells: rows,
        measures: prepared.columns,
        rowType: prepared.row?.type ?? 'text',
        bins,
        whole: wholeBins(step, timeBins, compilation),
      }),
      timeOrder: timeBins && 'ascending',
    };
  },
};

/** Whether a bin lies whole in the search's time range; all do where partial ones are shown. */
function wholeBins(
  { options }: PivotStep,
  bins: TimeBins | undefined,
  { environment }: Compilation,
): (start: Cell) => boolean {
  if (options.partial || !bins) return () => true;
  const { earliest, latest } = environment;
  const length = spanTicks(bins.span);
  return (start) =>
    typeof start !== 'bigint' ||
    ((earliest === null || start >= earliest) && (latest === null || start + length <= latest));
}

/** The rows with their row and column keys, and the measures to be taken of each cell. */
interface Prepared {
  readonly kind: 'prepared';
  readonly relation: Relation;
  readonly row: RelationColumn | undefined;
  /** Where rows are numbers' bins, what they are ordered by. */
  readonly rowStart: Sql | undefined;
  readonly column: RelationColumn | undefined;
  readonly measures: readonly MeasureSql[];
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly zero: boolean }[];
  readonly timeBins: TimeBins | undefined;
}

function prepare(step: PivotStep, input: Relation, place: StepPlace): Prepared | Asked {
  const { compilation } = place;
  const bins: Record<'row' | 'column', Bins | undefined> = { row: undefined, column: undefined };
  for (const side of ['row', 'column'] as const) {
    const split = step[side];
    const field = split && columnOf(input, split.field);
    const options = split?.bin ?? (field?.name === '_time' && side === 'row' ? {} : undefined);
    if (!field || field.nothing || !options) continue;
    const found = binsOf(field, input, options, { compilation, key: `${place.key}.${side}` }, step.span);
    if (found.kind === 'question') return found;
    bins[side] = found;
  }
  const by = [step.row?.field, step.column?.field].filter((name) => name !== undefined);
  const keyed = groupKeys(step.row ? [step.row.field] : [], input, compilation, {});
  let relation = keyed.relation;
  let row = keyed.keys[0];
  let rowStart: Sql | undefined;
  if (row && bins.row) {
    const cut = binned(row, bins.row, compilation);
    const value = toColumn(cut.value);
    const ref = compilation.fresh(row.name);
    const starts =
      bins.row.kind === 'number' ? [{ ref: compilation.fresh('start'), value: cut.start.sql }] : [];
    relation = compilation.select(relation, [{ ref, value: value.sql }, ...starts]);
    row = { name: row.name, type: value.type, ref };
    rowStart = starts[0]?.ref;
  }
  let column = step.column && columnOf(relation, step.column.field);
  if (step.column) {
    const ref = compilation.fresh(step.column.field);
    relation = compilation.select(relation, [{ ref, value: seriesOf(column, bins.column, compilation) }]);
    column = { name: step.column.field, type: 'text', ref };
  }
  const arriving = arrival(relation, compilation);
  const timeBins = bins.row?.kind === 'time' ? bins.row.bins : undefined;
  const context = {
    ...compilation.aggregateContext(relation, arriving.expression),
    binSeconds: timeBins && integer(Math.max(1, Number(spanTicks(timeBins.span) / TICKS_PER_SECOND))),
  };
  const expanded = expandMeasures(step.measures, relation, by);
  const measures = compileMeasures(expanded, context, compilation);
  const columns = measures.map(({ name, result }) => ({
    name,
    type: toColumn(result).type,
    zero: counts.has(expanded.find((measure) => measure.name === name)?.function ?? ''),
  }));
  return {
    kind: 'prepared',
    relation: arriving.settle(),
    row,
    rowStart,
    column,
    measures,
    columns,
    timeBins,
  };
}

/** Statistics that are 0 where there is nothing to count. */
const counts: ReadonlySet<string> = new Set(['count', 'dc', 'estdc']);

/** The name of a row's series, one for each value of a multivalue; null where the row has none. */
function seriesOf(column: RelationColumn | undefined, bins: Bins | undefined, compilation: Compilation): Sql {
  if (!column || column.nothing) return sql`CAST(NULL, 'Nullable(String)')`;
  if (bins) return asText(binned(column, bins, compilation).value);
  if (column.type === 'text') return column.ref;
  if (column.type !== 'multivalue') return asText(typedColumn(column));
  return sql`arrayJoin(if(empty(${column.ref}), [NULL], CAST(${column.ref}, 'Array(Nullable(String))')))`;
}

/** Cells as a SELECT: their rows, their measures, and what their rows are ordered by. */
interface GroupedCells {
  readonly from: Sql;
  readonly count: Sql;
  readonly results: readonly { readonly ref: Sql; readonly value: Sql; readonly result: TypedSql }[];
  readonly order: readonly Sql[];
}

function groupCells(prepared: Prepared, from: Sql, split: boolean, compilation: Compilation): GroupedCells {
  const { row, rowStart, column, measures } = prepared;
  const keys = [...(row ? [row.ref] : []), ...(split && column ? [column.ref] : [])];
  const start = rowStart ? [{ ref: compilation.fresh('start'), value: sql`any(${rowStart})` }] : [];
  const order = (row ? naturalKey(row) : []).map((value) => ({ ref: compilation.fresh('order'), value }));
  const count = { ref: compilation.fresh('rows'), value: sql`count()` };
  const calls = measures.flatMap((measure) => measure.calls);
  const grouped = compilation.define(aggregateSelect(keys, [count, ...start, ...calls], from));
  const results = measures.map(({ name, result }) => ({
    ref: compilation.fresh(name),
    value: toColumn(result).sql,
    result,
  }));
  const finished = compilation.define(
    sql`SELECT *${joinSql(
      [...results, ...order].map(({ ref, value }) => sql`, ${value} AS ${ref}`),
      sql``,
    )} FROM ${grouped}`,
  );
  return { from: finished, count: count.ref, results, order: [...start, ...order].map(({ ref }) => ref) };
}

function askCells(step: PivotStep, prepared: Prepared, { compilation, key }: StepPlace): Asked {
  const { column } = prepared;
  const cells = groupCells(prepared, prepared.relation.from, true, compilation);
  if (!column)
    return asked(
      `${key}.cells`,
      cells.from,
      sql`CAST(NULL, 'Nullable(String)')`,
      cells,
      prepared,
      compilation,
    );
  const ranked = rankSeries(step, column, cells, compilation);
  if (step.options.useOther && isAdditive(step)) {
    const merged = mergeOther(step, ranked, cells, prepared, compilation);
    return asked(`${key}.cells`, merged.from, merged.series, merged, prepared, compilation);
  }
  const shown = compilation.define(sql`SELECT * FROM ${ranked.from} WHERE ${ranked.keep}`);
  return asked(`${key}.cells`, shown, column.ref, cells, prepared, compilation, sql`hidden`);
}

function askOther(
  step: PivotStep,
  prepared: Prepared,
  shown: readonly string[],
  { compilation, key }: StepPlace,
): Asked {
  const series = prepared.column?.ref ?? sql`NULL`;
  const names = compilation.parameters.bind(shown, 'Array(String)');
  const from = compilation.define(
    sql`SELECT * FROM ${prepared.relation.from} WHERE isNotNull(${series}) AND NOT has(${names}, assumeNotNull(${series}))`,
  );
  const other = compilation.parameters.bind(step.options.otherText, 'String');
  const cells = groupCells(prepared, from, false, compilation);
  return asked(`${key}.other`, cells.from, other, cells, prepared, compilation);
}

/** Cells in the order of their rows: the row's key, the series, whether series were left out, the measures. */
function asked(
  key: string,
  from: Sql,
  series: Sql,
  cells: GroupedCells,
  { row, columns }: Prepared,
  compilation: Compilation,
  hidden = sql`0`,
): Asked {
  const values = joinSql(
    cells.results.map(({ ref }) => sql`, ${ref}`),
    sql``,
  );
  const order = cells.order.length > 0 ? sql` ORDER BY ${joinSql(cells.order, sql`, `)}` : sql``;
  const select = sql`SELECT ${row?.ref ?? sql`1`} AS row, ${series} AS series, ${hidden} AS hidden${values} FROM ${from}${order}`;
  return {
    kind: 'question',
    question: {
      key,
      sql: compilation.statement(select),
      columns: [
        { name: 'row', type: row?.type ?? 'number' },
        { name: 'series', type: 'text' },
        { name: 'hidden', type: 'number' },
        ...columns.map(({ name, type }) => ({ name, type })),
      ],
    },
  };
}

/** Says of each cell whether its series is shown; `hidden` is 1 where there are others. */
function rankSeries(
  { options }: PivotStep,
  column: RelationColumn,
  cells: GroupedCells,
  compilation: Compilation,
): { readonly from: Sql; readonly keep: Sql } {
  const [single, ...more] = cells.results;
  const of = sql`OVER (PARTITION BY ${column.ref})`;
  const amount = compilation.fresh('amount');
  const value = single && more.length === 0 ? asNumber({ ...single.result, sql: single.ref }) : cells.count;
  const amounts = compilation.define(sql`SELECT *, ${value} AS ${amount} FROM ${cells.from}`);
  const score = compilation.fresh('score');
  const scored = compilation.define(
    sql`SELECT *, ${scoreOf(options, amount, of, compilation)} AS ${score} FROM ${amounts}`,
  );
  const place = compilation.fresh('place');
  const descending = rankedFromTop(options) ? sql` DESC` : sql``;
  const placed = compilation.define(
    sql`SELECT *, dense_rank() OVER (PARTITION BY isNull(${column.ref}) ORDER BY ${score}${descending}, ${column.ref}) AS ${place} FROM ${scored}`,
  );
  const keep = compilation.fresh('keep');
  const usesNull = options.useNull ? sql`1` : sql`0`;
  const kept = compilation.define(
    sql`SELECT *, if(isNull(${column.ref}), ${usesNull}, ${keepTest(options, score, place, compilation)}) AS ${keep} FROM ${placed}`,
  );
  const marked = compilation.define(
    sql`SELECT *, max(isNotNull(${column.ref}) AND NOT ${keep}) OVER () AS hidden FROM ${kept}`,
  );
  return { from: marked, keep };
}

/** Whether the cells of OTHER are the sums of the cells that it stands for. */
function isAdditive({ measures }: PivotStep): boolean {
  return measures.every(({ function: name }) => name === 'count' || name === 'sum');
}

/** The cells of the series that are shown, and those of OTHER. */
function mergeOther(
  { options }: PivotStep,
  ranked: { readonly from: Sql; readonly keep: Sql },
  cells: GroupedCells,
  { row, column }: Prepared,
  compilation: Compilation,
): GroupedCells & { readonly series: Sql } {
  const named = column?.ref ?? sql`NULL`;
  const series = compilation.fresh('series');
  const other = compilation.parameters.bind(options.otherText, 'String');
  const results = cells.results.map(({ ref, result }) => ({
    ref: compilation.fresh('sum'),
    value: ref,
    result,
  }));
  const order = cells.order.map((value) => ({ ref: compilation.fresh('order'), value }));
  const values = [
    ...(row ? [row.ref] : []),
    sql`if(isNull(${named}) OR ${ranked.keep}, ${named}, ${other}) AS ${series}`,
    ...order.map(({ ref, value }) => sql`any(${value}) AS ${ref}`),
    ...results.map(({ ref, value }) => sql`sum(${value}) AS ${ref}`),
  ];
  const groups = joinSql([...(row ? [row.ref] : []), series], sql`, `);
  const shown = compilation.define(
    sql`SELECT * FROM ${ranked.from} WHERE isNotNull(${named}) OR ${ranked.keep}`,
  );
  return {
    from: compilation.define(sql`SELECT ${joinSql(values, sql`, `)} FROM ${shown} GROUP BY ${groups}`),
    series,
    count: cells.count,
    results,
    order: order.map(({ ref }) => ref),
  };
}

/** What series are ranked by: the sum of their cells, or the statistic of them that `where` names. */
function scoreOf({ where }: PivotOptions, amount: Sql, of: Sql, compilation: Compilation): Sql {
  if (!where) return sql`sum(${amount}) ${of}`;
  const { aggregate } = where;
  const compiled = compileMeasure(
    { function: aggregate.function, field: 'amount', name: 'amount', span: aggregate.span },
    {
      parameters: compilation.parameters,
      now: compilation.environment.now,
      timezone: compilation.environment.timezone,
      field: () => ({ type: 'number', sql: amount }),
      report: (diagnostic) => compilation.report(diagnostic),
      arrivalOrder: undefined,
      eventTime: undefined,
    },
  );
  if (!compiled) return sql`0`;
  return asNumber(compiled.finish(compiled.calls.map((call) => sql`${call} ${of}`)));
}

function rankedFromTop({ limit, where }: PivotOptions): boolean {
  if (where && where.test.kind !== 'compare') return where.test.mode === 'top';
  return limit.mode === 'top';
}

function keepTest({ limit, where }: PivotOptions, score: Sql, place: Sql, compilation: Compilation): Sql {
  const most = compilation.environment.limits.columns;
  if (!where) return sql`${place} <= ${integer(limit.count === 0 ? most : Math.min(limit.count, most))}`;
  const { test } = where;
  if (test.kind !== 'compare') {
    const { kind, count } = test;
    if (kind === 'in') return sql`${place} <= ${integer(Math.min(count, most))}`;
    return sql`(${place} > ${integer(count)} AND ${place} <= ${integer(count + most)})`;
  }
  const bound = compilation.parameters.bind(test.value, 'Float64');
  const compared = test.operator === '<' ? sql`${score} < ${bound}` : sql`${score} > ${bound}`;
  return sql`(ifNull(${compared}, 0) AND ${place} <= ${integer(most)})`;
}

/** The names of the series that are shown, where the others are to be added up; undefined where they are not. */
function shownSeries({ options, column }: PivotStep, cells: RowSet): readonly string[] | undefined {
  const hidden = cells.rows.length === 0 || cells.rows.some((row) => row[2] === 1);
  if (!column || !options.useOther || !hidden) return undefined;
  return [...new Set(cells.rows.flatMap(([, series]) => (typeof series === 'string' ? [series] : [])))];
}

/** The range of time that bins have to fill; undefined where they are not filled. */
function filledRange(
  { options }: PivotStep,
  rows: RowSet['rows'],
  { environment }: Compilation,
): readonly [Ticks, Ticks] | undefined {
  if (!options.continuous) return undefined;
  const times = rows.flatMap(([time]) => (typeof time === 'bigint' ? [time] : []));
  const bounded = options.fixedRange;
  const { earliest, latest } = environment;
  // All time is from 1970 on, or from 1 s later; nobody wants to see its bins.
  const from = bounded && earliest !== null && earliest > TICKS_PER_SECOND ? earliest : least(times);
  const to = bounded && latest !== null ? latest : greatest(times, 1n);
  return from === undefined || to === undefined || to <= from ? undefined : [from, to];
}

function least(times: readonly Ticks[]): Ticks | undefined {
  return times.reduce<Ticks | undefined>(
    (low, time) => (low === undefined || time < low ? time : low),
    undefined,
  );
}

function greatest(times: readonly Ticks[], more: Ticks): Ticks | undefined {
  const high = times.reduce<Ticks | undefined>(
    (top, time) => (top === undefined || time > top ? time : top),
    undefined,
  );
  return high === undefined ? undefined : high + more;
}

function askBins(range: readonly [Ticks, Ticks], bins: TimeBins, { compilation, key }: StepPlace): Asked {
  return {
    kind: 'question',
    question: {
      key: `${key}.bins`,
      sql: compilation.statement(allBins(range[0], range[1], bins, compilation.parameters)),
      columns: [{ name: 'bin', type: 'time' }],
    },
  };
}
