import type { Span } from '../core/diagnostic.ts';
import { findCommand } from './commands/registry.ts';
import { endOfComment, type ScanMode, scanToken, type Token, type TokenKind } from './scan.ts';
import { splitStages } from './split-stages.ts';

export type HighlightKind = Exclude<TokenKind, 'end'> | 'pipe' | 'command' | 'comment';

/** A piece of a search with its part of speech, for highlighting and for `keizu explain`. */
export interface HighlightToken {
  readonly kind: HighlightKind;
  readonly text: string;
  readonly span: Span;
}

/**
 * The tokens of a search as written: macros are not expanded. Works on any text, faulty ones included. Between two tokens
 * there is nothing but blanks.
 */
export function highlightTokens(text: string): readonly HighlightToken[] {
  const tokens: HighlightToken[] = [];
  const add = (kind: HighlightKind, start: number, end: number): void => {
    tokens.push({ kind, text: text.slice(start, end), span: { start, end } });
  };
  comments(text, 0, text.length, add);
  splitStages(text).stages.forEach((stage, at) => {
    if (stage.pipe !== undefined) add('pipe', stage.pipe, stage.pipe + 1);
    let position = comments(text, stage.start, stage.end, add);
    const name = /^[A-Za-z_]\w*/.exec(text.slice(position, stage.end))?.[0];
    let mode: ScanMode = 'search';
    if (name !== undefined && (at > 0 || stage.pipe !== undefined || /^search$/i.test(name))) {
      add('command', position, position + name.length);
      position += name.length;
      mode = findCommand(name)?.mode ?? 'arguments';
    }
    scanStage(text, position, stage.end, mode, add);
  });
  return tokens;
}

type Add = (kind: HighlightKind, start: number, end: number) => void;

/** Adds the comments at a place; gives the place behind them and the blanks. */
function comments(text: string, from: number, end: number, add: Add): number {
  let at = from;
  for (;;) {
    while (at < end && /\s/.test(text[at] as string)) at += 1;
    if (at >= end || !text.startsWith('```', at)) return at;
    const close = endOfComment(text, at, end).end;
    add('comment', at, close);
    at = close;
  }
}

function scanStage(text: string, from: number, end: number, base: ScanMode, add: Add): void {
  let at = comments(text, from, end, add);
  let mode = base;
  let before: Token | undefined;
  // Depth of parentheses at which `count(eval(…))` or `IN (…)` ends.
  let depth = 0;
  let until: number | undefined;
  while (at < end) {
    const operand =
      before !== undefined && ['word', 'number', 'string', 'quoted-field', 'close'].includes(before.kind);
    const token = scanToken(text, at, end, mode, operand);
    if (token.kind === 'end') return;
    add(token.kind, token.span.start, token.span.end);
    at = comments(text, token.span.end, end, add);
    if (token.kind === 'open') {
      depth += 1;
      const inner = innerMode(base, before);
      if (inner !== undefined) {
        mode = inner;
        until = depth;
      }
    } else if (token.kind === 'close') {
      if (until === depth) until = undefined;
      depth -= 1;
    }
    if (until === undefined) mode = token.kind === 'operator' ? valueMode(base) : base;
    before = token;
  }
}

function innerMode(base: ScanMode, before: Token | undefined): ScanMode | undefined {
  const word = before?.kind === 'word' ? before.text.toLowerCase() : '';
  if (base === 'search' && word === 'in') return 'list';
  return base === 'arguments' && word === 'eval' ? 'expression' : undefined;
}

function valueMode(base: ScanMode): ScanMode {
  if (base === 'search') return 'value';
  return base === 'arguments' ? 'option' : base;
}
