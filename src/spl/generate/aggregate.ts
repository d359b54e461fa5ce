import { type Sql, sql } from '../../store/sql.ts';
import type { Measure } from '../plan.ts';
import { runDiagnostic } from '../run-diagnostics.ts';
import { assignFields } from './assign.ts';
import type { Compilation } from './compilation.ts';
import { need } from './field-need.ts';
import type { Generator, StepOf } from './generator.ts';
import { groupKeys } from './group-keys.ts';
import { compileMeasures, expandMeasures, measuredFields } from './measures.ts';
import type { Relation } from './relation.ts';
import { arrival } from './row-number.ts';

/** Values that `list()` keeps of a group: limits.conf, `list_maxsize`. */
export const LIST_LIMIT = 100;

/** `stats`: one row for each group, in natural order of the BY fields; without BY one row, also for no input. */
export const aggregateGenerator: Generator<StepOf<'aggregate'>> = {
  needs: (step) => need([...step.by, ...measuredFields(step.measures)]),
  generate(step, input, { compilation }) {
    const { relation, keys, natural, order } = groupKeys(step.by, input, compilation, {
      distinct: step.dedupSplitValues,
    });
    const arriving = arrival(relation, compilation);
    const context = compilation.aggregateContext(relation, arriving.expression);
    const measures = expandMeasures(step.measures, relation, step.by);
    const compiled = compileMeasures(measures, context, compilation);
    const lists = compileMeasures(measures.filter(isList).map(asCount), context, compilation);
    const { from } = arriving.settle();
    const refs = keys.map(({ ref }) => ref);
    const calls = [...compiled, ...lists].flatMap((measure) => measure.calls);
    const grouped = compilation.group(from, refs, calls);
    for (const list of lists) probeList(list.result.sql, grouped, measures, compilation);
    const groups: Relation = {
      kind: 'relation',
      from: grouped,
      columns: keys,
      identity: undefined,
      listed: true,
      rest: undefined,
      order: order.flat(),
      timeOrder: undefined,
    };
    return assignFields(
      groups,
      compiled.map(({ name, result }) => ({ name, value: result })),
      compilation,
      natural.flat(),
    );
  },
};

function isList({ function: name }: Measure): boolean {
  return name === 'list';
}

function asCount(measure: Measure): Measure {
  return { ...measure, function: 'count' };
}

function probeList(count: Sql, grouped: Sql, measures: readonly Measure[], compilation: Compilation): void {
  const span = measures.find(isList)?.span ?? { start: 0, end: 0 };
  compilation.probes.push({
    sql: sql`SELECT ifNull(max(${count}), 0) AS n FROM ${grouped}`,
    limit: LIST_LIMIT,
    diagnostic: runDiagnostic('list-limit', { limit: LIST_LIMIT }, span),
    rowsKept: false,
  });
}
