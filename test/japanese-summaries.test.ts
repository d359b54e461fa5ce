import { expect, test } from 'vitest';
import { commands } from '../src/spl/commands/registry.ts';
import { aggregateFunctions } from '../src/spl/functions/aggregates/registry.ts';
import { evalFunctions } from '../src/spl/functions/registry.ts';
import { japaneseSummaries } from '../web/src/search/sayings/japanese-summaries.ts';

const topics = [
  ...commands.flatMap(({ name, options = {} }) => [
    `command ${name}`,
    ...Object.entries(options).flatMap(([option, { unsupported }]) =>
      unsupported === true ? [] : `option ${name} ${option}`,
    ),
  ]),
  'option  earliest',
  'option  latest',
  ...[...evalFunctions.values()].map(({ name }) => `function ${name}`),
  ...[...aggregateFunctions.values()].map(({ name }) => `statistic ${name}`),
];

test('every command, option and function that completion offers is said in Japanese', () => {
  expect(Object.keys(japaneseSummaries).toSorted()).toEqual([...new Set(topics)].toSorted());
});

test('a command has as many lines in Japanese as it has in English', () => {
  const lines = commands.map(({ name }) => [name, japaneseSummaries[`command ${name}`]?.split('\n').length]);
  expect(lines).toEqual(commands.map(({ name, notes = [] }) => [name, 1 + notes.length]));
});
