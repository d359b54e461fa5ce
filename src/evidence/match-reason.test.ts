import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gradeMatch, type MatchFacts, matchReasonTexts } from './match-reason.ts';

const sure: MatchFacts = {
  by: 'process-id',
  image: 'agrees',
  processId: 'agrees',
  named: 'unsaid',
  time: 'within',
  startKnown: true,
  endKnown: true,
};

const gradeOf = (facts: Partial<MatchFacts>) => gradeMatch({ ...sure, ...facts }).grade;

test('a GUID that the event names is exact, whatever its time says', () => {
  expect(gradeMatch({ ...sure, by: 'guid' })).toEqual({ grade: 'exact', reasons: ['guid-named'] });
  expect(gradeMatch({ ...sure, by: 'guid', time: 'before' })).toEqual({
    grade: 'exact',
    reasons: ['guid-named', 'time-before-start'],
  });
  expect(gradeMatch({ ...sure, by: 'guid', time: 'after' }).reasons).toContain('time-after-end');
});

test('a GUID that something contradicts is ambiguous', () => {
  expect(gradeOf({ by: 'guid', image: 'differs' })).toBe('ambiguous');
  expect(gradeOf({ by: 'guid', processId: 'differs' })).toBe('ambiguous');
  expect(gradeOf({ by: 'guid', time: 'reused' })).toBe('ambiguous');
});

test('a process id is probable in a lifetime that is known, else as far as the program agrees', () => {
  expect(gradeOf({})).toBe('probable');
  expect(gradeOf({ image: 'unsaid' })).toBe('probable');
  expect(gradeOf({ image: 'differs' })).toBe('ambiguous');
  expect(gradeOf({ endKnown: false })).toBe('probable');
  expect(gradeOf({ endKnown: false, image: 'unsaid' })).toBe('ambiguous');
  expect(gradeOf({ time: 'near' })).toBe('probable');
  expect(gradeOf({ time: 'near', image: 'unsaid' })).toBe('ambiguous');
  expect(gradeOf({ startKnown: false })).toBe('probable');
  expect(gradeOf({ startKnown: false, time: 'before' })).toBe('ambiguous');
  expect(gradeOf({ named: 'other-guid' })).toBe('ambiguous');
});

test('the process start key is as good as a GUID; a user alone is never more than ambiguous', () => {
  expect(gradeOf({ named: 'start-key', image: 'unsaid', endKnown: false })).toBe('exact');
  expect(gradeOf({ by: 'user' })).toBe('ambiguous');
});

test('a process id alone is never exact, every doubt has its reason, and every reason its words', () => {
  const facts = fc.record<MatchFacts>({
    by: fc.constantFrom('guid', 'process-id', 'user'),
    image: fc.constantFrom('agrees', 'differs', 'unsaid'),
    processId: fc.constantFrom('agrees', 'differs', 'unsaid'),
    named: fc.constantFrom('other-guid', 'unsaid'),
    time: fc.constantFrom('before', 'near', 'within', 'after', 'reused'),
    startKnown: fc.boolean(),
    endKnown: fc.boolean(),
  });
  fc.assert(
    fc.property(facts, (each) => {
      const { grade, reasons } = gradeMatch(each);
      if (each.by !== 'guid') expect(grade).not.toBe('exact');
      if (each.image === 'differs' && each.by !== 'user') expect(reasons).toContain('image-differs');
      if (grade === 'ambiguous') expect(reasons.length).toBeGreaterThan(1);
      for (const reason of reasons) expect(matchReasonTexts[reason]).toBeTruthy();
    }),
  );
});
