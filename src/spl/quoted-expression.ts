import type { Diagnostic } from '../core/diagnostic.ts';
import { checkCondition } from './check-expression.ts';
import type { DiagnosticPhrase } from './diagnostic-phrase.ts';
import { withoutEscapes } from './escapes.ts';
import type { Expression } from './expression.ts';
import { parseWholeExpression } from './parse-expression.ts';
import { insideQuotes, type Token } from './scan.ts';
import { StageReader } from './stage-reader.ts';

/** Reads the condition in a quoted text. Faults are reported at the text. */
export function readQuotedExpression(reader: StageReader, token: Token, where: DiagnosticPhrase): Expression {
  const text = withoutEscapes(insideQuotes(token), 'argument');
  const faults: Diagnostic[] = [];
  const inner = new StageReader(text, { start: 0, end: text.length }, faults);
  const expression = parseWholeExpression(inner);
  checkCondition(inner, expression, 'condition', where);
  for (const fault of faults) reader.diagnostics.push({ ...fault, span: token.span });
  return expression;
}
