import type { Diagnostic, Span } from '../core/diagnostic.ts';
import type { Ticks } from '../core/ticks.ts';
import type { Parameters, Sql } from '../store/sql.ts';
import type { TypedSql } from './typed-sql.ts';

/** What an expression is compiled against: the fields of the rows at that point of the search, and the search's surroundings. */
export interface CompileContext {
  readonly parameters: Parameters;
  /** When the search started. */
  readonly now: Ticks;
  /** IANA name of the zone in which times are snapped and written. */
  readonly timezone: string;
  /** The field's value at this point; undefined where no row can have it (it is null then). */
  field(name: string): TypedSql | undefined;
  report(diagnostic: Diagnostic): void;
  /**
   * Parses and compiles the search expression in `searchmatch("…")`: UInt8, never null; undefined after reporting what is
   * wrong with it. Where it is not given, `searchmatch` is reported as not supported.
   */
  readonly searchTest?: (text: string, span: Span) => Sql | undefined;
}

/** What a statistic needs besides the expression context. */
export interface AggregateContext extends CompileContext {
  /** Sorts rows in the order in which they arrive (ascending); for first, last, list. Undefined inside ordered windows. */
  readonly arrivalOrder: Sql | undefined;
  /** The rows' `_time` (Nullable(DateTime64(7))), for earliest, latest and rates; undefined where rows have none. */
  readonly eventTime: Sql | undefined;
  /** Seconds of one bin of a timechart, for `per_hour` and its kin; undefined elsewhere. */
  readonly binSeconds?: Sql | undefined;
}

/**
 * A statistic in SQL: bare aggregate calls (so that a window can be put behind each of them, `call OVER (…)`), and what
 * makes the result of their values. Calls are valid under GROUP BY, without it, and as window functions.
 */
export interface CompiledAggregate {
  readonly calls: readonly Sql[];
  finish(values: readonly Sql[]): TypedSql;
}
