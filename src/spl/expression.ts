import type { Span } from '../core/diagnostic.ts';

/**
 * The syntax tree of an expression of `eval`, `where` and their kin. Precedence, high to low: unary, `* / %`, `+ -`, `.`,
 * comparison / LIKE / IN, NOT, AND, OR, XOR (Splunk documentation, "Boolean expressions": where NOT > AND > OR > XOR).
 */
export type Expression =
  | FieldReference
  | StringLiteral
  | NumberLiteral
  | BooleanLiteral
  | Call
  | Unary
  | Binary
  | Membership;

/** `name` or `'name'`. */
export interface FieldReference {
  readonly kind: 'field';
  readonly name: string;
  readonly span: Span;
}

/** `"text"`; `value` is unescaped as eval does it. `regexValue` keeps every escape but `\"` and `\\`, for regex arguments. */
export interface StringLiteral {
  readonly kind: 'string';
  readonly value: string;
  readonly regexValue: string;
  readonly span: Span;
}

export interface NumberLiteral {
  readonly kind: 'number';
  readonly value: number;
  readonly text: string;
  readonly span: Span;
}

/** Only made by lowering; in the language itself bare `true` is a field and `true()` a call. */
export interface BooleanLiteral {
  readonly kind: 'boolean';
  readonly value: boolean;
  readonly span: Span;
}

/** A function call; `name` in lower case. Names that begin with `_` are internal and cannot be written in a search. */
export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Expression[];
  readonly span: Span;
}

export interface Unary {
  readonly kind: 'unary';
  readonly operator: '-' | '+' | 'not';
  readonly operand: Expression;
  readonly span: Span;
}

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '.'
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'like'
  | 'and'
  | 'or'
  | 'xor';

export interface Binary {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

/** `field IN (a, b)`: exact, case-sensitive, no wildcards. */
export interface Membership {
  readonly kind: 'in';
  readonly operand: Expression;
  readonly members: readonly Expression[];
  readonly span: Span;
}
