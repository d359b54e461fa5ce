import type { Span } from '../core/diagnostic.ts';
import { withoutEscapes } from './escapes.ts';

/**
 * Tokens of the language. What a token is depends on where it stands, since SPL's grammar changes with the command:
 * - `search`: the terms of the search command; a word runs to a blank, parenthesis, quote or comparison;
 * - `value`: behind a comparison of the search command; `=` and `<` belong to the word;
 * - `list`: the values of `IN (…)`; as `value`, and a comma ends the word;
 * - `expression`: eval, where and their kin;
 * - `arguments`: fields, options and statistics of the other commands;
 * - `option`: the value of an option; as `arguments`, but `=`, `<` and `>` belong to the word.
 */
export type ScanMode = 'search' | 'value' | 'list' | 'expression' | 'arguments' | 'option';

export type TokenKind =
  | 'word'
  | 'number'
  /** `"…"`. */
  | 'string'
  /** `'…'`. */
  | 'quoted-field'
  | 'operator'
  | 'open'
  | 'close'
  | 'comma'
  /** `[…]`, whole. */
  | 'subsearch'
  /** A macro call that could not be expanded; it was reported already. */
  | 'macro'
  | 'stray'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  /** Words and quoted texts without quotes and escapes (rules of arguments); else as written. */
  readonly value: string;
  readonly span: Span;
  /** False where a quote or bracket runs to the end of the text. */
  readonly closed: boolean;
}

const blank = /\s/;

/** Position behind blanks and comments. An unclosed comment runs to the end. */
export function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end) {
    if (blank.test(text[at] as string)) at += 1;
    else if (text.startsWith('```', at)) at = endOfComment(text, at, end).end;
    else break;
  }
  return at;
}

interface Reach {
  readonly end: number;
  readonly closed: boolean;
}

/** The end of a comment that begins at `at`. */
export function endOfComment(text: string, at: number, end: number): Reach {
  const close = text.indexOf('```', at + 3);
  return close === -1 || close + 3 > end ? { end, closed: false } : { end: close + 3, closed: true };
}

/** The end of a quoted text that begins at `at`; a backslash takes the next character with it. */
export function endOfQuote(text: string, at: number, end: number): Reach {
  const quote = text[at];
  let to = at + 1;
  while (to < end) {
    const character = text[to];
    if (character === '\\') to += 2;
    else if (character === quote) return { end: to + 1, closed: true };
    else to += 1;
  }
  return { end, closed: false };
}

/** The end of a macro call that begins at `at`; quoted arguments may hold backticks. */
export function endOfMacro(text: string, at: number, end: number): Reach {
  let to = at + 1;
  // Behind a quote without an end the others have none either; looking again at each would take quadratic time.
  let quotes = true;
  while (to < end) {
    const character = text[to];
    if (character === '`') return { end: to + 1, closed: true };
    const quote = quotes && character === '"' ? endOfQuote(text, to, end) : undefined;
    if (quote?.closed === false) quotes = false;
    to = quote?.closed === true ? quote.end : to + 1;
  }
  return { end, closed: false };
}

/** The end of a subsearch that begins at `at`; brackets nest, quotes and comments hide theirs. */
export function endOfBracket(text: string, at: number, end: number): Reach {
  let depth = 0;
  let to = at;
  while (to < end) {
    const character = text[to];
    if (character === '[') depth += 1;
    else if (character === ']') {
      depth -= 1;
      if (depth === 0) return { end: to + 1, closed: true };
    }
    if (character === '\\') to += 2;
    else if (character === '"') to = endOfQuote(text, to, end).end;
    else if (text.startsWith('```', to)) to = endOfComment(text, to, end).end;
    else to += 1;
  }
  return { end, closed: false };
}

function stickies(pattern: string): RegExp {
  return new RegExp(pattern, 'uy');
}

// A backslash takes the next character with it in every word, so that `\|` and `\"` do not end it.
const words: Record<Exclude<ScanMode, 'expression'>, RegExp> = {
  search: stickies('(?:\\\\[^]|(?!!=)[^\\s()"=<>|[`\\\\]|\\\\$)+'),
  value: stickies('(?:\\\\[^]|[^\\s()"|[`\\\\]|\\\\$)+'),
  list: stickies('(?:\\\\[^]|[^\\s(),"|[`\\\\]|\\\\$)+'),
  arguments: stickies('(?:\\\\[^]|(?!!=)[^\\s(),"=<>|[`\\\\]|\\\\$)+'),
  option: stickies('(?:\\\\[^]|[^\\s(),"|[`\\\\]|\\\\$)+'),
};
const comparisonOperator = /==|!=|<=|>=|[=<>]/y;
const expressionOperator = /==|!=|<>|<=|>=|[=<>+\-*/%.!]/y;
const expressionWord = /[\p{L}_][\p{L}\p{N}_]*/uy;
const numberWord = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const numberTail = /[\p{L}\p{N}_]+/uy;

