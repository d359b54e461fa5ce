import type { Check } from '../../../../src/server/contracts/editor.ts';

/** A condition of the first part of a search, with the part as it is without it. */
export interface BaseTerm {
  readonly text: string;
  readonly without: string;
}

const mostTerms = 8;

/**
 * The conditions in front of the first pipe, each of which can be left out by itself; none where they hang together by
 * OR, NOT, parentheses or a macro.
 */
export function baseTerms(text: string, tokens: Check['tokens']): readonly BaseTerm[] {
  const pipe = tokens.findIndex((token) => token.kind === 'pipe');
  const base = (pipe < 0 ? tokens : tokens.slice(0, pipe)).filter((token) => token.kind !== 'comment');
  const end = tokens[pipe]?.from ?? text.length;
  const spans: { from: number; to: number }[] = [];
  for (let at = 0; at < base.length; at += 1) {
    const token = base[at];
    if (!token) break;
    const word = text.slice(token.from, token.to);
    if (token.kind === 'command') continue;
    if (!['word', 'string', 'number', 'quoted-field'].includes(token.kind) || /^(OR|NOT|IN)$/.test(word))
      return [];
    if (word === 'AND') continue;
    const operator = base[at + 1];
    const value = base[at + 2];
    if (operator?.kind === 'operator' && value) {
      if (!['word', 'string', 'number'].includes(value.kind)) return [];
      spans.push({ from: token.from, to: value.to });
      at += 2;
    } else spans.push({ from: token.from, to: token.to });
  }
  if (spans.length < 2) return [];
  return spans.slice(0, mostTerms).map(({ from, to }) => ({
    text: text.slice(from, to),
    without: `${text.slice(0, from)}${text.slice(to, end)}`.replaceAll(/\s+/g, ' ').trim(),
  }));
}
