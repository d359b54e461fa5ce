import type { Span } from '../core/diagnostic.ts';
import type { DiagnosticPhrase } from './diagnostic-phrase.ts';
import { withoutEscapes } from './escapes.ts';
import type { BinaryOperator, Expression, StringLiteral } from './expression.ts';
import { insideQuotes, type Token } from './scan.ts';
import type { StageReader } from './stage-reader.ts';

/** Deepest nesting that is read; also the longest chain of operators, since a chain nests to the left. */
export const expressionDepthLimit = 500;

/** How tightly an operator binds; a unary sign binds tightest (`Expression` has the order and its source). */
const binding: Readonly<Record<BinaryOperator | 'in', number>> = {
  xor: 1,
  or: 2,
  and: 3,
  '=': 5,
  '!=': 5,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  like: 5,
  in: 5,
  '.': 6,
  '+': 7,
  '-': 7,
  '*': 8,
  '/': 8,
  '%': 8,
};
const notBinding = 4;
const signBinding = 9;

const symbols: Readonly<Record<string, BinaryOperator>> = {
  '=': '=',
  '==': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '%': '%',
  '.': '.',
};
const wordOperators: ReadonlyMap<string, BinaryOperator | 'in'> = new Map([
  ['and', 'and'],
  ['or', 'or'],
  ['xor', 'xor'],
  ['like', 'like'],
  ['in', 'in'],
]);

/** What stands where a fault was reported, so that reading can go on; null to everything after. */
function hole(span: Span): Expression {
  return { kind: 'call', name: 'null', nameSpan: span, args: [], span };
}

/**
 * Reads one expression of eval, where and their kin, up to a token that cannot continue it (a comma, `)`, or anything
 * that is no operator). Faults are reported to the reader; there is always a tree.
 */
export function parseExpression(reader: StageReader): Expression {
  reader.afterOperand = false;
  return parseBinding(reader, 0, 0).expression;
}

/** As `parseExpression`, and reports anything left in the range. */
export function parseWholeExpression(reader: StageReader): Expression {
  const expression = parseExpression(reader);
  reportRest(reader, 'an operator');
  return expression;
}

/** Reports the next token if there is one, and gives up on the rest. */
export function reportRest(reader: StageReader, expected: DiagnosticPhrase): void {
  const rest = reader.peek('expression');
  if (rest.kind === 'end') return;
  reportUnexpected(reader, rest, expected);
  reader.skipToEnd();
}

interface Part {
  readonly expression: Expression;
  /** Levels of the tree below. */
  readonly depth: number;
}

function parseBinding(reader: StageReader, least: number, level: number): Part {
  let left = parsePrefix(reader, level);
  for (;;) {
    const token = reader.peek('expression');
    const operator = operatorOf(token, reader);
    if (operator === undefined || binding[operator] < least) return left;
    if (left.depth + level > expressionDepthLimit) return tooDeep(reader, token.span);
    reader.next('expression');
    left =
      operator === 'in'
        ? parseMembers(reader, left, level)
        : joined(operator, left, parseOperand(reader, operator, level));
  }
}

/** What is nested too deep ends the stage: one report, no tree that could exhaust the stages behind. */
function tooDeep(reader: StageReader, span: Span): Part {
  reader.report('too-deep', { limit: expressionDepthLimit }, span);
  reader.skipToEnd();
  return { expression: hole(span), depth: 0 };
}

function parseOperand(reader: StageReader, operator: BinaryOperator, level: number): Part {
  return parseBinding(reader, binding[operator] + 1, level + 1);
}

function joined(operator: BinaryOperator, left: Part, right: Part): Part {
  const span = { start: left.expression.span.start, end: right.expression.span.end };
  return {
    expression: { kind: 'binary', operator, left: left.expression, right: right.expression, span },
    depth: Math.max(left.depth, right.depth) + 1,
  };
}

function operatorOf(token: Token, reader: StageReader): BinaryOperator | 'in' | undefined {
  if (token.kind === 'operator') return symbols[token.text];
  if (token.kind !== 'word') return undefined;
  const operator = wordOperators.get(token.text.toLowerCase());
  if (operator === 'in' && reader.peekSecond('expression').kind !== 'open') return undefined;
  return operator;
}

function parseMembers(reader: StageReader, operand: Part, level: number): Part {
  const list = parseList(reader, 'IN', level);
  const span = reader.spanFrom(operand.expression.span.start);
  return {
    expression: { kind: 'in', operand: operand.expression, members: list.items, span },
    depth: Math.max(operand.depth, list.depth) + 1,
  };
}

function parsePrefix(reader: StageReader, level: number): Part {
  const token = reader.peek('expression');
  if (level > expressionDepthLimit) return tooDeep(reader, token.span);
  switch (token.kind) {
    case 'number':
      reader.next('expression');
      return leaf({ kind: 'number', value: Number(token.text), text: token.text, span: token.span });
    case 'string':
      reader.next('expression');
      return leaf(stringLiteral(token));
    case 'quoted-field':
      reader.next('expression');
      if (!token.closed) reader.report('unclosed-quote', { quote: "'" }, firstOf(token.span));
      return leaf({ kind: 'field', name: token.value, span: token.span });
    case 'open':
      return parseParenthesised(reader, level);
    case 'word':
      return parseWord(reader, token, level);
    case 'operator':
      return parseSigned(reader, token, level);
    case 'macro':
      reader.next('expression');
      return leaf(hole(token.span));
    case 'subsearch':
      reader.next('expression');
      if (token.closed) reader.report('subsearch-not-supported', {}, token.span);
      return leaf(hole(token.span));
    case 'stray':
      reader.next('expression');
      if (/^\d/.test(token.text)) reader.report('bad-number', { text: token.text }, token.span);
      else reader.report('stray-character', { text: token.text }, token.span);
      return leaf(hole(token.span));
    case 'comma':
    case 'close':
    case 'end': {
      reader.report('incomplete-expression', { expected: 'a value' }, missingAt(reader, token));
      return leaf(hole(reader.here()));
    }
  }
}