function matchAt(pattern: RegExp, text: string, at: number, end: number): number {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found === null ? at : Math.min(at + found[0].length, end);
}

/**
 * The token at or behind `from`, blanks and comments skipped. Never throws; at the end of the range it gives `end`.
 * `afterOperand`: in expressions a dot behind an operand joins texts, elsewhere it may begin a number.
 */
export function scanToken(
  text: string,
  from: number,
  end: number,
  mode: ScanMode,
  afterOperand = false,
): Token {
  const at = skipBlanks(text, from, end);
  if (at >= end) return token('end', text, at, at);
  const character = text[at] as string;
  switch (character) {
    case '"':
      return quoted('string', text, at, endOfQuote(text, at, end));
    case '(':
      return token('open', text, at, at + 1);
    case ')':
      return token('close', text, at, at + 1);
    case '[': {
      const reach = endOfBracket(text, at, end);
      return { ...token('subsearch', text, at, reach.end), closed: reach.closed };
    }
    case '`': {
      const reach = endOfMacro(text, at, end);
      return { ...token('macro', text, at, reach.end), closed: reach.closed };
    }
    case '|':
      return token('stray', text, at, at + 1);
  }
  if (mode === 'expression') return expressionToken(text, at, end, character, afterOperand);
  return wordToken(text, at, end, character, mode);
}

function wordToken(
  text: string,
  at: number,
  end: number,
  character: string,
  mode: Exclude<ScanMode, 'expression'>,
): Token {
  if (character === ',' && (mode === 'list' || mode === 'arguments' || mode === 'option'))
    return token('comma', text, at, at + 1);
  if (character === "'" && (mode === 'arguments' || mode === 'option')) {
    const reach = endOfQuote(text, at, end);
    if (reach.closed) return quoted('quoted-field', text, at, reach);
  }
  if (mode === 'search' || mode === 'arguments') {
    const operatorEnd = matchAt(comparisonOperator, text, at, end);
    if (operatorEnd > at) return token('operator', text, at, operatorEnd);
  }
  const to = matchAt(words[mode], text, at, end);
  if (to === at) return token('stray', text, at, at + 1);
  const written = text.slice(at, to);
  return { ...token('word', text, at, to), value: withoutEscapes(written, 'argument') };
}

function expressionToken(
  text: string,
  at: number,
  end: number,
  character: string,
  afterOperand: boolean,
): Token {
  if (character === ',') return token('comma', text, at, at + 1);
  if (character === "'") return quoted('quoted-field', text, at, endOfQuote(text, at, end));
  if (!(character === '.' && afterOperand)) {
    const numberEnd = matchAt(numberWord, text, at, end);
    if (numberEnd > at) {
      const tail = matchAt(numberTail, text, numberEnd, end);
      return token(tail > numberEnd ? 'stray' : 'number', text, at, tail);
    }
  }
  const wordEnd = matchAt(expressionWord, text, at, end);
  if (wordEnd > at) return token('word', text, at, wordEnd);
  const operatorEnd = matchAt(expressionOperator, text, at, end);
  if (operatorEnd > at) return token('operator', text, at, operatorEnd);
  const point = String.fromCodePoint(text.codePointAt(at) as number);
  return token('stray', text, at, Math.min(at + point.length, end));
}

function token(kind: TokenKind, text: string, start: number, end: number): Token {
  const written = text.slice(start, end);
  return { kind, text: written, value: written, span: { start, end }, closed: true };
}

function quoted(kind: 'string' | 'quoted-field', text: string, start: number, reach: Reach): Token {
  const inside = text.slice(start + 1, reach.closed ? reach.end - 1 : reach.end);
  return {
    kind,
    text: text.slice(start, reach.end),
    value: withoutEscapes(inside, kind === 'string' ? 'argument' : 'field'),
    span: { start, end: reach.end },
    closed: reach.closed,
  };
}

/** The inside of a quoted token, as written. */
export function insideQuotes(token: Token): string {
  return token.text.slice(1, token.closed ? -1 : undefined);
}
