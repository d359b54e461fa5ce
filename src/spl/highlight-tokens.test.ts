import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlightTokens } from './highlight-tokens.ts';

function kinds(text: string): readonly string[] {
  return highlightTokens(text).map((token) => `${token.kind}:${token.text}`);
}

test('parts of speech', () => {
  expect(kinds('index=t ```why``` `m(x)` | stats count(eval(a="b")) AS n | eval x=1.5')).toEqual([
    ...['word:index', 'operator:=', 'word:t', 'comment:```why```', 'macro:`m(x)`', 'pipe:|', 'command:stats'],
    ...[
      'word:count',
      'open:(',
      'word:eval',
      'open:(',
      'word:a',
      'operator:=',
      'string:"b"',
      'close:)',
      'close:)',
    ],
    ...['word:AS', 'word:n', 'pipe:|', 'command:eval', 'word:x', 'operator:=', 'number:1.5'],
  ]);
});

test('of any text: in order, and only blanks between', () => {
  const pieces = fc.constantFrom(
    '|',
    '"',
    '`',
    '```',
    '[',
    ']',
    '(',
    ' ',
    '\n',
    'eval',
    'stats',
    'IN',
    'a',
    '=',
    '\\',
    '.',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
      const text = parts.join('');
      let at = 0;
      for (const { span } of highlightTokens(text)) {
        expect(text.slice(at, span.start).trim()).toBe('');
        expect(span.end).toBeGreaterThan(span.start);
        at = span.end;
      }
      expect(text.slice(at).trim()).toBe('');
    }),
    { numRuns: 2000 },
  );
});
