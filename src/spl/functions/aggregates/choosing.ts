import { type Sql, sql } from '../../../store/sql.ts';
import { asNumber, asText } from '../../coerce.ts';
import type { AggregateContext, CompiledAggregate } from '../../compile-context.ts';
import { secondsBetween, textNumber } from '../../number-text.ts';
import type { SqlType, TypedSql } from '../../typed-sql.ts';
import type { AggregateFunction } from './aggregate-function.ts';
import { noValue, rowValue } from './aggregate-input.ts';

/**
 * Least or greatest: by number if every value is one, else by text. The value is given as recorded, so that no digit of a
 * long number is lost.
 */
function extreme(name: 'min' | 'max', value: TypedSql | undefined): CompiledAggregate {
  if (!value || value.nothing) return noValue;
  const plain = (x: Sql) => (name === 'min' ? sql`minOrNull(${x})` : sql`maxOrNull(${x})`);
  if (value.type === 'number' || value.type === 'time') {
    const { type } = value;
    return { calls: [plain(value.sql)], finish: ([found = sql`NULL`]) => ({ sql: found, type }) };
  }
  const byNumber = name === 'min' ? sql`argMinIf` : sql`argMaxIf`;
  const isMultiple = value.type === 'multivalue';
  const text = isMultiple ? value.sql : asText(value);
  const number = isMultiple ? sql`arrayMap(value -> ${textNumber(sql`value`)}, ${text})` : asNumber(value);
  const suffix = isMultiple ? sql`Array` : sql``;
  const each = (test: (x: Sql, n: Sql) => Sql) =>
    isMultiple
      ? sql`arrayMap((value, parsed) -> ${test(sql`value`, sql`parsed`)}, ${text}, ${number})`
      : test(text, number);
  const textExtreme = isMultiple
    ? name === 'min'
      ? sql`minOrNullArray(${text})`
      : sql`maxOrNullArray(${text})`
    : plain(text);
  return {
    calls: [
      sql`${byNumber}${suffix}(${text}, ${number}, ${each((_, n) => sql`isNotNull(${n})`)})`,
      textExtreme,
      sql`countIf${suffix}(${each((x, n) => sql`isNull(${n}) AND isNotNull(${x})`)})`,
    ],
    finish: ([numeric = sql`NULL`, lexical = sql`NULL`, texts = sql`0`]) => ({
      sql: sql`if(${texts} = 0 AND isNotNull(${lexical}), CAST(${numeric}, 'Nullable(String)'), ${lexical})`,
      type: 'text',
    }),
  };
}

export const minimum: AggregateFunction = {
  name: 'min',
  takes: 'field',
  signature: 'min(field)',
  summary: 'The least value: as numbers if all are, else in the order of texts.',
  compile: ({ value }) => extreme('min', value),
};

export const maximum: AggregateFunction = {
  name: 'max',
  takes: 'field',
  signature: 'max(field)',
  summary: 'The greatest value: as numbers if all are, else in the order of texts.',
  compile: ({ value }) => extreme('max', value),
};

export const mode: AggregateFunction = {
  name: 'mode',
  takes: 'field',
  signature: 'mode(field)',
  summary: 'The most frequent value; of several the first in the order of texts.',
  compile: ({ value }) => {
    if (!value || value.nothing) return noValue;
    const values =
      value.type === 'multivalue'
        ? value.sql
        : sql`arrayFilter(value -> isNotNull(value), [${asText(value)}])`;
    return {
      calls: [
        sql`sumMap(arrayMap(value -> assumeNotNull(value), ${values}), arrayMap(value -> toUInt64(1), ${values}))`,
      ],
      // Keys come sorted; the first with the highest count is taken.
      finish: ([counts = sql`([], [])`]) => ({
        sql: sql`arrayElementOrNull(tupleElement(${counts}, 1), indexOf(tupleElement(${counts}, 2), arrayMax(tupleElement(${counts}, 2))))`,
        type: 'text',
      }),
    };
  },
};

/** What a chosen row's value is: an empty array where no row was chosen counts as null. */
function chosen(type: SqlType): CompiledAggregate['finish'] {
  return ([found = sql`NULL`]) => ({ sql: found, type });
}

