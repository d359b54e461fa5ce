import stringWidth from 'string-width';
import type { Diagnostic, Span } from '../core/diagnostic.ts';
import { terminalText } from '../core/terminal-text.ts';

/** Most characters of a source line that are shown; a longer one is cut around the span. */
const shownLength = 100;

/**
 * A diagnostic for people: severity, message and place, the line of the search with `~~~~` under the span, and the hint.
 * Control characters are shown escaped, so the text of a search cannot steer the terminal.
 */
export function renderDiagnostic(diagnostic: Diagnostic, text: string): string {
  const { severity, message, hint, span } = diagnostic;
  const lines: string[] = [];
  if (span === undefined) lines.push(`${severity}: ${terminalText(message)}`);
  else {
    const place = placeOf(text, span.start);
    lines.push(`${severity}: ${terminalText(message)} (line ${place.line}, column ${place.column})`);
    lines.push(...underlined(text, span));
  }
  if (hint !== undefined) lines.push(`  hint: ${terminalText(hint)}`);
  return lines.join('\n');
}

/** Line and column, counted from 1; columns in characters as people count them. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, Math.min(offset, text.length));
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: [...before.slice(lineStart)].length + 1 };
}

function underlined(text: string, span: Span): readonly string[] {
  const start = Math.min(span.start, text.length);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', start);
  const lineEnd = newline === -1 ? text.length : newline;
  const end = Math.min(Math.max(span.end, start), lineEnd);
  const from = lineEnd - lineStart <= shownLength ? lineStart : Math.max(lineStart, start - shownLength / 2);
  const to = Math.min(lineEnd, Math.max(from + shownLength, start + 1));
  const lead = from > lineStart ? '…' : '';
  const before = lead + terminalText(text.slice(from, start));
  const marked = terminalText(text.slice(start, Math.min(end, to)));
  const after = terminalText(text.slice(Math.min(end, to), to)) + (to < lineEnd ? '…' : '');
  const indent = ' '.repeat(stringWidth(before));
  return [`  ${before}${marked}${after}`, `  ${indent}${'~'.repeat(Math.max(1, stringWidth(marked)))}`];
}
