import type { Sql } from '../../store/sql.ts';
import type { AggregateContext } from '../compile-context.ts';
import { compileMeasure } from '../compile-measure.ts';
import type { Measure } from '../plan.ts';
import type { TypedSql } from '../typed-sql.ts';
import type { Compilation } from './compilation.ts';
import { fieldsOf } from './expression-fields.ts';
import { fillFieldPattern, isPattern, matchFieldPattern, patternReaches } from './field-pattern.ts';
import { fieldNames, type Relation } from './relation.ts';

/** What measures read; `earliest` and its kin read `_time` too. */
export function measuredFields(measures: readonly Measure[]): string[] {
  return measures.flatMap((measure) => [
    ...(measure.field === undefined ? [] : [measure.field]),
    ...fieldsOf(measure.expression),
    ...(timeFunction.test(measure.function) ? ['_time'] : []),
  ]);
}

const timeFunction = /^(earliest|latest|rate|first_seen|last_seen|per_)/;

/** `sum(a*) AS b*` as one measure for each field that the pattern means; BY fields and internal ones are not meant. */
export function expandMeasures(
  measures: readonly Measure[],
  relation: Relation,
  by: readonly string[],
): Measure[] {
  const names = fieldNames(relation).filter((name) => !by.includes(name));
  return measures.flatMap((measure) => {
    const { field } = measure;
    if (field === undefined || !isPattern(field)) return [measure];
    return names.flatMap((name) => {
      const stars = patternReaches(field, name) ? matchFieldPattern(field, name) : undefined;
      return stars ? [{ ...measure, field: name, name: fillFieldPattern(measure.name, stars) }] : [];
    });
  });
}

/** A measure's aggregate calls, each with the column it goes to, and the result made of those columns. */
export interface MeasureSql {
  readonly name: string;
  readonly calls: readonly { readonly ref: Sql; readonly value: Sql }[];
  readonly result: TypedSql;
}

export function compileMeasures(
  measures: readonly Measure[],
  context: AggregateContext,
  compilation: Compilation,
): MeasureSql[] {
  return measures.flatMap((measure) => {
    const compiled = compileMeasure(measure, context);
    if (!compiled) return [];
    const calls = compiled.calls.map((value) => ({ ref: compilation.fresh(measure.name), value }));
    return [{ name: measure.name, calls, result: compiled.finish(calls.map(({ ref }) => ref)) }];
  });
}
