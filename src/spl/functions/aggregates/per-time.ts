import { integer, sql } from '../../../store/sql.ts';
import type { AggregateFunction } from './aggregate-function.ts';
import { noValue, overNumbers } from './aggregate-input.ts';

function perTime(name: string, unit: string, seconds: number): AggregateFunction {
  return {
    name,
    takes: 'field',
    signature: `${name}(field)`,
    summary: `The sum for each ${unit} of a timechart's bin.`,
    compile: ({ value }, context) => {
      if (!value || value.nothing) return noValue;
      const bin = context.binSeconds;
      return {
        calls: [overNumbers(value, (x, suffix) => sql`sumOrNull${suffix}(${x})`)],
        finish: ([total = sql`NULL`]) => ({
          sql: bin ? sql`(${total} * ${integer(seconds)} / ${bin})` : sql`NULL`,
          type: 'number',
        }),
      };
    },
  };
}

export const perSecond = perTime('per_second', 'second', 1);
export const perMinute = perTime('per_minute', 'minute', 60);
export const perHour = perTime('per_hour', 'hour', 3600);
export const perDay = perTime('per_day', 'day', 86400);
