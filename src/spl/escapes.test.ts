import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type EscapeRules, offsetAsWritten, withoutEscapes } from './escapes.ts';

test.each<[EscapeRules, string, string]>([
  ['argument', '\\"a\\" \\\\ \\| \\s \\t', '"a" \\ | \\s \\t'],
  ['eval', 'C:\\\\windows\\temp \\d', 'C:\\windows\temp \\d'],
  ['regex', '\\x5c(?<n>[^\\x5c]+)$', '\\x5c(?<n>[^\\x5c]+)$'],
  ['regex', '\\\\\\\\(?<f>.)', '\\\\(?<f>.)'],
  ['regex', '\\\\\\(?<f>.)', '\\\\(?<f>.)'],
  ['regex', 'a\\|b', 'a\\|b'],
  ['argument', 'ends in \\', 'ends in \\'],
])('%s: %s', (rules, written, meant) => {
  expect(withoutEscapes(written, rules)).toBe(meant);
});

test('an offset behind escapes is found in the text as written', () => {
  const rules = fc.constantFrom<EscapeRules>('argument', 'eval', 'regex');
  const text = fc.string({ unit: fc.constantFrom('\\', '"', 'a', '|', 't'), maxLength: 20 });
  fc.assert(
    fc.property(text, rules, fc.nat(20), (written, rule, offset) => {
      const meant = withoutEscapes(written, rule);
      const at = offsetAsWritten(written, rule, Math.min(offset, meant.length));
      const kept = withoutEscapes(written.slice(at), rule);
      // Everything from there on is what was meant from the offset on, unless the offset splits a kept pair.
      if (!meant.slice(0, offset).endsWith('\\')) expect(kept).toBe(meant.slice(offset));
      expect(at).toBeLessThanOrEqual(written.length);
    }),
    { numRuns: 3000 },
  );
});
