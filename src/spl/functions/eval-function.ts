import type { RegexPlan } from '../../core/regex-policy.ts';
import type { Sql } from '../../store/sql.ts';
import type { CompileContext } from '../compile-context.ts';
import type { Call, Expression } from '../expression.ts';
import type { TypedSql } from '../typed-sql.ts';

/**
 * What an argument must be. `value`: any value. `number`: a value that is not quoted text. `any`: a value or a condition.
 * `condition`: true or false. `regex`: a quoted regular expression (its
 * `regexValue` counts). `literal`: a quoted text or a number, known before the search runs. `search`: a quoted search
 * expression. `each`: an expression that is evaluated for each value of the multivalue argument.
 */
export type ArgumentRole = 'value' | 'number' | 'any' | 'condition' | 'regex' | 'literal' | 'search' | 'each';

export type FunctionCategory =
  | 'comparison'
  | 'conversion'
  | 'cryptography'
  | 'information'
  | 'json'
  | 'mathematics'
  | 'multivalue'
  | 'statistics'
  | 'text'
  | 'time'
  | 'trigonometry';

/** A call with its arguments, as a function's compiler sees it. Its number of arguments was checked. */
export interface FunctionCall {
  readonly call: Call;
  readonly context: CompileContext;
  /** The compiled argument; each is compiled once. Throws where there is none: functions ask `count` first. */
  argument(at: number): TypedSql;
  /** All arguments from `at` on. */
  rest(at: number): readonly TypedSql[];
  readonly count: number;
  /** The argument's quoted text; undefined and a diagnostic where it is anything else. */
  text(at: number): string | undefined;
  /** The argument's number, `-1` included; undefined and a diagnostic where it is anything else. */
  number(at: number): number | undefined;
  /** The argument as an RE2 pattern; undefined and a diagnostic where it is none. */
  regex(at: number): Extract<RegexPlan, { readonly kind: 're2' }> | undefined;
  /** Compiles any expression, for arguments of the role `each`. */
  compile(expression: Expression, context: CompileContext): TypedSql;
  /** A name for a lambda's variable that no other lambda of the statement has. */
  readonly variable: () => Sql;
}

/** A function of `eval` and `where`: one declaration for parser, completion, language reference and compiler. */
export interface EvalFunction {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly category: FunctionCategory;
  /** Fewest and most arguments; Infinity for any number. */
  readonly minimum: number;
  readonly maximum: number;
  /** `round(x, [digits])`. */
  readonly signature: string;
  readonly summary: string;
  /** Role of each argument, the last one for all after it; without it all are values. */
  readonly roles?: readonly ArgumentRole[];
  compile(call: FunctionCall): TypedSql;
}