function leaf(expression: Expression): Part {
  return { expression, depth: 1 };
}

/** Where something is missing: the token before, so that there is text to underline. */
function missingAt(reader: StageReader, token: Token): Span {
  let end = Math.min(reader.position, reader.end);
  while (end > reader.start && /\s/.test(reader.text[end - 1] as string)) end -= 1;
  return end > reader.start ? { start: end - 1, end } : token.span;
}

function firstOf(span: Span): Span {
  return { start: span.start, end: Math.min(span.start + 1, span.end) };
}

/** The literal that a quoted token is in an expression. */
export function stringLiteral(token: Token): StringLiteral {
  const inside = insideQuotes(token);
  return {
    kind: 'string',
    value: withoutEscapes(inside, 'eval'),
    regexValue: withoutEscapes(inside, 'regex'),
    span: token.span,
  };
}

function parseParenthesised(reader: StageReader, level: number): Part {
  const open = reader.next('expression');
  const inside = parseBinding(reader, 0, level + 1);
  const close = reader.peek('expression');
  if (close.kind === 'close') reader.next('expression');
  else if (close.kind === 'end') reader.report('unclosed-parenthesis', {}, open.span);
  else reportUnexpected(reader, close, 'an operator or )');
  return {
    expression: { ...inside.expression, span: reader.spanFrom(open.span.start) },
    depth: inside.depth + 1,
  };
}

function parseSigned(reader: StageReader, token: Token, level: number): Part {
  reader.next('expression');
  const operator = token.text === '!' ? 'not' : token.text;
  if (operator === 'not' || operator === '-' || operator === '+')
    return unary(reader, operator, token, level);
  reader.report('incomplete-expression', { expected: `a value before ${token.text}` }, token.span);
  return parsePrefix(reader, level + 1);
}

function unary(reader: StageReader, operator: 'not' | '-' | '+', token: Token, level: number): Part {
  reader.afterOperand = false;
  const operand = parseBinding(reader, operator === 'not' ? notBinding : signBinding, level + 1);
  const span = { start: token.span.start, end: operand.expression.span.end };
  return {
    expression: { kind: 'unary', operator, operand: operand.expression, span },
    depth: operand.depth + 1,
  };
}

function parseWord(reader: StageReader, token: Token, level: number): Part {
  const lower = token.text.toLowerCase();
  if (lower === 'not') {
    reader.next('expression');
    return unary(reader, 'not', token, level);
  }
  const second = reader.peekSecond('expression');
  if (second.kind !== 'open') {
    if (wordOperators.has(lower) && lower !== 'in') {
      reader.next('expression');
      reader.report('incomplete-expression', { expected: `a value before ${token.text}` }, token.span);
      return parsePrefix(reader, level + 1);
    }
    reader.next('expression');
    return leaf({ kind: 'field', name: token.text, span: token.span });
  }
  reader.next('expression');
  const list = parseList(reader, token.text, level);
  return {
    expression: {
      kind: 'call',
      name: lower,
      nameSpan: token.span,
      args: list.items,
      span: reader.spanFrom(token.span.start),
    },
    depth: list.depth + 1,
  };
}

/** A parenthesised list of expressions; the reader stands before its `(`. */
function parseList(
  reader: StageReader,
  of: string,
  level: number,
): { readonly items: readonly Expression[]; readonly depth: number } {
  const open = reader.next('expression');
  const items: Expression[] = [];
  let depth = 0;
  if (reader.peek('expression').kind === 'close') {
    reader.next('expression');
    return { items, depth };
  }
  for (;;) {
    reader.afterOperand = false;
    const part = parseBinding(reader, 0, level + 1);
    items.push(part.expression);
    depth = Math.max(depth, part.depth);
    const token = reader.peek('expression');
    if (token.kind === 'comma') {
      reader.next('expression');
      continue;
    }
    if (token.kind === 'close') reader.next('expression');
    else if (token.kind === 'end') reader.report('unclosed-parenthesis', { of }, open.span);
    else {
      reportUnexpected(reader, token, 'a comma or )');
      skipToClose(reader);
    }
    return { items, depth };
  }
}

/** Goes behind the `)` that ends the list in which the reader stands. */
function skipToClose(reader: StageReader): void {
  let open = 1;
  while (open > 0) {
    const token = reader.next('expression');
    if (token.kind === 'end') return;
    if (token.kind === 'open') open += 1;
    if (token.kind === 'close') open -= 1;
  }
}

function reportUnexpected(reader: StageReader, token: Token, expected: DiagnosticPhrase): void {
  if (token.kind === 'subsearch' && token.closed) reader.report('subsearch-not-supported', {}, token.span);
  else if (token.kind === 'stray' && /^\d/.test(token.text))
    reader.report('bad-number', { text: token.text }, token.span);
  else if (token.kind === 'stray') reader.report('stray-character', { text: token.text }, token.span);
  else if (token.kind !== 'macro')
    reader.report('unexpected-token', { found: token.text, expected }, token.span);
}
