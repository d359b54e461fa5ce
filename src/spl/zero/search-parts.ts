import type { Span } from '../../core/diagnostic.ts';
import type { SearchExpression, SearchValue } from '../search-expression.ts';

/** One of the conditions that all events of an answer must meet, and what it is made of. */
export interface SearchPart {
  readonly expression: SearchExpression;
  readonly span: Span;
  readonly leaves: readonly SearchLeaf[];
}

/** A word, or a field's value, that is looked for; a list of values gives one each. Those that must not match are left out. */
export interface SearchLeaf {
  /** The comparison, list or term that it stands in. */
  readonly expression: SearchExpression;
  /** Matches what this leaf alone does. */
  readonly alone: SearchExpression;
  /** Undefined for a word, which is looked for in the raw text. */
  readonly field: string | undefined;
  /** What is looked for, `*` being any run; undefined for an order (`<`), which has no spelling. */
  readonly pattern: string | undefined;
  readonly span: Span;
}

/** Parts and leaves that are looked at; a search with more is explained by these. */
export const mostParts = 32;
export const mostLeaves = 48;

/** The conditions of a search, those in front of an AND apart. */
export function searchParts(test: SearchExpression | undefined): readonly SearchPart[] {
  if (test === undefined) return [];
  const terms = test.kind === 'and' ? test.terms : [test];
  return terms.map((expression) => ({ expression, span: expression.span, leaves: leavesOf(expression) }));
}

function leavesOf(expression: SearchExpression): readonly SearchLeaf[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.terms.flatMap(leavesOf);
    case 'term':
      return [
        { expression, alone: expression, field: undefined, pattern: expression.text, span: expression.span },
      ];
    case 'comparison': {
      const { field, operator, value, span } = expression;
      if (operator === '!=' || value.text === '*') return [];
      const pattern = operator === '=' ? value.text : undefined;
      return [{ expression, alone: expression, field, pattern, span }];
    }
    case 'membership':
      return expression.values.flatMap((value) =>
        value.text === '*' ? [] : [memberLeaf(expression, value)],
      );
    case 'not':
    case 'time-modifier':
    case 'all':
      return [];
  }
}

function memberLeaf(
  expression: Extract<SearchExpression, { kind: 'membership' }>,
  value: SearchValue,
): SearchLeaf {
  return {
    expression,
    alone: { ...expression, values: [value] },
    field: expression.field,
    pattern: value.text,
    span: value.span,
  };
}
