import { integer, sql } from '../../store/sql.ts';
import { needAlso } from './field-need.ts';
import type { Generator, StepOf } from './generator.ts';
import { columnOf, withColumns } from './relation.ts';

/** `mvexpand`: one row a value, in the values' order; a row without a value passes as it is. */
export const expandGenerator: Generator<StepOf<'expand'>> = {
  needs: (step, after) => needAlso(after, [step.field]),
  generate(step, input, { compilation }) {
    const column = columnOf(input, step.field);
    if (column?.type !== 'multivalue') return input;
    const place = compilation.fresh('place');
    const value = compilation.fresh(step.field);
    const values = step.limit > 0 ? sql`arraySlice(${column.ref}, 1, ${integer(step.limit)})` : column.ref;
    const places = compilation.compute(input, [
      {
        ref: place,
        value: sql`arrayJoin(if(empty(${column.ref}), [toUInt32(0)], arrayEnumerate(${values})))`,
      },
    ]);
    const rows = compilation.compute(places, [
      { ref: value, value: sql`if(${place} = 0, NULL, ${column.ref}[${place}])` },
    ]);
    return withColumns(
      {
        ...rows,
        identity: undefined,
        atMost: undefined,
        order: [...input.order, { ref: place, descending: false, nullsFirst: false, ascending: place }],
      },
      [{ name: step.field, type: 'text', ref: value }],
    );
  },
};
