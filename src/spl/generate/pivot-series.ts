import { integer, type Sql, sql } from '../../store/sql.ts';
import { asNumber } from '../coerce.ts';
import { compileMeasure } from '../compile-measure.ts';
import type { PivotOptions } from '../plan.ts';
import type { Compilation } from './compilation.ts';
import type { GroupedCells } from './pivot-cells.ts';
import type { PivotStep, PreparedPivot } from './pivot-keys.ts';
import type { RelationColumn } from './relation.ts';

/** Says of each cell whether its series is shown; `hidden` is 1 where there are others. */
export function rankSeries(
  { options }: PivotStep,
  column: RelationColumn,
  cells: GroupedCells,
  compilation: Compilation,
): { readonly from: Sql; readonly keep: Sql; readonly hidden: Sql } {
  const [single, ...more] = cells.results;
  const of = sql`OVER (PARTITION BY ${column.ref})`;
  const amount = compilation.fresh('amount');
  const value = single && more.length === 0 ? asNumber({ ...single.result, sql: single.ref }) : cells.count;
  const amounts = compilation.compute(cells, [{ ref: amount, value }]);
  const score = compilation.fresh('score');
  const scored = compilation.compute(amounts, [
    { ref: score, value: scoreOf(options, amount, of, compilation) },
  ]);
  const place = compilation.fresh('place');
  const descending = rankedFromTop(options) ? sql` DESC` : sql``;
  const placed = compilation.compute(scored, [
    {
      ref: place,
      value: sql`dense_rank() OVER (PARTITION BY isNull(${column.ref}) ORDER BY ${score}${descending}, ${column.ref})`,
    },
  ]);
  const keep = compilation.fresh('keep');
  const usesNull = options.useNull ? sql`1` : sql`0`;
  const kept = compilation.compute(placed, [
    {
      ref: keep,
      value: sql`if(isNull(${column.ref}), ${usesNull}, ${keepTest(options, score, place, compilation)})`,
    },
  ]);
  const hidden = compilation.fresh('hidden');
  const marked = compilation.compute(kept, [
    { ref: hidden, value: sql`max(isNotNull(${column.ref}) AND NOT ${keep}) OVER ()` },
  ]);
  return { from: marked.from, keep, hidden };
}

/** Whether the cells of OTHER are the sums of the cells that it stands for. */
export function isAdditive({ measures }: PivotStep): boolean {
  return measures.every(({ function: name }) => name === 'count' || name === 'sum');
}

/** The cells of the series that are shown, and those of OTHER. */
export function mergeOther(
  { options }: PivotStep,
  ranked: { readonly from: Sql; readonly keep: Sql },
  cells: GroupedCells,
  { row, column }: PreparedPivot,
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
  const shown = compilation.compute(compilation.keep(ranked, sql`(isNotNull(${named}) OR ${ranked.keep})`), [
    { ref: series, value: sql`if(isNull(${named}) OR ${ranked.keep}, ${named}, ${other})` },
  ]);
  const statistics = [
    ...order.map(({ ref, value }) => ({ ref, value: sql`any(${value})` })),
    // The sum of a field that no row has is an empty text.
    ...results.map(({ ref, value, result }) => ({
      ref,
      value: result.nothing ? sql`any(${value})` : sql`sum(${value})`,
    })),
  ];
  return {
    from: compilation.group(shown.from, [...(row ? [row.ref] : []), series], statistics),
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
