import { describe, expect, test } from 'vitest';
import { base64Alignments, base64Forms, utf16Forms, writtenForms } from './encoded-forms.ts';

describe('base64 forms', () => {
  test('stand in what was encoded, whatever stands in front of and behind the bytes', () => {
    for (const text of ['powershell', 'IEX(New-Object', '給与一覧', 'abcd'])
      for (const encoding of ['utf16le', 'utf8'] as const) {
        const bytes = Buffer.from(text, encoding);
        const forms = base64Alignments(bytes);
        for (let before = 0; before < 7; before++)
          for (let after = 0; after < 4; after++) {
            const all = Buffer.concat([Buffer.alloc(before, 0xa5), bytes, Buffer.alloc(after, 0x5a)]);
            const encoded = all.toString('base64');
            expect(forms.some((form) => encoded.includes(form))).toBe(bytes.length > 5);
          }
      }
  });

  test('are of the ways in which a word is cased', () => {
    const encoded = Buffer.from('start PowerShell', 'utf16le').toString('base64');
    expect(base64Forms('POWERSHELL').some((form) => encoded.includes(form))).toBe(false);
    expect(base64Forms('PowerShell').some((form) => encoded.includes(form))).toBe(true);
    const lower = Buffer.from('start powershell', 'utf16le').toString('base64');
    expect(base64Forms('POWERSHELL').some((form) => lower.includes(form))).toBe(true);
  });
});

test('UTF-16 stands with NUL between, or in hexadecimal', () => {
  const forms = utf16Forms('Cmd');
  expect(forms).toEqual(
    expect.arrayContaining(['c\0m\0d', 'c\\u0000m\\u0000d', '43006d006400', '63-00-6d-00-64-00']),
  );
});

test('what XML, JSON and CSV make of a text, and what a written form stands for', () => {
  expect(writtenForms('"a" & b')).toEqual(
    expect.arrayContaining(['&quot;a&quot; &amp; b', '\\"a\\" & b', '""a"" & b', '"a" &amp; b']),
  );
  expect(writtenForms('給与')).toEqual(['\\u7d66\\u4e0e']);
  expect(writtenForms('a &lt; b')).toContain('a < b');
  expect(writtenForms('plain')).toEqual([]);
});
