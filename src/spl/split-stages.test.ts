import { describe, expect, test } from 'vitest';
import { splitStages } from './split-stages.ts';

function pieces(text: string): readonly string[] {
  return splitStages(text).stages.map((stage) => text.slice(stage.start, stage.end).trim());
}

describe('pipes', () => {
  test('part stages outside quotes, brackets, backticks and comments', () => {
    expect(pieces('a "x|y" | b [c | d] | e `f("|")` ```|``` | g')).toEqual([
      'a "x|y"',
      'b [c | d]',
      'e `f("|")` ```|```',
      'g',
    ]);
  });

  test('behind a backslash are none', () => {
    expect(pieces('a\\|b | c "\\"|" | d\\\\| e')).toEqual(['a\\|b', 'c "\\"|"', 'd\\\\', 'e']);
  });

  test('in front of the first stage are its own', () => {
    const { stages } = splitStages('  | makeresults | head');
    expect(stages.map((stage) => stage.pipe)).toEqual([2, 16]);
  });
});

test.each([
  ['a "b | c', 'unclosed-quote', 2],
  ['a [b | c', 'unclosed-bracket', 2],
  ['a ```b | c', 'unclosed-comment', 2],
  ['a `b | c', 'unclosed-macro', 2],
])('%s is reported where it opens, and reaches to the end', (text, code, at) => {
  const { stages, diagnostics } = splitStages(text);
  expect(stages).toHaveLength(1);
  expect(diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.span?.start])).toEqual([[code, at]]);
});
