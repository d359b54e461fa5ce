import type { Span } from '../core/diagnostic.ts';
import { withoutEscapes } from './escapes.ts';
import { parseMembership, parseValue, readParenthesised, touching } from './parse-search-value.ts';
import type { Token } from './scan.ts';
import type { SearchComparison, SearchExpression, SearchOperator, SearchTerm } from './search-expression.ts';
import { checkName, type SearchPlace, timeModifiers } from './search-modifiers.ts';
import type { StageReader } from './stage-reader.ts';

export const searchDepthLimit = 200;

/**
 * Reads the search command's language to the end of the range: the whole of `search`'s arguments, or a quoted search
 * expression. Faults are reported to the reader; there is always a tree.
 */
export function parseSearchExpression(reader: StageReader, place: SearchPlace): SearchExpression {
  const start = reader.position;
  const terms: SearchExpression[] = [];
  for (;;) {
    terms.push(parseAll(reader, place, 0));
    const rest = reader.peek('search');
    if (rest.kind === 'end') break;
    reader.next('search');
    if (rest.kind === 'close')
      reader.report('unexpected-token', { found: ')', expected: 'a search term' }, rest.span);
    else reader.report('stray-character', { text: rest.text }, rest.span);
  }
  const found = terms.filter((term) => term.kind !== 'all');
  return conjunction(found.length > 0 ? found : terms.slice(0, 1), start);
}

function conjunction(terms: readonly SearchExpression[], start: number): SearchExpression {
  const [first, ...others] = terms;
  if (first === undefined) return { kind: 'all', span: { start, end: start } };
  if (others.length === 0) return first;
  return { kind: 'and', terms, span: across(terms, first) };
}

function across(terms: readonly SearchExpression[], first: SearchExpression): Span {
  return { start: first.span.start, end: (terms.at(-1) ?? first).span.end };
}

/** Terms joined by AND or nothing, up to `)` or the end. */
function parseAll(reader: StageReader, place: SearchPlace, level: number): SearchExpression {
  const terms: SearchExpression[] = [];
  const start = reader.position;
  for (;;) {
    const token = reader.peek('search');
    if (token.kind === 'end' || token.kind === 'close') break;
    if (isOperatorWord(token, 'AND')) {
      reader.next('search');
      const after = reader.peek('search');
      if (terms.length === 0 || after.kind === 'end' || after.kind === 'close')
        reader.report(
          'incomplete-expression',
          { expected: terms.length === 0 ? 'a term before AND' : 'a term after AND' },
          token.span,
        );
      continue;
    }
    if (isOperatorWord(token, 'OR') && terms.length === 0) {
      reader.next('search');
      reader.report('incomplete-expression', { expected: 'a term before OR' }, token.span);
      continue;
    }
    const before = reader.position;
    const term = parseAny(reader, place, level);
    if (term !== undefined) terms.push(term);
    else if (reader.position === before) break;
  }
  const narrowing = terms.filter((term) => term.kind !== 'all');
  return conjunction(narrowing.length > 0 ? narrowing : terms.slice(0, 1), start);
}

/** Terms joined by OR, which binds tighter than AND here. */
function parseAny(reader: StageReader, place: SearchPlace, level: number): SearchExpression | undefined {
  const first = parseNot(reader, place, level);
  if (first === undefined) return undefined;
  const terms = [first];
  for (;;) {
    const token = reader.peek('search');
    if (!isOperatorWord(token, 'OR')) break;
    reader.next('search');
    const after = reader.peek('search');
    const missing =
      after.kind === 'end' ||
      after.kind === 'close' ||
      isOperatorWord(after, 'OR') ||
      isOperatorWord(after, 'AND');
    const term = missing ? undefined : parseNot(reader, place, level);
    if (missing) reader.report('incomplete-expression', { expected: 'a term after OR' }, token.span);
    else if (term !== undefined) terms.push(term);
  }
  if (terms.length === 1) return first;
  return { kind: 'or', terms, span: across(terms, first) };
}

function parseNot(reader: StageReader, place: SearchPlace, level: number): SearchExpression | undefined {
  const token = reader.peek('search');
  if (!isOperatorWord(token, 'NOT')) return parsePrimary(reader, place, level);
  reader.next('search');
  if (tooDeep(reader, level, token.span)) return undefined;
  const after = reader.peek('search');
  if (
    after.kind === 'end' ||
    after.kind === 'close' ||
    isOperatorWord(after, 'OR') ||
    isOperatorWord(after, 'AND')
  ) {
    reader.report('incomplete-expression', { expected: 'a term after NOT' }, token.span);
    return undefined;
  }
  const term = parseNot(reader, place, level + 1);
  if (term === undefined) return undefined;
  return { kind: 'not', term, span: { start: token.span.start, end: term.span.end } };
}

function tooDeep(reader: StageReader, level: number, span: Span): boolean {
  if (level < searchDepthLimit) return false;
  reader.report('too-deep', { limit: searchDepthLimit }, span);
  reader.skipToEnd();
  return true;
}

