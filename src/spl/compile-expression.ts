import type { CompileContext } from './compile-context.ts';
import type { Expression } from './expression.ts';
import type { TypedSql } from './typed-sql.ts';

/**
 * An expression as SQL with its static type (semantics: Splunk documentation, "Types of eval expressions"). Faults are
 * reported to the context; the result is null then, so that compiling goes on and finds all of them.
 */
export function compileExpression(_expression: Expression, _context: CompileContext): TypedSql {
  throw new Error('not written yet');
}
