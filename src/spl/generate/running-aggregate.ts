import { TICKS_PER_SECOND } from '../../core/ticks.ts';
import { integer, joinSql, type Sql, sql } from '../../store/sql.ts';
import { asTime } from '../coerce.ts';
import { compileExpression } from '../compile-expression.ts';
import { runDiagnostic } from '../run-diagnostics.ts';
import { assignFields } from './assign.ts';
import type { Compilation } from './compilation.ts';
import { onlyIn } from './event-aggregate.ts';
import { fieldsOf } from './expression-fields.ts';
import { needAlso } from './field-need.ts';
import type { Generator, StepOf } from './generator.ts';
import { compileMeasures, expandMeasures, measuredFields } from './measures.ts';
import { columnOf, orderClause, type Relation, type RelationColumn, typedColumn } from './relation.ts';
import { differsFromRowBefore } from './row-change.ts';
import { ticksOf } from './typed-column.ts';

type RunningStep = StepOf<'running-aggregate'>;

/** `streamstats`: statistics of the rows up to each row, by window functions; resets cut the rows into segments. */
export const runningAggregateGenerator: Generator<RunningStep> = {
  needs: (step, after) =>
    needAlso(after, [
      ...step.by,
      ...measuredFields(step.measures),
      ...fieldsOf(step.resetBefore, step.resetAfter),
      ...(step.timeWindow === undefined ? [] : ['_time']),
    ]),
  generate(step, input, { compilation }) {
    reportSelfReference(step, compilation);
    const row = compilation.fresh('row');
    const order = orderClause(input.order);
    const rows: Relation = {
      ...compilation.compute(input, [{ ref: row, value: sql`toInt64(row_number() OVER (${order}))` }]),
      order: [{ ref: row, descending: false, nullsFirst: false, ascending: row }],
    };
    const keys = step.by.map((name) => columnOf(rows, name));
    const { relation, segment } = segments(step, rows, row, keys, compilation);
    const context = compilation.aggregateContext(relation, () => undefined);
    const compiled = compileMeasures(expandMeasures(step.measures, relation, step.by), context, compilation);
    const window = windowOf(step, relation, row, [
      ...(segment ? [segment] : []),
      ...keys.flatMap((key) => (key && !key.nothing ? [key.ref] : [])),
    ]);
    const counted = compilation.compute(
      relation,
      compiled.flatMap(({ calls }) =>
        calls.map(({ ref, value }) => ({ ref, value: sql`${value} OVER (${window})` })),
      ),
    );
    return assignFields(
      counted,
      compiled.map(({ name, result }) => ({ name, value: onlyIn(keys, result) })),
      compilation,
    );
  },
};

/** A window counts rows of all groups together (`global`), which is a range of row numbers, or rows of the group alone. */
function windowOf(step: RunningStep, relation: Relation, row: Sql, partition: readonly Sql[]): Sql {
  const groups = partition.length > 0 ? sql`PARTITION BY ${joinSql(partition, sql`, `)} ` : sql``;
  const end = step.current ? sql`CURRENT ROW` : sql`1 PRECEDING`;
  const time = columnOf(relation, '_time');
  if (step.timeWindow !== undefined && time) {
    const ticks = ticksOf(asTime(typedColumn(time)));
    const running = relation.timeOrder === 'ascending' ? ticks : sql`negate(${ticks})`;
    const reach = sql`${integer(Math.max(0, Math.round(step.timeWindow * Number(TICKS_PER_SECOND)) - 1))} PRECEDING`;
    return sql`${groups}ORDER BY ${running} RANGE BETWEEN ${reach} AND ${step.current ? sql`CURRENT ROW` : sql`1 PRECEDING`}`;
  }
  if (step.window === 0) return sql`${groups}ORDER BY ${row} ROWS BETWEEN UNBOUNDED PRECEDING AND ${end}`;
  const reach = integer(step.current ? step.window - 1 : step.window);
  const unit = step.global && step.by.length > 0 ? sql`RANGE` : sql`ROWS`;
  return sql`${groups}ORDER BY ${row} ${unit} BETWEEN ${reach} PRECEDING AND ${end}`;
}

/** The number of resets up to each row. */
function segments(
  step: RunningStep,
  rows: Relation,
  row: Sql,
  keys: readonly (RelationColumn | undefined)[],
  compilation: Compilation,
): { readonly relation: Relation; readonly segment: Sql | undefined } {
  const order = orderClause(rows.order);
  const context = compilation.context(rows);
  const before: Sql[] = [];
  if (step.resetBefore) before.push(sql`ifNull(${compileExpression(step.resetBefore, context).sql}, 0)`);
  if (step.resetOnChange) {
    const values = keys.flatMap((key) => (key && !key.nothing ? [key.ref] : []));
    if (values.length > 0) before.push(differsFromRowBefore(values, order));
  }
  const after = step.resetAfter && sql`ifNull(${compileExpression(step.resetAfter, context).sql}, 0)`;
  if (before.length === 0 && !after) return { relation: rows, segment: undefined };
  const starts = compilation.fresh('starts');
  const ends = compilation.fresh('ends');
  const segment = compilation.fresh('segment');
  const marked = compilation.compute(rows, [
    { ref: starts, value: before.length > 0 ? joinSql(before, sql` OR `) : sql`0` },
    { ref: ends, value: after ?? sql`0` },
  ]);
  const relation = compilation.compute(marked, [
    {
      ref: segment,
      value: sql`sum(${starts}) OVER (ORDER BY ${row} ROWS UNBOUNDED PRECEDING) + ifNull(sum(${ends}) OVER (ORDER BY ${row} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)`,
    },
  ]);
  return { relation, segment };
}

function reportSelfReference(step: RunningStep, compilation: Compilation): void {
  const made = new Set(step.measures.map(({ name }) => name));
  for (const field of fieldsOf(step.resetBefore, step.resetAfter))
    if (made.has(field)) compilation.report(runDiagnostic('reset-needs-result', { field }, step.span));
}
