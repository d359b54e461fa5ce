import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { planRegex } from '../core/regex-policy.ts';
import { testRegex } from '../core/regex-run.ts';
import { closeEngine, evaluate } from './functions/evaluate.test-support.ts';

afterAll(closeEngine);

const atom = fc.constantFrom(
  'a',
  'B',
  '.',
  '\\d',
  '\\w',
  '\\W',
  '\\s',
  '\\.',
  '\\x5c',
  '\\/',
  '[ab]',
  '[^a]',
  '[\\w.-]',
  '[[:upper:]]',
  '\\h',
  '\\b',
  '^',
  '$',
);
const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '{1,2}', '+?', '*?');

/** Patterns of what both engines know. */
const pattern: fc.Arbitrary<string> = fc.letrec<{ sequence: string; piece: string }>((tie) => ({
  sequence: fc.array(tie('piece'), { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('')),
  piece: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc
      .tuple(atom, quantifier)
      .map(([one, times]) => (/[\^$]|\\b/.test(one) && one.length < 3 ? one : one + times)),
    fc
      .tuple(
        fc.constantFrom('(', '(?:', '(?i)(', '(?s:', '(?m:', '(?i:'),
        tie('sequence'),
        tie('sequence'),
        quantifier,
      )
      .map(([open, left, right, times]) => `${open}${left}|${right})${times}`),
  ),
})).sequence;

const text = fc
  .array(fc.constantFrom('a', 'A', 'b', 'B', '1', '_', '.', '\\', '/', ' ', '\t', '\n', 'é', 'x'), {
    maxLength: 8,
  })
  .map((letters) => letters.join(''));

test('RE2 in the store and V8 here find the same', () => {
  fc.assert(
    fc.property(pattern, fc.array(text, { minLength: 20, maxLength: 20 }), (source, any) => {
      // Behind a line feed that ends the text RE2's (?m:^) matches and PCRE's does not.
      const texts = source.includes('(?m:') ? any.map((one) => one.replace(/\n+$/, '')) : any;
      const here = planRegex(source, { engine: 'v8' });
      if (planRegex(source).kind !== 're2' || here.kind !== 'v8') return;
      const written = source.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
      const found = evaluate(
        `match(f,"${written}")`,
        texts.map((f) => ({ f })),
      );
      expect(testRegex(here, texts)).toEqual({ kind: 'done', values: found });
    }),
    { numRuns: 100 },
  );
});
