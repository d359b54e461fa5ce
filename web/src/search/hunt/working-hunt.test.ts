import { beforeEach, expect, test } from 'vitest';
import {
  changeStep,
  emptyStep,
  newHunt,
  openHunt,
  removeStep,
  stepName,
  workingHunt,
} from './working-hunt.ts';

beforeEach(newHunt);

test('steps are changed, added behind the last and removed', () => {
  expect(changeStep(0, { text: 'a' })).toBe(0);
  expect(changeStep(7, { text: 'b' })).toBe(1);
  expect(workingHunt().steps.map((step) => step.text)).toEqual(['a', 'b']);
  removeStep(0);
  removeStep(0);
  expect(workingHunt().steps).toEqual([emptyStep]);
});

test('a saved hunt is opened', () => {
  openHunt({
    id: 'h1',
    name: 'Salaries',
    steps: [{ title: 'Who', text: 'a', earliest: '-1h', latest: null }],
    updated: null,
    user: 'h.mori',
  });
  expect(workingHunt()).toMatchObject({ id: 'h1', name: 'Salaries' });
  expect(workingHunt().steps[0]).toMatchObject({
    title: 'Who',
    earliest: '-1h',
    latest: undefined,
    ran: false,
  });
});

test('a step without a title is named after its last command', () => {
  expect(stepName({ ...emptyStep, text: 'index=main a\n| table  b c' })).toBe('table b c');
  expect(stepName({ ...emptyStep, title: 'Who', text: 'x' })).toBe('Who');
  expect(stepName(emptyStep)).toBe('');
});
