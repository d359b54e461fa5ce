import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { identifier, joinSql, type Parameters, type Sql, sql } from '../store/sql.ts';
import { bindTime } from '../store/time-sql.ts';
import type { TimeSpan } from './ledger.ts';

/** Which events a ledger is of. Without a member, all are. */
export interface LedgerScope {
  /** Names as the store has them, in lower case. */
  readonly hosts?: readonly string[];
  readonly indexes?: readonly string[];
  /** The range that is counted, half open. Whether a class was ever recorded is asked of all times. */
  readonly earliest?: Ticks | null;
  readonly latest?: Ticks | null;
  /** Only what had arrived by then. */
  readonly asOf?: Ticks | null;
}

/** Record ids are looked at so far beyond the range, for gaps that reach into it and to see whether ids tell anything. */
const idMargin = 86_400n * TICKS_PER_SECOND;

export function scopeRange(scope: LedgerScope): TimeSpan {
  return { from: scope.earliest ?? null, to: scope.latest ?? null };
}

/** The condition on events: hosts, indexes, arrival. */
export function inScope(scope: LedgerScope, parameters: Parameters): Sql {
  const conditions = [sql`1`];
  if (scope.hosts !== undefined)
    conditions.push(sql`host IN ${parameters.bind([...scope.hosts], 'Array(String)')}`);
  if (scope.indexes !== undefined && scope.indexes.length > 0)
    conditions.push(sql`${identifier('index')} IN ${parameters.bind([...scope.indexes], 'Array(String)')}`);
  if (scope.asOf != null) conditions.push(sql`_indextime <= ${bindTime(parameters, scope.asOf)}`);
  return joinSql(conditions, sql` AND `);
}

/** The condition on the times of events whose record ids are looked at. */
export function nearRange(scope: LedgerScope, parameters: Parameters): Sql {
  return between(
    scope.earliest == null ? null : scope.earliest - idMargin,
    scope.latest == null ? null : scope.latest + idMargin,
    parameters,
  );
}

/** The condition that an event lies in the range. */
export function inRange(scope: LedgerScope, parameters: Parameters): Sql {
  return between(scope.earliest ?? null, scope.latest ?? null, parameters);
}

function between(from: Ticks | null, before: Ticks | null, parameters: Parameters): Sql {
  const conditions = [sql`1`];
  if (from !== null) conditions.push(sql`_time >= ${bindTime(parameters, from)}`);
  if (before !== null) conditions.push(sql`_time < ${bindTime(parameters, before)}`);
  return joinSql(conditions, sql` AND `);
}

/** A time that the event itself had, and not the arrival in its place. */
export const hasOwnTime: Sql = sql`NOT startsWith(_time_source, 'arrival')`;

/**
 * The log that an event stands in. A 104 stands in System, though its data names the log that was cleared as `Channel`.
 * Events without a channel are told apart by their source.
 */
export const ownChannel: Sql = sql`multiIf(EventCode = '104' AND _event_class = 'log-cleared', 'System',
isNotNull(Channel), toString(assumeNotNull(Channel)), toString(source))`;
