import type { Ticks } from '../core/ticks.ts';
import type { Parameters, Sql } from './sql.ts';
import { sql } from './sql.ts';

/** A moment as a bound DateTime64(7, 'UTC'); the sort key is used in comparisons with it. */
export function bindTime(parameters: Parameters, ticks: Ticks): Sql {
  return sql`reinterpret(${parameters.bind(ticks, 'Int64')}, 'DateTime64(7, ''UTC'')')`;
}
