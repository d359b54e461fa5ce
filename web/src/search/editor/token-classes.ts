import type { Check } from '../../../../src/server/contracts/editor.ts';

export interface ClassedSpan {
  readonly from: number;
  readonly to: number;
  readonly className: string;
}

type Token = Check['tokens'][number];

/** Commands in whose arguments `name=` gives a value to a field, so that the name is the person's own. */
const assigning = /^(eval|where|stats|eventstats|streamstats|chart|timechart)$/i;

const plainClasses: Readonly<Record<string, string>> = {
  pipe: 'spl-dim',
  command: 'spl-command',
  comment: 'spl-comment',
  string: 'spl-string',
  macro: 'spl-command',
  subsearch: 'spl-sub',
  stray: 'spl-stray',
};

/** Which pieces of a search are drawn how: four tones and no more. */
export function classedSpans(text: string, tokens: Check['tokens']): readonly ClassedSpan[] {
  const spans: ClassedSpan[] = [];
  let command = 'search';
  tokens.forEach((token, at) => {
    if (token.kind === 'pipe') command = '';
    if (token.kind === 'command') command = text.slice(token.from, token.to);
    const className = plainClasses[token.kind] ?? wordClass(text, token, tokens[at + 1], command);
    if (className === '') return;
    const to = className === 'spl-option' ? (tokens[at + 1]?.to ?? token.to) : token.to;
    if (to > token.from) spans.push({ from: token.from, to, className });
  });
  return spans;
}

function wordClass(text: string, token: Token, next: Token | undefined, command: string): string {
  if (token.kind !== 'word' || !next || next.from !== token.to) return '';
  if (next.kind === 'open') return 'spl-function';
  const isOption = next.kind === 'operator' && /^!?=$/.test(text.slice(next.from, next.to));
  return isOption && !assigning.test(command) ? 'spl-option' : '';
}
