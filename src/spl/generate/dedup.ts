import { integer, joinSql, type Sql, sql } from '../../store/sql.ts';
import { nothing } from '../coerce.ts';
import { runDiagnostic } from '../run-diagnostics.ts';
import { assignFields } from './assign.ts';
import type { Compilation } from './compilation.ts';
import { needAlso } from './field-need.ts';
import { expandFieldPatterns } from './field-pattern.ts';
import type { Generator, StepOf } from './generator.ts';
import { columnOf, fieldNames, isWide, orderClause, type Relation, type RelationColumn } from './relation.ts';
import { differsFromRowBefore } from './row-change.ts';
import { numberRows } from './row-number.ts';
import { sortColumns } from './sort-keys.ts';
import { hasValue, nullOf } from './typed-column.ts';

/** `dedup`: the first rows of each combination of values, in the order of the rows or that of `sortby`. */
export const dedupGenerator: Generator<StepOf<'dedup'>> = {
  needs: (step, after) => needAlso(after, [...step.fields, ...step.sortBy.map(({ field }) => field)]),
  generate(step, input, { compilation }) {
    const sorted = sortedBy(step, input, compilation);
    const columns = expandFieldPatterns(step.fields, fieldNames(input)).map((name) => {
      const column = columnOf(sorted, name);
      if (!column)
        compilation.report(runDiagnostic('field-in-no-row', { command: 'dedup', field: name }, step.span));
      return column ?? ({ name, type: 'text', ref: nullOf('text'), nothing: true } as const);
    });
    const complete = joinSql(columns.map(hasValue), sql` AND `);
    const kept = step.keepEmpty || step.keepEvents ? sorted : compilation.keep(sorted, complete);
    if (!step.keepEmpty && !step.keepEvents && !step.consecutive) {
      const keys = joinSql(
        columns.map(({ ref }) => ref),
        sql`, `,
      );
      const tail = sql`${orderClause(kept.order)} LIMIT ${integer(step.count)} BY ${keys}`;
      if (!kept.identity || !isWide(kept))
        return { ...kept, from: compilation.define(sql`SELECT * FROM ${kept.from}${tail}`) };
      // Only what tells rows apart is sorted; the rows themselves are read by what is left of it.
      const left = compilation.define(sql`SELECT ${kept.identity} FROM ${kept.from}${tail}`);
      const first = compilation.keep(kept, sql`${kept.identity} IN (SELECT * FROM ${left})`);
      // The rows before are read twice by now; a second dedup that did the same would read them four times.
      return { ...first, identity: undefined };
    }
    const { relation, place } = numbered(step, kept, columns, complete, compilation);
    const surplus =
      step.keepEmpty || step.keepEvents
        ? sql`(${complete} AND ${place} > ${integer(step.count)})`
        : sql`${place} > ${integer(step.count)}`;
    if (!step.keepEvents) return compilation.keep(relation, sql`NOT (${surplus})`);
    const rows = step.keepEmpty ? relation : relation;
    return assignFields(
      rows,
      columns
        .filter(({ nothing: none }) => !none)
        .map(({ name, type, ref }) => ({
          name,
          value: { type, sql: sql`if(${surplus}, ${nothing(type).sql}, ${ref})` },
        })),
      compilation,
    );
  },
};

function sortedBy(step: StepOf<'dedup'>, input: Relation, compilation: Compilation): Relation {
  if (step.sortBy.length === 0) return input;
  const { computed, keys } = sortColumns(step.sortBy, input, compilation);
  return { ...compilation.compute(input, computed), order: [...keys, ...input.order], timeOrder: undefined };
}

/** Each row's place among those with the same values: all of them, or with `consecutive` its neighbours only. */
function numbered(
  step: StepOf<'dedup'>,
  input: Relation,
  columns: readonly RelationColumn[],
  complete: Sql,
  compilation: Compilation,
): { readonly relation: Relation; readonly place: Sql } {
  const rows = numberRows(input, compilation);
  const order = orderClause(rows.order);
  const place = compilation.fresh('place');
  const keys = [...columns.map(({ ref }) => ref), complete];
  if (!step.consecutive) {
    const partition = joinSql(keys, sql`, `);
    const value = sql`row_number() OVER (PARTITION BY ${partition}${order})`;
    return { relation: compilation.compute(rows, [{ ref: place, value }]), place };
  }
  const changed = compilation.fresh('changed');
  const run = compilation.fresh('run');
  const marked = compilation.compute(rows, [
    {
      ref: changed,
      value: differsFromRowBefore(
        columns.map(({ ref }) => ref),
        order,
      ),
    },
  ]);
  const runs = compilation.compute(marked, [
    { ref: run, value: sql`sum(${changed}) OVER (${order} ROWS UNBOUNDED PRECEDING)` },
  ]);
  const value = sql`row_number() OVER (PARTITION BY ${run}${order})`;
  return { relation: compilation.compute(runs, [{ ref: place, value }]), place };
}
