import { withoutEscapes } from './escapes.ts';
import { insideQuotes, type Token } from './scan.ts';
import type { SearchMembership, SearchValue } from './search-expression.ts';
import { checkName, type SearchPlace } from './search-modifiers.ts';
import type { StageReader } from './stage-reader.ts';

/** Reads what a field is compared with; the reader stands behind the operator. */
export function parseValue(reader: StageReader, name: Token, operator: Token): SearchValue {
  const token = reader.peek('value');
  const none = { text: '', quoted: false, caseSensitive: false };
  const spaced = token.span.start > operator.span.end;
  if (token.kind === 'string') {
    reader.next('value');
    return { text: token.value, quoted: true, caseSensitive: false, span: token.span };
  }
  if (token.kind === 'word' && !(spaced && /^(AND|OR|NOT)$/.test(token.text))) {
    reader.next('value');
    const open = reader.peek('value');
    // `latest=now()` is often written for `latest=now`.
    if (token.text === 'now' && reader.text.startsWith('()', token.span.end)) {
      reader.position = token.span.end + 2;
      return { ...none, text: token.text, span: reader.spanFrom(token.span.start) };
    }
    if (token.text === 'CASE' && open.kind === 'open' && touching(token, open))
      return caseValue(reader, token.span.start);
    return { text: token.value, quoted: false, caseSensitive: false, span: token.span };
  }
  if (token.kind === 'macro' || token.kind === 'subsearch') {
    reader.next('value');
    if (token.kind === 'subsearch' && token.closed) reader.report('subsearch-not-supported', {}, token.span);
    return { ...none, text: '*', span: token.span };
  }
  const at = { start: name.span.start, end: operator.span.end };
  reader.report('missing-value', { field: name.value }, at);
  return { ...none, span: { start: at.end, end: at.end } };
}

function caseValue(reader: StageReader, start: number): SearchValue {
  const inside = readParenthesised(reader, 'CASE');
  return { text: inside, quoted: false, caseSensitive: true, span: reader.spanFrom(start) };
}

/** The raw text of a `(…)`, quotes around it taken off. */
export function readParenthesised(reader: StageReader, of: string): string {
  const open = reader.next('search');
  const quoted = reader.peek('search');
  if (quoted.kind === 'string') {
    reader.next('search');
    const close = reader.peek('search');
    if (close.kind === 'close') reader.next('search');
    else reader.report('unclosed-parenthesis', { of }, open.span);
    return withoutEscapes(insideQuotes(quoted), 'argument');
  }
  const found = reader.text.indexOf(')', open.span.end);
  const closed = found !== -1 && found < reader.end;
  const end = closed ? found : reader.end;
  const inside = reader.text.slice(open.span.end, end).trim();
  if (!closed) reader.report('unclosed-parenthesis', { of }, open.span);
  else if (inside === '')
    reader.report(
      'missing-part',
      { expected: `a text in ${of}()` },
      { start: open.span.start, end: end + 1 },
    );
  reader.position = closed ? end + 1 : end;
  return withoutEscapes(inside, 'argument');
}

/** Reads `IN (a, b)`; the reader stands before IN. */
export function parseMembership(reader: StageReader, name: Token, place: SearchPlace): SearchMembership {
  reader.next('search');
  const open = reader.next('list');
  const values: SearchValue[] = [];
  for (;;) {
    const token = reader.next('list');
    if (token.kind === 'close') break;
    if (token.kind === 'end') {
      reader.report('unclosed-parenthesis', { of: 'IN' }, open.span);
      break;
    }
    if (token.kind === 'string' || token.kind === 'word') values.push(memberValue(reader, token));
    else if (token.kind === 'subsearch' && token.closed)
      reader.report('subsearch-not-supported', {}, token.span);
    else if (token.kind !== 'comma' && token.kind !== 'macro' && token.kind !== 'subsearch')
      reader.report('unexpected-token', { found: token.text, expected: 'a value' }, token.span);
  }
  const span = reader.spanFrom(name.span.start);
  if (values.length === 0 && reader.diagnostics.length === 0)
    reader.report(
      'missing-part',
      { expected: 'a value between ( and )' },
      { start: open.span.start, end: span.end },
    );
  checkName(reader, name.value, name.span, place);
  return { kind: 'membership', field: name.value, fieldSpan: name.span, values, span };
}

function memberValue(reader: StageReader, token: Token): SearchValue {
  const open = reader.peek('list');
  if (token.kind === 'word' && token.text === 'CASE' && open.kind === 'open' && touching(token, open))
    return caseValue(reader, token.span.start);
  return { text: token.value, quoted: token.kind === 'string', caseSensitive: false, span: token.span };
}

/** Whether nothing stands between two tokens. */
export function touching(left: Token, right: Token): boolean {
  return left.span.end === right.span.start;
}
