import { expect, test } from 'vitest';
import { classedSpans } from './token-classes.ts';

/** Tokens of a text by their words: `kind:word …`. */
function drawn(text: string, kinds: readonly (readonly [string, string])[]) {
  let at = 0;
  const tokens = kinds.map(([kind, word]) => {
    const from = text.indexOf(word, at);
    at = from + word.length;
    return { kind, from, to: at };
  });
  return classedSpans(text, tokens).map((span) => `${span.className} ${text.slice(span.from, span.to)}`);
}

test('options are dim in a search, names that eval gives are not', () => {
  expect(
    drawn('user=a | eval b=len(c)', [
      ['word', 'user'],
      ['operator', '='],
      ['word', 'a'],
      ['pipe', '|'],
      ['command', 'eval'],
      ['word', 'b'],
      ['operator', '='],
      ['word', 'len'],
      ['open', '('],
      ['word', 'c'],
      ['close', ')'],
    ]),
  ).toEqual(['spl-option user=', 'spl-dim |', 'spl-command eval', 'spl-function len']);
});
