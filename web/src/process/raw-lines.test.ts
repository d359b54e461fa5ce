import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTelling, rawLines, rawPieces } from './raw-lines.ts';

const event =
  '<Event><System><EventID>1</EventID></System><EventData><Data Name="Image">C:\\a b.exe</Data></EventData></Event>';

describe('an event as recorded', () => {
  test('is broken into lines without a change', () => {
    const lines = rawLines(event);
    expect(lines.join('')).toBe(event);
    expect(lines).toContain('<Data Name="Image">C:\\a b.exe</Data>');
  });

  test('has its marks, names and strings told apart', () => {
    expect(rawPieces('<Data Name="Image">x="1"</Data>')).toEqual([
      { tone: 'mark', text: '<Data' },
      { tone: 'plain', text: ' ' },
      { tone: 'name', text: 'Name=' },
      { tone: 'string', text: '"Image"' },
      { tone: 'mark', text: '>' },
      { tone: 'plain', text: 'x="1"' },
      { tone: 'mark', text: '</Data' },
      { tone: 'mark', text: '>' },
    ]);
    expect(isTelling('<Data Name="ParentProcessGuid">')).toBe(true);
    expect(isTelling('<Data Name="Image">')).toBe(false);
  });

  test('loses nothing, whatever was recorded', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        const line = `<Data ${text}`;
        expect(
          rawPieces(line)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(line);
      }),
    );
  });
});