function isOperatorWord(token: Token, word: string): boolean {
  return token.kind === 'word' && token.text === word;
}

function parsePrimary(reader: StageReader, place: SearchPlace, level: number): SearchExpression | undefined {
  const token = reader.peek('search');
  switch (token.kind) {
    case 'open':
      return parseGroup(reader, place, level);
    case 'string':
      reader.next('search');
      return parseNamed(reader, token, place);
    case 'word':
      reader.next('search');
      return parseNamed(reader, token, place);
    case 'macro':
      reader.next('search');
      return { kind: 'all', span: token.span };
    case 'subsearch':
      reader.next('search');
      if (token.closed) reader.report('subsearch-not-supported', {}, token.span);
      return { kind: 'all', span: token.span };
    case 'operator':
      reader.next('search');
      reader.report('unexpected-token', { found: token.text, expected: 'a search term' }, token.span);
      return undefined;
    default:
      return undefined;
  }
}

function parseGroup(reader: StageReader, place: SearchPlace, level: number): SearchExpression | undefined {
  const open = reader.next('search');
  if (tooDeep(reader, level, open.span)) return undefined;
  if (reader.peek('search').kind === 'close') {
    const close = reader.next('search');
    reader.report(
      'missing-part',
      { expected: 'a term between ( and )' },
      { ...open.span, end: close.span.end },
    );
    return undefined;
  }
  const inside = parseAll(reader, place, level + 1);
  if (reader.peek('search').kind === 'close') reader.next('search');
  else if (reader.peek('search').kind === 'end') reader.report('unclosed-parenthesis', {}, open.span);
  else return inside;
  return { ...inside, span: reader.spanFrom(open.span.start) };
}

/** What begins with a word or a quoted text: a comparison, an IN list, or a term. */
function parseNamed(reader: StageReader, token: Token, place: SearchPlace): SearchExpression {
  const after = reader.peek('search');
  if (after.kind === 'operator') return parseComparison(reader, token, after, place);
  if (after.kind === 'word' && after.text.toLowerCase() === 'in' && reader.peekSecond('list').kind === 'open')
    return parseMembership(reader, token, place);
  if (token.kind === 'string') return { kind: 'term', form: 'phrase', text: token.value, span: token.span };
  if ((token.text === 'TERM' || token.text === 'CASE') && after.kind === 'open' && touching(token, after))
    return parseDirective(reader, token.text, token.span.start);
  const indexed = /^([^:]+)::(.+)$/s.exec(token.text);
  if (indexed !== null) return indexedField(reader, token, indexed, place);
  if (token.text === '*') return { kind: 'all', span: token.span };
  if (/^(or|and|not)$/.test(token.text))
    reader.report('lower-case-operator', { word: token.text }, token.span);
  if (token.text === 'XOR') reader.report('operator-not-in-search', { word: 'XOR' }, token.span);
  return { kind: 'term', form: 'keyword', text: token.value, span: token.span };
}

/** `sourcetype::access`: the form for indexed fields. */
function indexedField(
  reader: StageReader,
  token: Token,
  parts: RegExpExecArray,
  place: SearchPlace,
): SearchComparison {
  const [, name = '', value = ''] = parts;
  const start = token.span.start;
  const fieldSpan = { start, end: start + name.length };
  checkName(reader, withoutEscapes(name, 'argument'), fieldSpan, place);
  return {
    kind: 'comparison',
    field: withoutEscapes(name, 'argument'),
    fieldSpan,
    operator: '=',
    value: {
      text: withoutEscapes(value, 'argument'),
      quoted: false,
      caseSensitive: false,
      span: { start: fieldSpan.end + 2, end: token.span.end },
    },
    span: token.span,
  };
}

function parseComparison(
  reader: StageReader,
  name: Token,
  operatorToken: Token,
  place: SearchPlace,
): SearchExpression {
  reader.next('search');
  const value = parseValue(reader, name, operatorToken);
  const span = { start: name.span.start, end: Math.max(value.span.end, operatorToken.span.end) };
  const operator = (operatorToken.text === '==' ? '=' : operatorToken.text) as SearchOperator;
  const modifier = timeModifiers.get(name.value);
  if (modifier !== undefined && place.first) {
    if (operator !== '=')
      reader.report('time-modifier-operator', { name: name.value, operator }, operatorToken.span);
    return { kind: 'time-modifier', name: modifier, value: value.text, span };
  }
  if (modifier !== undefined && name.value !== 'starttime' && name.value !== 'endtime')
    reader.report('time-modifier-as-field', { name: name.value }, name.span);
  checkName(reader, name.value, name.span, place);
  return { kind: 'comparison', field: name.value, fieldSpan: name.span, operator, value, span };
}

function parseDirective(reader: StageReader, form: 'TERM' | 'CASE', start: number): SearchTerm {
  const text = readParenthesised(reader, form);
  return { kind: 'term', form, text, span: reader.spanFrom(start) };
}
