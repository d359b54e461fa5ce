import { sql } from '../../../store/sql.ts';
import type { AggregateFunction } from './aggregate-function.ts';
import { overTexts } from './aggregate-input.ts';

export const count: AggregateFunction = {
  name: 'count',
  aliases: ['c'],
  takes: 'rows',
  signature: 'count | count(field) | count(eval(condition))',
  summary: 'Number of rows, of values of the field, or of rows for which the condition is true.',
  compile: ({ value }) => {
    if (!value)
      return {
        calls: [sql`count()`],
        finish: ([n = sql`0`]) => ({ sql: sql`toFloat64(${n})`, type: 'number' }),
      };
    const calls =
      value.type === 'boolean'
        ? [sql`countIf(${value.sql})`]
        : value.type === 'multivalue'
          ? [sql`sum(length(${value.sql}))`]
          : [sql`count(${value.sql})`];
    return {
      calls,
      finish: ([n = sql`0`]) => ({ sql: sql`toFloat64(${n})`, type: 'number', notNull: true }),
    };
  },
};

export const distinctCount: AggregateFunction = {
  name: 'dc',
  aliases: ['distinct_count'],
  takes: 'field',
  signature: 'dc(field)',
  summary: 'Number of different values; 1 and 1.0 are different.',
  compile: ({ value }) => ({
    calls: [value ? overTexts(value, (text, suffix) => sql`uniqExact${suffix}(${text})`) : sql`count()`],
    finish: ([n = sql`0`]) => ({ sql: sql`toFloat64(${n})`, type: 'number', notNull: true }),
  }),
};

export const estimatedDistinctCount: AggregateFunction = {
  name: 'estdc',
  takes: 'field',
  signature: 'estdc(field)',
  summary: 'Number of different values, estimated where there are very many.',
  compile: ({ value }) => ({
    calls: [value ? overTexts(value, (text, suffix) => sql`uniqCombined64${suffix}(${text})`) : sql`count()`],
    finish: ([n = sql`0`]) => ({ sql: sql`toFloat64(${n})`, type: 'number', notNull: true }),
  }),
};

export const estimationError: AggregateFunction = {
  name: 'estdc_error',
  takes: 'field',
  signature: 'estdc_error(field)',
  summary: 'How far estdc is from the number of different values, as a part of that number.',
  compile: ({ value }) => ({
    calls: value
      ? [
          overTexts(value, (text, suffix) => sql`uniqCombined64${suffix}(${text})`),
          overTexts(value, (text, suffix) => sql`uniqExact${suffix}(${text})`),
        ]
      : [sql`count()`, sql`count()`],
    finish: ([estimated = sql`0`, real = sql`0`]) => ({
      sql: sql`(abs(toFloat64(${estimated}) - toFloat64(${real})) / nullIf(toFloat64(${real}), 0))`,
      type: 'number',
    }),
  }),
};
