import type { Span } from '../core/diagnostic.ts';

/**
 * The syntax tree of the search command's own language. Precedence, high to low: parentheses, NOT, OR, AND (Splunk
 * documentation, "Boolean expressions"); AND is implied between terms. Time modifiers and index terms stay in place here;
 * planning takes them out of a search's top-level AND.
 */
export type SearchExpression =
  | { readonly kind: 'and'; readonly terms: readonly SearchExpression[]; readonly span: Span }
  | { readonly kind: 'or'; readonly terms: readonly SearchExpression[]; readonly span: Span }
  | { readonly kind: 'not'; readonly term: SearchExpression; readonly span: Span }
  | SearchComparison
  | SearchMembership
  | SearchTerm
  | TimeModifier
  /** An empty search or `*`: everything. */
  | { readonly kind: 'all'; readonly span: Span };

/** A literal of the search command, unescaped (`\"`, `\\`, `\|`; other `\x` stay); `*` in it is a wildcard. */
export interface SearchValue {
  readonly text: string;
  readonly quoted: boolean;
  /** Written as CASE(…). */
  readonly caseSensitive: boolean;
  readonly span: Span;
}

export type SearchOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

export interface SearchComparison {
  readonly kind: 'comparison';
  readonly field: string;
  readonly fieldSpan: Span;
  readonly operator: SearchOperator;
  readonly value: SearchValue;
  readonly span: Span;
}

/** `field IN (a, "b c", d*)`. */
export interface SearchMembership {
  readonly kind: 'membership';
  readonly field: string;
  readonly fieldSpan: Span;
  readonly values: readonly SearchValue[];
  readonly span: Span;
}

/** A bare word, a "quoted phrase", TERM(x) or CASE(x): matched against `_raw` by segments. */
export interface SearchTerm {
  readonly kind: 'term';
  readonly form: 'keyword' | 'phrase' | 'TERM' | 'CASE';
  readonly text: string;
  readonly span: Span;
}

/** `earliest=-24h@h`, `latest=now`, `_index_earliest`, `_index_latest`, `starttime`, `endtime`; the value as written. */
export interface TimeModifier {
  readonly kind: 'time-modifier';
  readonly name: 'earliest' | 'latest' | '_index_earliest' | '_index_latest';
  /** Moment as ticks text is not resolved yet: relative forms need the search's now and zone. */
  readonly value: string;
  readonly span: Span;
}
