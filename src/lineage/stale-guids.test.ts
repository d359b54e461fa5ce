import { expect, test } from 'vitest';
import { end, guid, lineageOf, observed, processOf, start } from '../../test/observed.ts';

const WORD = 'C:\\Office\\WINWORD.EXE';
const EDGE = 'C:\\Edge\\msedge.exe';

const taken = [
  start(1.5, 100, EDGE, { id: 'former', guid: guid(1.5, 1) }),
  end(50.5, 100, EDGE, { guid: guid(1.5, 1) }),
  start(60.5, 100, WORD, { id: 'holder', guid: guid(60.5, 2) }),
];

test('an activity with the GUID of the former holder is of the one that has its program', () => {
  const lineage = lineageOf([
    ...taken,
    observed('activity', 60.6, 100, { id: 'module', image: WORD, guid: guid(1.5, 1) }),
  ]);
  expect(processOf(lineage, 'holder').process.seenBy.map(({ id }) => id)).toEqual(['holder', 'module']);
  expect(processOf(lineage, 'former').process.seenBy).toHaveLength(2);
  expect(lineage.size).toBe(2);
});

test('a former holder that nobody saw is not made of it', () => {
  const lineage = lineageOf([
    ...taken.slice(2),
    observed('activity', 60.6, 100, { id: 'module', image: WORD, guid: guid(1.5, 1) }),
  ]);
  expect(lineage.size).toBe(1);
  expect(lineage.process(0).guid).toBe(guid(60.5, 2));
});

test('nor is the GUID given to a start that another sensor saw', () => {
  const lineage = lineageOf([
    start(60.5, 100, WORD, { id: 'holder', product: 'windows-security' }),
    observed('activity', 60.6, 100, { image: WORD, guid: guid(1.5, 1) }),
  ]);
  expect(processOf(lineage, 'holder').process.guid).toBeUndefined();
  expect(lineage.size).toBe(1);
});

test('a GUID of the second of the start, or of another program, is trusted', () => {
  const lineage = lineageOf([
    start(60.5, 100, WORD, { id: 'holder', product: 'windows-security' }),
    observed('activity', 60.6, 100, { id: 'own', image: WORD, guid: guid(60.2, 1) }),
    ...taken.slice(0, 2),
    observed('activity', 62, 100, { id: 'late', image: EDGE, guid: guid(1.5, 1) }),
  ]);
  expect(processOf(lineage, 'holder').process.guid).toBe(guid(60.2, 1));
  expect(processOf(lineage, 'former').process.seenBy.map(({ id }) => id)).toContain('late');
});
