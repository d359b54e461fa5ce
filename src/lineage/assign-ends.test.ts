import { describe, expect, test } from 'vitest';
import { at, end, from, guid, lineageOf, parentText, processOf, start } from '../../test/observed.ts';

const WORD = 'C:\\Office\\WINWORD.EXE';
const SHELL = 'C:\\Windows\\System32\\cmd.exe';

describe('what sensors tell of one end', () => {
  const security = { product: 'windows-security' };
  const both = (seconds: number) => [
    start(seconds, 100, WORD, { guid: guid(seconds, 1), commandLine: 'w' }),
    start(seconds + 0.02, 100, WORD, { ...security, commandLine: 'w' }),
  ];

  test('two sensors tell it seconds apart: one process, which ended when the first said so', () => {
    const lineage = lineageOf([
      ...both(0.25),
      end(4.4, 100, WORD, { guid: guid(0.25, 1) }),
      end(7.3, 100, WORD, security),
    ]);
    expect(lineage.size).toBe(1);
    expect(lineage.process(0)).toMatchObject({ end: at(4.4) });
    expect(lineage.process(0).seenBy).toHaveLength(4);
  });

  test('but not when another process began in between', () => {
    const lineage = lineageOf([
      ...both(0.25),
      end(4.4, 100, WORD, { guid: guid(0.25, 1) }),
      start(5.5, 100, WORD, { id: 'next', guid: guid(5.5, 2), commandLine: 'w' }),
      start(5.52, 100, WORD, { ...security, commandLine: 'w' }),
      end(9.3, 100, WORD, { ...security, id: 'end' }),
    ]);
    expect(processOf(lineage, 'end').process.seenBy.map(({ id }) => id)).toContain('next');
  });

  test('nor when it is a minute late: who had the process id by then is not known', () => {
    const lineage = lineageOf([
      ...both(0.25),
      end(4.4, 100, WORD, { guid: guid(0.25, 1) }),
      end(64.6, 100, WORD, { ...security, id: 'late' }),
    ]);
    expect(processOf(lineage, 'late').process.basis).toBe('seen');
  });
});

describe('a process id that is taken again in the moment in which it becomes free', () => {
  const security = { product: 'windows-security' };
  const names = (lineage: ReturnType<typeof lineageOf>, id: string) =>
    processOf(lineage, id).process.seenBy.map((event) => event.id);
  const first = [
    start(1.25, 100, WORD, { id: 'first', commandLine: 'one' }),
    start(1.25, 100, WORD, { ...security, commandLine: 'one' }),
  ];
  const second = start(8.5, 100, WORD, { id: 'second', commandLine: 'two' });

  test.each([0, 0.004])(
    'what one sensor tells %s s after ends the one before, as the other says',
    (later) => {
      const lineage = lineageOf([
        ...first,
        end(8.5, 100, WORD, { id: 'end' }),
        second,
        end(8.5 + later, 100, WORD, { ...security, id: 'end too' }),
        start(60, 200, SHELL, { id: 'child', ...from(100, WORD, { parentCommandLine: 'two' }) }),
        end(90, 100, WORD, { id: 'its end' }),
      ]);
      expect(names(lineage, 'first')).toEqual(expect.arrayContaining(['end', 'end too']));
      expect(names(lineage, 'second')).toEqual(['second', 'its end']);
      expect(parentText(lineage, 'child')).toBe(`probable started ${WORD} (100)`);
    },
  );

  test('also where the other sensor tells it a little later', () => {
    const lineage = lineageOf([
      ...first,
      second,
      end(8.502, 100, WORD, { ...security, id: 'end too' }),
      end(8.4999, 100, WORD, { id: 'end' }),
    ]);
    expect(names(lineage, 'first')).toEqual(expect.arrayContaining(['end', 'end too']));
    expect(names(lineage, 'second')).toEqual(['second']);
  });

  test('with times that were cut to whole seconds', () => {
    const lineage = lineageOf([
      start(1, 100, WORD, { ...security, commandLine: 'one' }),
      start(1.25, 100, WORD, { id: 'first', guid: guid(1.25, 1), commandLine: 'one' }),
      end(8.25, 100, WORD, { guid: guid(1.25, 1) }),
      start(8.25, 100, WORD, { id: 'second', guid: guid(8.25, 2), commandLine: 'two' }),
      start(8, 100, WORD, { ...security, commandLine: 'two' }),
      end(8, 100, WORD, { ...security, id: 'end too' }),
    ]);
    expect(names(lineage, 'first')).toContain('end too');
    expect(processOf(lineage, 'second').process.end).toBeUndefined();
  });

  test('but a process that lives for a moment has its own end, where no other ended then', () => {
    const lineage = lineageOf([
      ...first,
      end(3, 100, WORD),
      end(3, 100, WORD, security),
      second,
      end(8.9, 100, WORD, { ...security, id: 'end' }),
    ]);
    expect(names(lineage, 'second')).toEqual(['second', 'end']);
  });
});

describe('times that were cut to whole seconds', () => {
  const security = { product: 'windows-security' };

  test('a process that starts and ends in one second is one process', () => {
    const lineage = lineageOf([
      start(8.3, 100, WORD, { id: 's', guid: guid(8.3, 1) }),
      start(8, 100, WORD, security),
      end(8, 100, WORD, { ...security, id: 'e' }),
    ]);
    expect(lineage.size).toBe(1);
    // The cut time lies before the start, and is not told.
    expect(lineage.process(0)).toMatchObject({ start: at(8.3), end: at(8.3) });
  });

  test('its children are surely its own', () => {
    const lineage = lineageOf([
      start(8, 100, WORD, security),
      start(8, 200, SHELL, { ...security, id: 'child', ...from(100, WORD) }),
      end(8, 100, WORD, security),
      end(9, 200, SHELL, security),
    ]);
    expect(parentText(lineage, 'child')).toBe(`probable started ${WORD} (100)`);
    expect(lineage.size).toBe(2);
  });

  test('an end belongs to who bore the id before, where that one had not ended', () => {
    const lineage = lineageOf([
      start(2, 100, WORD, { ...security, id: 'first' }),
      start(8, 100, WORD, { ...security, id: 'second' }),
      end(8, 100, WORD, security),
    ]);
    expect(processOf(lineage, 'first').process.end).toBe(at(8));
    expect(processOf(lineage, 'second').process.end).toBeUndefined();
  });

  test('a sensor that has fractions never ends what it starts in the same moment', () => {
    const lineage = lineageOf([
      start(8.5, 100, WORD, { id: 's' }),
      end(8.5, 100, WORD, { id: 'e' }),
      end(9.25, 200, SHELL),
    ]);
    expect(processOf(lineage, 'e').process.basis).toBe('seen');
  });
});
