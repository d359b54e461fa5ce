import { joinSql, sql } from '../../store/sql.ts';
import { nothing } from '../coerce.ts';
import type { TypedSql } from '../typed-sql.ts';
import { assignFields } from './assign.ts';
import { needAlso } from './field-need.ts';
import type { Generator, StepOf } from './generator.ts';
import { compileMeasures, expandMeasures, measuredFields } from './measures.ts';
import { columnOf, type RelationColumn } from './relation.ts';
import { arrival } from './row-number.ts';
import { hasValue } from './typed-column.ts';

/** `eventstats`: each row gets the statistics of its group; rows that miss a BY field stay and get none. */
export const eventAggregateGenerator: Generator<StepOf<'event-aggregate'>> = {
  needs: (step, after) => needAlso(after, [...step.by, ...measuredFields(step.measures)]),
  generate(step, input, { compilation }) {
    const keys = step.by.map((name) => columnOf(input, name));
    const arriving = arrival(input, compilation);
    const context = compilation.aggregateContext(input, arriving.expression);
    const compiled = compileMeasures(expandMeasures(step.measures, input, step.by), context, compilation);
    const settled = arriving.settle();
    const partition = partitionBy(keys);
    const counted = compilation.compute(
      settled,
      compiled.flatMap(({ calls }) =>
        calls.map(({ ref, value }) => ({ ref, value: sql`${value} OVER (${partition})` })),
      ),
    );
    return assignFields(
      counted,
      compiled.map(({ name, result }) => ({ name, value: onlyIn(keys, result) })),
      compilation,
    );
  },
};

/** `PARTITION BY …` of the fields that exist, or nothing. */
export function partitionBy(keys: readonly (RelationColumn | undefined)[]) {
  const refs = keys.flatMap((key) => (key && !key.nothing ? [key.ref] : []));
  return refs.length > 0 ? sql`PARTITION BY ${joinSql(refs, sql`, `)}` : sql``;
}

/** The value in rows that have all the fields, null in the others. */
export function onlyIn(keys: readonly (RelationColumn | undefined)[], value: TypedSql): TypedSql {
  if (keys.length === 0) return value;
  if (keys.some((key) => !key || key.nothing)) return nothing(value.type);
  const complete = joinSql(
    keys.flatMap((key) => (key ? [hasValue(key)] : [])),
    sql` AND `,
  );
  return { type: value.type, sql: sql`if(${complete}, ${value.sql}, ${nothing(value.type).sql})` };
}
