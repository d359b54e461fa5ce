import { expect, test } from 'vitest';
import { baseTerms } from './base-terms.ts';

/** Words, `=` and `|` as the server would tell them apart. */
function tokens(text: string) {
  return [...text.matchAll(/"[^"]*"|[=|()]|[^\s=|()]+/g)].map(({ 0: word, index }) => ({
    from: index,
    to: index + word.length,
    kind:
      word === '='
        ? 'operator'
        : word === '|'
          ? 'pipe'
          : word === '('
            ? 'open'
            : word.startsWith('"')
              ? 'string'
              : 'word',
  }));
}

const terms = (text: string) => baseTerms(text, tokens(text)).map((term) => [term.text, term.without]);

test('each condition can be left out', () => {
  expect(terms('index=main "Salaries.xls" user=wally | table a')).toEqual([
    ['index=main', '"Salaries.xls" user=wally'],
    ['"Salaries.xls"', 'index=main user=wally'],
    ['user=wally', 'index=main "Salaries.xls"'],
  ]);
});

test('conditions that hang together are not taken apart', () => {
  expect(terms('a=1 OR b=2')).toEqual([]);
  expect(terms('(a=1 b=2) c=3')).toEqual([]);
  expect(terms('a=1 | where b=2')).toEqual([]);
});
