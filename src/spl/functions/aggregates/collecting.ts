import { sql } from '../../../store/sql.ts';
import { asText } from '../../coerce.ts';
import type { AggregateFunction } from './aggregate-function.ts';
import { noValue, overTexts } from './aggregate-input.ts';

/** limits.conf, list_maxsize. */
export const listLimit = 100;

export const values: AggregateFunction = {
  name: 'values',
  takes: 'field',
  signature: 'values(field)',
  summary: 'All different values in the order of texts, as a multivalue.',
  compile: ({ value }) => {
    if (!value || value.nothing) return noValue;
    return {
      calls: [overTexts(value, (text, suffix) => sql`groupUniqArray${suffix}(${text})`)],
      finish: ([found = sql`[]`]) => ({ sql: sql`arraySort(${found})`, type: 'multivalue' }),
    };
  },
};

export const list: AggregateFunction = {
  name: 'list',
  takes: 'field',
  signature: 'list(field)',
  summary: `The values in the order of the rows, the first ${listLimit}, as a multivalue.`,
  compile: ({ value }, context) => {
    if (!value || value.nothing) return noValue;
    const row = value.type === 'multivalue' ? value.sql : sql`[assumeNotNull(${asText(value)})]`;
    const present = value.type === 'multivalue' ? sql`notEmpty(${value.sql})` : sql`isNotNull(${value.sql})`;
    const order = context.arrivalOrder;
    if (!order)
      return {
        calls: [sql`groupArrayIf(100)(${row}, ${present})`],
        finish: ([found = sql`[]`]) => ({
          sql: sql`arraySlice(arrayFlatten(${found}), 1, 100)`,
          type: 'multivalue',
        }),
      };
    return {
      calls: [sql`groupArraySortedIf(100)((${order}, ${row}), ${present})`],
      finish: ([found = sql`[]`]) => ({
        sql: sql`arraySlice(arrayFlatten(arrayMap(pair -> pair.2, ${found})), 1, 100)`,
        type: 'multivalue',
      }),
    };
  },
};
