import type { Sql } from '../store/sql.ts';
import type { CompileContext } from './compile-context.ts';
import type { SearchExpression } from './search-expression.ts';
import type { TypedSql } from './typed-sql.ts';

/** What a search expression is tested on besides named fields. */
export interface SearchSurroundings {
  /** `_raw`; undefined where rows have none (after a transforming command). */
  readonly raw: Sql | undefined;
  /** Without `_raw`: the fields whose text bare terms are looked for in. */
  readonly termFields: readonly TypedSql[];
  /** `_time` and `_indextime` (DateTime64(7)) for time modifiers inside OR or NOT; undefined where rows have none. */
  readonly eventTime: Sql | undefined;
  readonly indexTime: Sql | undefined;
}

/** A search expression as SQL of type UInt8, never null. */
export function compileSearchTest(
  _expression: SearchExpression,
  _context: CompileContext,
  _surroundings: SearchSurroundings,
): Sql {
  throw new Error('not written yet');
}
