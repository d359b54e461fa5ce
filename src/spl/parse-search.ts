import type { Span } from '../core/diagnostic.ts';
import { withoutEscapes } from './escapes.ts';
import { insideQuotes, type Token } from './scan.ts';
import type {
  SearchComparison,
  SearchExpression,
  SearchOperator,
  SearchTerm,
  SearchValue,
  TimeModifier,
} from './search-expression.ts';
import type { StageReader } from './stage-reader.ts';

export const searchDepthLimit = 200;

export interface SearchPlace {
  /** In the first stage time modifiers and knowledge objects have their meaning; later they are names of fields. */
  readonly first: boolean;
}

const timeModifiers: ReadonlyMap<string, TimeModifier['name']> = new Map([
  ['earliest', 'earliest'],
  ['latest', 'latest'],
  ['_index_earliest', '_index_earliest'],
  ['_index_latest', '_index_latest'],
  ['starttime', 'earliest'],
  ['endtime', 'latest'],
]);

const useEarliest = 'Use earliest= and latest= instead.';
const useFields = 'Search for the fields that define it instead.';
/** Documented words of the search command that mean something here which does not exist yet. */
const unsupportedModifiers: ReadonlyMap<string, string> = new Map([
  ...[
    'timeformat',
    'startdaysago',
    'starthoursago',
    'startminutesago',
    'startmonthsago',
    'starttimeu',
    'enddaysago',
    'endhoursago',
    'endminutesago',
    'endmonthsago',
    'endtimeu',
    'daysago',
    'hoursago',
    'minutesago',
    'monthsago',
    'searchtimespandays',
    'searchtimespanhours',
    'searchtimespanminutes',
    'searchtimespanmonths',
  ].map((name): [string, string] => [name, useEarliest]),
  ...['eventtype', 'tag', 'hosttag', 'eventtypetag', 'savedsearch', 'savedsplunk'].map(
    (name): [string, string] => [name, useFields],
  ),
]);

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
        reader.report('incomplete-expression', { expected: sideOf(terms.length === 0, 'AND') }, token.span);
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

function sideOf(before: boolean, operator: string): string {
  return `a term ${before ? 'before' : 'after'} ${operator}`;
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

function touching(left: Token, right: Token): boolean {
  return left.span.end === right.span.start;
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

function checkName(reader: StageReader, name: string, span: Span, place: SearchPlace): void {
  const instead = unsupportedModifiers.get(name.includes('::') ? name.slice(0, name.indexOf('::')) : name);
  if (instead !== undefined && (place.first || name.includes('::')))
    reader.report('modifier-not-supported', { name, instead }, span);
  if (/^'.*'$/s.test(name)) reader.report('single-quotes-in-search', { name }, span);
}

function parseValue(reader: StageReader, name: Token, operator: Token): SearchValue {
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

function parseDirective(reader: StageReader, form: 'TERM' | 'CASE', start: number): SearchTerm {
  const text = readParenthesised(reader, form);
  return { kind: 'term', form, text, span: reader.spanFrom(start) };
}

/** The raw text of a `(…)`, quotes around it taken off. */
function readParenthesised(reader: StageReader, of: string): string {
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

function parseMembership(reader: StageReader, name: Token, place: SearchPlace): SearchExpression {
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
