import type { Diagnostic, Span } from '../core/diagnostic.ts';
import { parseSearchExpression } from './parse-search.ts';
import type { SearchExpression } from './search-expression.ts';
import { StageReader } from './stage-reader.ts';

/**
 * Parses a search expression that is the text of a string, as in `searchmatch("…")`. Faults are reported at `span`, the
 * string's place; undefined where there are errors.
 */
export function readSearchText(
  text: string,
  span: Span,
  report: (diagnostic: Diagnostic) => void,
): SearchExpression | undefined {
  const found: Diagnostic[] = [];
  const expression = parseSearchExpression(new StageReader(text, { start: 0, end: text.length }, found), {
    first: false,
  });
  for (const diagnostic of found) report({ ...diagnostic, span });
  return found.some(({ severity }) => severity === 'error') ? undefined : expression;
}

/** The same without a word about faults. */
export function parseSearchText(text: string): SearchExpression | undefined {
  return readSearchText(text, { start: 0, end: text.length }, () => {});
}
