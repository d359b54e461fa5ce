import { type Sql, sql } from '../../../store/sql.ts';
import { secondsBetween } from '../../number-text.ts';
import type { AggregateFunction } from './aggregate-function.ts';
import { noValue, overNumbers } from './aggregate-input.ts';

interface NumericOptions {
  readonly aliases?: readonly string[];
  /** What makes the result of the call's value. */
  readonly finish?: (value: Sql) => Sql;
}

function numeric(
  name: string,
  summary: string,
  call: (number: Sql, suffix: Sql) => Sql,
  { aliases, finish = (value) => value }: NumericOptions = {},
): AggregateFunction {
  return {
    name,
    ...(aliases ? { aliases } : {}),
    takes: 'field',
    signature: `${name}(field)`,
    summary: `${summary} Values that are no numbers are left out.`,
    compile: ({ value }) => {
      if (!value || value.nothing) return noValue;
      return {
        calls: [overNumbers(value, call)],
        finish: ([found = sql`NULL`]) => ({
          sql: sql`CAST(${finish(found)}, 'Nullable(Float64)')`,
          type: 'number',
        }),
      };
    },
  };
}

/** The engine gives nan for one value, where the spread is nothing. */
const noSpread = (value: Sql) => sql`ifNotFinite(${value}, 0.)`;

export const sum = numeric('sum', 'The sum.', (x, suffix) => sql`sumOrNull${suffix}(${x})`);
export const average = numeric('avg', 'The mean.', (x, suffix) => sql`avgOrNull${suffix}(${x})`, {
  aliases: ['mean'],
});
export const sumOfSquares = numeric('sumsq', 'The sum of the squares.', (x, suffix) =>
  suffix.text === '' ? sql`sumOrNull(${x} * ${x})` : sql`sumOrNullArray(arrayMap(x -> x * x, ${x}))`,
);
export const sampleDeviation = numeric(
  'stdev',
  'The standard deviation of a sample.',
  (x, suffix) => sql`stddevSampStableOrNull${suffix}(${x})`,
  { finish: noSpread },
);
export const populationDeviation = numeric(
  'stdevp',
  'The standard deviation of a population.',
  (x, suffix) => sql`stddevPopStableOrNull${suffix}(${x})`,
  { finish: noSpread },
);
export const sampleVariance = numeric(
  'var',
  'The variance of a sample.',
  (x, suffix) => sql`varSampStableOrNull${suffix}(${x})`,
  { finish: noSpread },
);
export const populationVariance = numeric(
  'varp',
  'The variance of a population.',
  (x, suffix) => sql`varPopStableOrNull${suffix}(${x})`,
  { finish: noSpread },
);

export const range: AggregateFunction = {
  name: 'range',
  takes: 'field',
  signature: 'range(field)',
  summary: 'The greatest number less the least. Values that are no numbers are left out.',
  compile: ({ value }) => {
    if (!value || value.nothing) return noValue;
    if (value.type === 'time')
      return {
        calls: [sql`maxOrNull(${value.sql})`, sql`minOrNull(${value.sql})`],
        finish: ([most = sql`NULL`, least = sql`NULL`]) => ({
          sql: secondsBetween(most, least),
          type: 'number',
        }),
      };
    return {
      calls: [
        overNumbers(value, (x, suffix) => sql`maxOrNull${suffix}(${x})`),
        overNumbers(value, (x, suffix) => sql`minOrNull${suffix}(${x})`),
      ],
      finish: ([most = sql`NULL`, least = sql`NULL`]) => ({ sql: sql`(${most} - ${least})`, type: 'number' }),
    };
  },
};

/**
 * Percentiles by nearest rank, floor(p/100 × count) from 0 (limits.conf, perc_method), over all values: exact, so that
 * `perc`, `exactperc` and `upperperc` agree.
 */
function percentile(
  name: string,
  aliases: readonly string[],
  summary: string,
  fixed?: number,
): AggregateFunction {
  return {
    name,
    aliases,
    takes: 'field',
    ...(fixed === undefined ? { percentile: true as const } : {}),
    signature: fixed === undefined ? `${name}95(field)` : `${name}(field)`,
    summary,
    compile: ({ value, argument }, context) => {
      if (!value || value.nothing) return noValue;
      const level = context.parameters.bind((fixed ?? argument ?? 50) / 100, 'Float64');
      return {
        calls: [overNumbers(value, (x, suffix) => sql`quantileExactOrNull${suffix}(${level})(${x})`)],
        finish: ([found = sql`NULL`]) => ({ sql: found, type: 'number' }),
      };
    },
  };
}

export const percentiles = percentile(
  'perc',
  ['p', 'percentile'],
  'The value below which that percentage of the numbers lies.',
);
export const exactPercentile = percentile('exactperc', [], 'The exact percentile.');
export const upperPercentile = percentile('upperperc', [], 'The upper bound of the percentile.');
export const median = percentile('median', [], 'The middle of the numbers, perc50.', 50);
