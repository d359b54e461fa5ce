import { integer, sql } from '../../store/sql.ts';
import { compileExpression } from '../compile-expression.ts';
import { runDiagnostic } from '../run-diagnostics.ts';
import { fieldsOf } from './expression-fields.ts';
import { needAlso } from './field-need.ts';
import type { Generator, StepOf } from './generator.ts';
import { orderClause, type Relation, reversedOrder } from './relation.ts';
import { numberRows } from './row-number.ts';
import { sortColumns } from './sort-keys.ts';

/** Rows that `sort` keeps where the search does not say how many: documentation of sort. */
const DEFAULT_SORT_LIMIT = 10_000;

/** Keys that sorts one after another may leave; from then on rows keep their order by a number. */
const MOST_KEYS = 20;

/** `sort`: stable. The default limit is reported where it cuts rows off. */
export const sortGenerator: Generator<StepOf<'sort'>> = {
  needs: (step, after) =>
    needAlso(
      after,
      step.keys.map(({ field }) => field),
    ),
  generate(step, given, { compilation }) {
    const input = given.order.length > MOST_KEYS ? numberRows(given, compilation) : given;
    const { computed, keys } = sortColumns(step.keys, input, compilation);
    const first = step.keys[0];
    const sorted: Relation = {
      ...(computed.length > 0 ? compilation.compute(input, computed) : input),
      order: [...keys, ...input.order],
      timeOrder: first?.field === '_time' ? (first.descending ? 'descending' : 'ascending') : undefined,
    };
    const turned = step.reversed
      ? { ...sorted, order: reversedOrder(sorted.order), timeOrder: undefined }
      : sorted;
    if (step.limit === 0) return turned;
    const { limit } = step;
    // Who asks for a number of rows knows that there may be more.
    if (limit !== DEFAULT_SORT_LIMIT) return compilation.take(turned, limit);
    compilation.probes.push({
      sql: sql`SELECT count() AS n FROM (SELECT 1 FROM ${input.from} LIMIT ${integer(limit + 1)})`,
      limit,
      diagnostic: runDiagnostic('sort-limit', { limit }, step.span),
      rowsKept: true,
    });
    return compilation.take(turned, limit);
  },
};

export const reverseGenerator: Generator<StepOf<'reverse'>> = {
  needs: (_step, after) => after,
  generate: (_step, input) => ({ ...input, order: reversedOrder(input.order), timeOrder: turnedTime(input) }),
};

export const headGenerator: Generator<StepOf<'head'>> = {
  needs: (_step, after) => after,
  generate: (step, input, { compilation }) => compilation.take(input, step.count),
};

export const tailGenerator: Generator<StepOf<'tail'>> = {
  needs: (_step, after) => after,
  generate: (step, input, { compilation }) =>
    compilation.take(
      { ...input, order: reversedOrder(input.order), timeOrder: turnedTime(input) },
      step.count,
    ),
};

/** `head (condition)`: the running count of rows that ended it is zero, or one at the row that did. */
export const headWhileGenerator: Generator<StepOf<'head-while'>> = {
  needs: (step, after) => needAlso(after, fieldsOf(step.test)),
  generate(step, input, { compilation }) {
    const test = compileExpression(step.test, compilation.context(input));
    const ends = compilation.fresh('ends');
    const ended = compilation.fresh('ended');
    const goesOn = step.nullContinues ? sql`ifNull(${test.sql}, 1)` : sql`ifNull(${test.sql}, 0)`;
    const numbered = numberRows(
      compilation.compute(input, [{ ref: ends, value: sql`NOT ${goesOn}` }]),
      compilation,
    );
    const counted = compilation.compute(numbered, [
      { ref: ended, value: sql`sum(${ends}) OVER (${orderClause(numbered.order)} ROWS UNBOUNDED PRECEDING)` },
    ]);
    const kept = step.keepLast ? sql`(${ended} = 0 OR (${ended} = 1 AND ${ends}))` : sql`${ended} = 0`;
    const result = compilation.keep(counted, kept);
    return step.limit === undefined ? result : compilation.take(result, step.limit);
  },
};

function turnedTime({ timeOrder }: Relation): Relation['timeOrder'] {
  if (timeOrder === undefined) return undefined;
  return timeOrder === 'ascending' ? 'descending' : 'ascending';
}
