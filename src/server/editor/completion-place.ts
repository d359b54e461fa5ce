import type { Command } from '../../spl/command.ts';
import { findCommand } from '../../spl/commands/registry.ts';
import { type HighlightToken, highlightTokens } from '../../spl/highlight-tokens.ts';

/** What may stand at a place of a search. `from`: where the piece begins that is there already; `typed`: that piece. */
export type CompletionPlace =
  | { readonly kind: 'command'; readonly from: number; readonly typed: string; readonly isFirst: boolean }
  | { readonly kind: 'macro'; readonly from: number; readonly typed: string }
  | {
      readonly kind: 'value';
      readonly from: number;
      readonly typed: string;
      readonly field: string;
      /** Whether it stands in quotes that are open. */
      readonly quoted: boolean;
      /** Whether a text without quotes would be a field. */
      readonly needsQuotes: boolean;
    }
  | {
      readonly kind: 'option-value';
      readonly from: number;
      readonly typed: string;
      readonly command: Command;
      readonly option: string;
    }
  | {
      readonly kind: 'argument';
      readonly from: number;
      readonly typed: string;
      /** Undefined where the first stage searches events. */
      readonly command: Command | undefined;
      /** Whether it stands in single quotes that are open. */
      readonly quoted: boolean;
    }
  | { readonly kind: 'nothing' };

const comparisons: readonly string[] = ['=', '!=', '==', '<', '<=', '>', '>='];

/** Understands what stands in front of a place. Works on any text. */
export function completionPlace(text: string, at: number): CompletionPlace {
  const before = text.slice(0, at);
  const macro = /`([\w-]*)$/.exec(before);
  if (macro && [...before].filter((each) => each === '`').length % 2 === 1)
    return { kind: 'macro', from: at - (macro[1] ?? '').length, typed: macro[1] ?? '' };
  const tokens = highlightTokens(before);
  const stage = lastStage(tokens);
  const last = tokens.at(-1);
  if (last?.kind === 'comment' && !/```\s*$/.test(last.text.slice(3))) return { kind: 'nothing' };
  const isTouching = last !== undefined && last.span.end === at;
  const typedToken = isTouching && isPiece(last) ? last : undefined;
  const rest = typedToken ? stage.tokens.slice(0, -1) : stage.tokens;
  const command = stage.command;
  if (stage.afterPipe && (command === undefined || (isTouching && last.kind === 'command')))
    return {
      kind: 'command',
      from: isTouching && last.kind === 'command' ? last.span.start : at,
      typed: isTouching && last.kind === 'command' ? last.text : '',
      isFirst: stage.isFirst,
    };
  const found = command === undefined ? undefined : findCommand(command.text);
  if (command !== undefined && !found) return { kind: 'nothing' };
  return argumentPlace(text, at, rest, typedToken, found);
}

function argumentPlace(
  text: string,
  at: number,
  rest: readonly HighlightToken[],
  piece: HighlightToken | undefined,
  command: Command | undefined,
): CompletionPlace {
  // What is written as `name=value` is one word in some modes.
  const joined = /^([\w.{}@:*-]+)=("?)([^"]*)$/.exec(piece?.kind === 'word' ? piece.text : '');
  const operator = joined ? undefined : rest.at(-1);
  const isAssigned = command?.name === 'eval' && operator?.text === '=' && depthOf(rest) === 0;
  const isCompared = operator?.kind === 'operator' && comparisons.includes(operator.text) && !isAssigned;
  const compared = joined ? joined[1] : isCompared ? nameOf(rest.at(-2)) : listField(rest);
  const quote = piece?.kind === 'string' || (piece === undefined && text[at - 1] === '"');
  const typed = joined?.[3] ?? withoutQuote(piece?.text ?? '');
  const from = at - typed.length;
  if (compared !== undefined && compared !== '') {
    const isSearch = command === undefined || command.mode === 'search';
    const option = command?.options?.[compared.toLowerCase()];
    if (command && option && !isSearch)
      return { kind: 'option-value', from, typed, command, option: compared.toLowerCase() };
    if (isSearch || command?.mode === 'expression')
      return {
        kind: 'value',
        from,
        typed,
        field: compared,
        quoted: quote || joined?.[2] === '"',
        needsQuotes: !isSearch,
      };
  }
  if (piece?.kind === 'string') return { kind: 'nothing' };
  const quoted = piece?.kind === 'quoted-field';
  return { kind: 'argument', from, typed, command, quoted };
}

function depthOf(tokens: readonly HighlightToken[]): number {
  const count = (kind: HighlightToken['kind']) => tokens.filter((token) => token.kind === kind).length;
  return count('open') - count('close');
}

/** The field of `field IN (a, b` where the place is in its list. */
function listField(tokens: readonly HighlightToken[]): string | undefined {
  let at = tokens.length - 1;
  if (at >= 0 && !['open', 'comma'].includes(tokens[at]?.kind ?? '')) return undefined;
  while (at >= 0 && tokens[at]?.kind !== 'open') {
    if (!['comma', 'word', 'string', 'number'].includes(tokens[at]?.kind ?? '')) return undefined;
    at--;
  }
  const word = tokens[at - 1];
  return word?.text.toLowerCase() === 'in' ? nameOf(tokens[at - 2]) : undefined;
}

function nameOf(token: HighlightToken | undefined): string | undefined {
  if (token?.kind === 'word') return token.text;
  return token?.kind === 'quoted-field' || token?.kind === 'string' ? token.text.slice(1, -1) : undefined;
}

function isPiece({ kind, text }: HighlightToken): boolean {
  if (kind === 'string' || kind === 'quoted-field') return text.length === 1 || !closed(text);
  return kind === 'word' || kind === 'number' || kind === 'stray';
}

function closed(text: string): boolean {
  return text.length > 1 && text.at(-1) === text[0] && !/(?<!\\)(?:\\\\)*\\$/.test(text.slice(0, -1));
}

function withoutQuote(text: string): string {
  return /^["']/.test(text) ? text.slice(1) : text;
}

interface LastStage {
  readonly afterPipe: boolean;
  readonly isFirst: boolean;
  readonly command: HighlightToken | undefined;
  /** The tokens behind the command. */
  readonly tokens: readonly HighlightToken[];
}

function lastStage(tokens: readonly HighlightToken[]): LastStage {
  const pipe = tokens.findLastIndex(({ kind }) => kind === 'pipe');
  const inside = tokens.slice(pipe + 1).filter(({ kind }) => kind !== 'comment');
  const command = inside[0]?.kind === 'command' ? inside[0] : undefined;
  return {
    afterPipe: pipe >= 0,
    isFirst: tokens.slice(0, pipe).every(({ kind }) => kind === 'comment'),
    command,
    tokens: command ? inside.slice(1) : inside,
  };
}
