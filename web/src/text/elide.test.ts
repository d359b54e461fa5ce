import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elide } from './elide.ts';

const shown = (text: string, most: number, hit?: string) =>
  elide(text, most, hit)
    .map((piece) =>
      piece.kind === 'cut' ? `⋯${piece.text.length}` : piece.hit ? `[${piece.text}]` : piece.text,
    )
    .join('|');

describe('a long text on one line', () => {
  test('what is short is whole, with its hits', () => {
    expect(shown('cmd.exe /c dir', 100)).toBe('cmd.exe /c dir');
    expect(shown('cmd.exe /c DIR', 100, 'dir')).toBe('cmd.exe /c |[DIR]');
  });

  test('keeps the beginning and the first hit', () => {
    const line = `bitsadmin ${'x'.repeat(200)} C:\\ProgramData\\svchost.exe`;
    expect(shown(line, 60, 'programdata')).toMatch(/^bitsadmin x+\|⋯\d+\|.*\[ProgramData\]/);
  });

  test('keeps the first hidden character', () => {
    expect(shown(`${'a'.repeat(300)}\u202Efdp`, 60)).toContain('\u202E');
  });

  test('says how much is left out', () => {
    expect(shown('a'.repeat(1000), 100)).toBe(`${'a'.repeat(100)}|⋯900`);
  });

  test('nothing is lost', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 4, max: 100 }),
        fc.string(),
        (text, most, hit) => {
          expect(
            elide(text, most, hit)
              .map((piece) => piece.text)
              .join(''),
          ).toBe(text);
        },
      ),
    );
  });
});
