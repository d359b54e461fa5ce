import type { AggregateContext, CompiledAggregate } from '../../compile-context.ts';
import type { TypedSql } from '../../typed-sql.ts';

/** What a statistic is taken of. Without a value it is of the rows (`count`). */
export interface AggregateInput {
  readonly value: TypedSql | undefined;
  /** The number in `perc95`. */
  readonly argument: number | undefined;
}

/** A function of stats and its kin: one declaration for parser, completion, language reference and compiler. */
export interface AggregateFunction {
  /** Canonical name in lower case. */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** `rows`: with or without a field. `field`: one field or eval(). */
  readonly takes: 'rows' | 'field';
  /** Whether the name is followed by a percentile, `perc95`. */
  readonly percentile?: true;
  readonly signature: string;
  readonly summary: string;
  compile(input: AggregateInput, context: AggregateContext): CompiledAggregate;
}
