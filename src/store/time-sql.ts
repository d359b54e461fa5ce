import type { Ticks } from '../core/ticks.ts';
import type { Parameters, Sql } from './sql.ts';
import { sql } from './sql.ts';

/** A moment as a bound DateTime64(7, 'UTC'); the sort key is used in comparisons with it. */
export function bindTime(parameters: Parameters, ticks: Ticks): Sql {
  return sql`reinterpret(${parameters.bind(ticks, 'Int64')}, 'DateTime64(7, ''UTC'')')`;
}

/** The condition that an event happened at one of some moments, which are bound as text. */
export function atMoments(parameters: Parameters, moments: Iterable<Ticks>): Sql {
  const bound = parameters.bind([...new Set([...moments].map(String))], 'Array(String)');
  return sql`_time IN (SELECT reinterpret(toInt64(arrayJoin(${bound})), 'DateTime64(7, ''UTC'')'))`;
}
