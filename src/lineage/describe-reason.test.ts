import { expect, test } from 'vitest';
import { describeReason } from './describe-reason.ts';

test('a reason with what it names, and without', () => {
  expect(describeReason({ code: 'image-differs', detail: 'cmd.exe, not calc.exe' })).toBe(
    'its program is not the one that the child names (cmd.exe, not calc.exe)',
  );
  expect(describeReason({ code: 'image-differs' })).toBe('its program is not the one that the child names');
  expect(describeReason({ code: 'alive-at-start', detail: 'not said' })).toBe(
    'it was running when the child started',
  );
});
