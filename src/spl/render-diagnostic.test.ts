import { expect, test } from 'vitest';
import { diagnose } from './diagnostics.ts';
import { parseSearch } from './parse.ts';
import { renderDiagnostic } from './render-diagnostic.ts';

function rendered(text: string): string {
  return parseSearch(text)
    .diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, text))
    .join('\n');
}

test('message, place, line, underline and hint', () => {
  expect(rendered('index=t\n| eval x=uper(y)')).toBe(
    [
      'error: Unknown function "uper". (line 2, column 10)',
      '  | eval x=uper(y)',
      '           ~~~~',
      '  hint: The nearest name is "upper".',
    ].join('\n'),
  );
});

test('wide and hostile characters: escaped, and the underline stays below', () => {
  expect(rendered('index="系図\u001b[31m" | bogus')).toBe(
    [
      'error: Unknown command "bogus". (line 1, column 19)',
      '  index="系図\\x1b[31m" | bogus',
      `  ${' '.repeat(23)}~~~~~`,
    ].join('\n'),
  );
});

test('a long line is cut around the place', () => {
  const text = `index=t ${'x'.repeat(500)} | bogus ${'y'.repeat(500)}`;
  const [, line, under] = rendered(text).split('\n');
  expect(line?.length).toBeLessThan(110);
  expect(line?.slice(under?.indexOf('~'), under?.length)).toBe('bogus');
});

test('without a span there is only the message', () => {
  const { span: _, ...bare } = diagnose('empty-search', {}, { start: 0, end: 0 });
  expect(renderDiagnostic(bare, '')).toBe(
    'error: The search is empty.\n  hint: Write * to search everything.',
  );
});

test('a place at the end of the text is underlined', () => {
  expect(
    renderDiagnostic(diagnose('missing-part', { expected: 'a value' }, { start: 3, end: 3 }), 'a b'),
  ).toBe('error: A value is missing here. (line 1, column 4)\n  a b\n     ~');
});