/** The value of the first or last row that has one, in the order of arrival. */
function byArrival(which: 'first' | 'last', value: TypedSql | undefined, context: AggregateContext) {
  if (!value || value.nothing) return noValue;
  const { sql: row, present } = rowValue(value);
  const order = context.arrivalOrder;
  if (order) {
    const choose = which === 'first' ? sql`argMinIf` : sql`argMaxIf`;
    return { calls: [sql`${choose}(${row}, ${order}, ${present})`], finish: chosen(value.type) };
  }
  const choose = which === 'first' ? sql`anyIf` : sql`anyLastIf`;
  return { calls: [sql`${choose}(${row}, ${present})`], finish: chosen(value.type) };
}

export const first: AggregateFunction = {
  name: 'first',
  takes: 'field',
  signature: 'first(field)',
  summary: 'The first value in the order of the rows; events come newest first.',
  compile: ({ value }, context) => byArrival('first', value, context),
};

export const last: AggregateFunction = {
  name: 'last',
  takes: 'field',
  signature: 'last(field)',
  summary: 'The last value in the order of the rows.',
  compile: ({ value }, context) => byArrival('last', value, context),
};

function byTime(which: 'earliest' | 'latest', value: TypedSql | undefined, context: AggregateContext) {
  const order = context.eventTime;
  if (!value || value.nothing || !order) return noValue;
  const { sql: row, present } = rowValue(value);
  const choose = which === 'earliest' ? sql`argMinIf` : sql`argMaxIf`;
  return {
    calls: [sql`${choose}(${row}, ${order}, ${present} AND isNotNull(${order}))`],
    finish: chosen(value.type),
  };
}

export const earliest: AggregateFunction = {
  name: 'earliest',
  takes: 'field',
  signature: 'earliest(field)',
  summary: 'The value of the oldest row that has one.',
  compile: ({ value }, context) => byTime('earliest', value, context),
};

export const latest: AggregateFunction = {
  name: 'latest',
  takes: 'field',
  signature: 'latest(field)',
  summary: 'The value of the newest row that has one.',
  compile: ({ value }, context) => byTime('latest', value, context),
};

function timeOf(which: 'earliest' | 'latest', value: TypedSql | undefined, context: AggregateContext) {
  const order = context.eventTime;
  if (!value || value.nothing || !order) return noValue;
  const choose = which === 'earliest' ? sql`minOrNullIf` : sql`maxOrNullIf`;
  return { calls: [sql`${choose}(${order}, ${rowValue(value).present})`], finish: chosen('time') };
}

export const earliestTime: AggregateFunction = {
  name: 'earliest_time',
  takes: 'field',
  signature: 'earliest_time(field)',
  summary: 'The time of the oldest row that has a value.',
  compile: ({ value }, context) => timeOf('earliest', value, context),
};

export const latestTime: AggregateFunction = {
  name: 'latest_time',
  takes: 'field',
  signature: 'latest_time(field)',
  summary: 'The time of the newest row that has a value.',
  compile: ({ value }, context) => timeOf('latest', value, context),
};

/** Change of a counter by second between its oldest and newest value. */
export const rate: AggregateFunction = {
  name: 'rate',
  takes: 'field',
  signature: 'rate(field)',
  summary: 'Change by second: newest less oldest value, divided by the seconds between them.',
  compile: ({ value }, context) => {
    const time = context.eventTime;
    if (!value || value.nothing || !time) return noValue;
    const number = asNumber(value);
    const present = sql`isNotNull(${number})`;
    return {
      calls: [
        sql`argMaxIf(${number}, ${time}, ${present})`,
        sql`argMinIf(${number}, ${time}, ${present})`,
        sql`maxOrNullIf(${time}, ${present})`,
        sql`minOrNullIf(${time}, ${present})`,
      ],
      finish: ([newest = sql`NULL`, oldest = sql`NULL`, to = sql`NULL`, from = sql`NULL`]) => ({
        sql: sql`((${newest} - ${oldest}) / nullIf(${secondsBetween(to, from)}, 0))`,
        type: 'number',
      }),
    };
  },
};
