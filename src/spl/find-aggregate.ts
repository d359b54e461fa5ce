import type { AggregateFunction } from './functions/aggregates/aggregate-function.ts';
import { aggregateFunctions } from './functions/aggregates/registry.ts';

/** A statistic as a search names it. */
export interface FoundAggregate {
  /** Canonical name. */
  readonly name: string;
  readonly takes: AggregateFunction['takes'];
  /** The number in `perc95`. */
  readonly argument: number | undefined;
}

const byName = new Map<string, AggregateFunction>();
for (const aggregate of aggregateFunctions.values())
  for (const name of [aggregate.name, ...(aggregate.aliases ?? [])])
    byName.set(name.toLowerCase(), aggregate);

/** Looks a statistic up by its name, an alias, or a percentile's name with its number; letter case is free. */
export function findAggregate(written: string): FoundAggregate | undefined {
  const name = written.toLowerCase();
  const exact = byName.get(name);
  if (exact !== undefined && exact.percentile !== true)
    return { name: exact.name, takes: exact.takes, argument: undefined };
  const parts = /^([a-z]+)(\d{1,3}(?:\.\d+)?)$/.exec(name);
  const percentile = parts === null ? undefined : byName.get(parts[1] ?? '');
  if (percentile?.percentile !== true) return undefined;
  return { name: percentile.name, takes: percentile.takes, argument: Number(parts?.[2]) };
}

/** Names of all statistics, for hints. */
export function statisticNames(): Iterable<string> {
  return byName.keys();
}
