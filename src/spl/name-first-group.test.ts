import { expect, test } from 'vitest';
import { nameFirstGroup } from './name-first-group.ts';

test.each([
  ['(\\w+)=', '(?<n>\\w+)='],
  ['(?:a)(?i)(b)(c)', '(?:a)(?i)(?<n>b)(c)'],
  ['\\((?=x)(y)', '\\((?=x)(?<n>y)'],
  ['[(](x)', '[(](?<n>x)'],
  ['[]()](x)', '[]()](?<n>x)'],
  ['[^](](x)', '[^](](?<n>x)'],
  ['(?<a>x)(y)', '(?<n>x)(y)'],
  ['(?P<a>x)', '(?<n>x)'],
  ['(?<!a)(?<=b)(c)', '(?<!a)(?<=b)(?<n>c)'],
  ['\\Q(\\E(x)', '\\Q(\\E(?<n>x)'],
  ['a\\(b', undefined],
])('%s', (pattern, named) => {
  expect(nameFirstGroup(pattern, 'n')).toBe(named);
});
