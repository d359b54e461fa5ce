import type { AggregateFunction } from './aggregate-function.ts';
import * as choosing from './choosing.ts';
import * as collecting from './collecting.ts';
import * as counting from './counting.ts';
import * as numeric from './numeric.ts';
import * as perTime from './per-time.ts';

const all: readonly AggregateFunction[] = [
  choosing.earliest,
  choosing.earliestTime,
  choosing.first,
  choosing.last,
  choosing.latest,
  choosing.latestTime,
  choosing.maximum,
  choosing.minimum,
  choosing.mode,
  choosing.rate,
  collecting.list,
  collecting.values,
  counting.count,
  counting.distinctCount,
  counting.estimatedDistinctCount,
  counting.estimationError,
  numeric.average,
  numeric.exactPercentile,
  numeric.median,
  numeric.percentiles,
  numeric.populationDeviation,
  numeric.populationVariance,
  numeric.range,
  numeric.sampleDeviation,
  numeric.sampleVariance,
  numeric.sum,
  numeric.sumOfSquares,
  numeric.upperPercentile,
  perTime.perDay,
  perTime.perHour,
  perTime.perMinute,
  perTime.perSecond,
];

/** Every statistic, by its canonical name. */
export const aggregateFunctions: ReadonlyMap<string, AggregateFunction> = new Map(
  all.map((declared) => [declared.name, declared]),
);
