import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  beside,
  closeEngine,
  running,
  type Shown,
  statistic,
  statisticBy,
  type TestRow,
} from '../evaluate.test-support.ts';
import { aggregateFunctions } from './registry.ts';

afterAll(closeEngine);

/** Rows that have the values as the field `v`, in this order of arrival. */
function rows(...values: readonly (string | number | null | readonly string[])[]): TestRow[] {
  return values.map((v) => ({ v, present: 'x' }));
}

function check(table: readonly (readonly [measure: string, rows: readonly TestRow[], expected: Shown])[]) {
  test.each(
    table.map(([measure, input, expected], at) => [`${measure} #${at}`, measure, input, expected] as const),
  )('%s', (_, measure, input, expected) => {
    expect(statistic(measure, input)).toEqual(expected);
  });
}

describe('counts', () => {
  check([
    ['count', rows('a', null), '2'],
    ['count(v)', rows('a', null, 'b'), '2'],
    ['count(v)', rows(['a', 'b'], 'c', null), '3'],
    ['count(nosuch)', rows('a'), '0'],
    ['c(v)', rows('a'), '1'],
    ['count(eval(v="404")) AS n', rows('404', '200', '404', null), '2'],
    ['count(eval(v!="404")) AS n', rows('404', '200', null), '1'],
    ['count(eval(if(v>1,1,null()))) AS n', rows('1', '2', '3'), '2'],
    ['dc(v)', rows('1', '1.0', '01', '1'), '3'],
    ['dc(v)', rows(['a', 'b'], 'b'), '2'],
    ['dc(nosuch)', rows('a'), '0'],
    ['distinct_count(v)', rows(1, 1, 2), '2'],
    ['estdc(v)', rows('a', 'b', 'a'), '2'],
    ['estdc_error(v)', rows('a', 'b', 'a'), '0'],
  ]);
});

describe('numbers', () => {
  check([
    ['sum(v)', rows('10', 'abc', '20', null, 'nan'), '30'],
    ['sum(v)', rows('0.1', '0.2'), '0.3'],
    ['sum(v)', rows(['1', '2'], '3'), '6'],
    ['sum(v)', rows('x'), null],
    [
      'sum(eval(price*qty)) AS r',
      [
        { price: '3', qty: '2' },
        { price: '5', qty: '4' },
      ],
      '26',
    ],
    ['avg(v)', rows('1', '2'), '1.5'],
    ['avg(v)', rows('10', 'abc', '20'), '15'],
    ['mean(v)', rows(1, 2, 6), '3'],
    ['sumsq(v)', rows('1', '2', '3'), '14'],
    ['sumsq(v)', rows(['1', '2'], '3'), '14'],
    ['var(v)', rows('1', '3', '5'), '4'],
    ['stdev(v)', rows('1', '3', '5'), '2'],
    ['stdev(v)', rows('7'), '0'],
    ['stdev(nosuch)', rows('7'), null],
    ['stdevp(v)', rows('2', '4', '4', '4', '5', '5', '7', '9'), '2'],
    ['varp(v)', rows('2', '4', '4', '4', '5', '5', '7', '9'), '4'],
    ['range(v)', rows('1', '10', '9'), '9'],
    ['median(v)', rows('9', '4', '7', '1', '12'), '7'],
    ['perc50(v)', rows('9', '4', '7', '1', '12', 'x'), '7'],
    ['p90(v)', rows(...Array.from({ length: 100 }, (_, at) => String(at + 1))), '91'],
    ['perc0(v)', rows('3', '1', '2'), '1'],
    ['perc100(v)', rows('3', '1', '2'), '3'],
    ['exactperc50(v)', rows('9', '4', '7', '1', '12'), '7'],
    ['upperperc50(v)', rows(['9', '4', '7'], '1', '12'), '7'],
  ]);
});

describe('choices', () => {
  const timed: TestRow[] = [
    { v: '3', w: ['x', 'y'], _time: 30_000_000n },
    { v: '1', w: null, _time: 10_000_000n },
    { v: null, w: ['z'], _time: 50_000_000n },
    { v: '2', w: null, _time: 20_000_000n },
  ];
  check([
    ['min(v)', rows('-5', '3', '-10', null), '-10'],
    ['max(v)', rows('9', '10'), '10'],
    ['max(v)', rows('pear', 'apple', 'Zoo'), 'pear'],
    ['min(v)', rows('pear', 'apple', 'Zoo'), 'Zoo'],
    ['max(v)', rows('9007199254740993', '9007199254740991'), '9007199254740993'],
    ['min(v)', rows(3, 1, 2), '1'],
    ['max(v)', rows(['1', '20'], ['3']), '20'],
    ['min(v)', rows(['b', 'c'], ['a']), 'a'],
    ['min(nosuch)', rows('1'), null],
    ['max(_time)', timed, '5'],
    ['mode(v)', rows('Roe', 'Doe', 'Roe'), 'Roe'],
    ['mode(v)', rows('b', 'a', 'b', 'a', 'c'), 'a'],
    ['mode(v)', rows(['a', 'b'], ['b']), 'b'],
    ['mode(v)', rows(null, null), null],
    ['first(v)', rows(null, 'b', 'a'), 'b'],
    ['last(v)', rows('c', 'b', null), 'b'],
    ['earliest(v)', timed, '1'],
    ['latest(v)', timed, '3'],
    ['latest(w)', timed, 'z'],
    ['earliest(w)', timed, ['x', 'y']],
    ['earliest_time(v)', timed, '1'],
    ['latest_time(v)', timed, '3'],
    ['rate(v)', timed, '1'],
    ['range(_time)', [{ _time: 17_000_000_000_000_000n }, { _time: 17_000_000_001_000_001n }], '0.1000001'],
    ['list(v)', rows('b', 'a', null, 'b'), ['b', 'a', 'b']],
    ['list(v)', rows(['x', 'y'], 'a'), ['x', 'y', 'a']],
    ['values(v)', rows('10', '9', '70', '100', '9'), ['10', '100', '70', '9']],
    ['values(v)', rows('b', 'A', 'a', 'B', null), ['A', 'B', 'a', 'b']],
    ['values(v)', rows(['b', 'a'], 'c', 'a'), ['a', 'b', 'c']],
    ['values(nosuch)', rows('a'), null],
  ]);

  test('list stops at a hundred', () => {
    const listed = statistic('list(v)', rows(...Array.from({ length: 150 }, (_, at) => at + 1)));
    expect(listed).toEqual(Array.from({ length: 100 }, (_, at) => String(at + 1)));
  });
});

test('by group, of numbers and of several values', () => {
  const input = [
    { g: 'a', v: '1', w: ['p', 'q'] },
    { g: 'b', v: '5', w: null },
    { g: 'a', v: '3', w: ['q'] },
  ];
  expect(statisticBy('sum(v)', 'g', input)).toEqual(['4', '5']);
  expect(statisticBy('values(w)', 'g', input)).toEqual([['p', 'q'], null]);
  expect(statisticBy('list(v)', 'g', input)).toEqual([['1', '3'], '5']);
  expect(statisticBy('median(v)', 'g', input)).toEqual(['3', '5']);
});

describe('as windows', () => {
  const input = rows('3', '1', null, '2');
  test.each([
    ['count', ['1', '2', '3', '4']],
    ['sum(v)', ['3', '4', '4', '6']],
    ['avg(v)', ['3', '2', '2', '2']],
    ['min(v)', ['3', '1', '1', '1']],
    ['dc(v)', ['1', '2', '2', '3']],
    ['first(v)', ['3', '3', '3', '3']],
    ['last(v)', ['3', '1', '1', '2']],
    ['list(v)', ['3', ['3', '1'], ['3', '1'], ['3', '1', '2']]],
    ['values(v)', ['3', ['1', '3'], ['1', '3'], ['1', '2', '3']]],
    ['mode(v)', ['3', '1', '1', '1']],
    ['median(v)', ['3', '3', '3', '2']],
    ['stdev(v)', ['0', '1.4142135623731', '1.4142135623731', '1']],
    ['range(v)', ['0', '2', '2', '2']],
  ])('running %s', (measure, expected) => {
    const found = running(measure, input);
    expect(found.map((one) => (typeof one === 'string' ? one.slice(0, 15) : one))).toEqual(expected);
  });

  test.each([
    ['sum(v)', '6'],
    ['max(v)', '3'],
    ['values(v)', ['1', '2', '3']],
    ['list(v)', ['3', '1', '2']],
    ['first(v)', '3'],
    ['mode(v)', '1'],
  ])('beside every row %s', (measure, expected) => {
    expect(beside(measure, input)).toEqual(Array.from({ length: 4 }, () => expected));
  });
});

test('faults', () => {
  expect(() => statistic('sum(eval(v=1)) AS n', rows('1'))).toThrow('boolean-value');
  expect(() => statistic('per_hour(v)', rows('1'))).toThrow('statistic-not-supported');
});

test('every statistic has words, and takes rows without values', () => {
  for (const { name, summary, percentile, takes } of aggregateFunctions.values()) {
    expect(summary).toMatch(/\.$/);
    if (name.startsWith('per_') || takes === 'rows') continue;
    const written = percentile ? `${name}95` : name;
    expect(() => statistic(`${written}(v)`, rows(null))).not.toThrow();
    expect(() => statistic(`${written}(v)`, rows([], ['a', '1']))).not.toThrow();
    expect(() => statistic(`${written}(v)`, [{ v: '1', _time: 1n }])).not.toThrow();
    expect(() => beside(`${written}(v)`, rows('1', null))).not.toThrow();
  }
});

test('sums and extremes agree with plain ones', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 30 }), (numbers) => {
      const input = rows(...numbers.map(String));
      expect(statistic('sum(v)', input)).toBe(String(numbers.reduce((sum, one) => sum + one, 0)));
      expect(statistic('min(v)', input)).toBe(String(Math.min(...numbers)));
      expect(statistic('max(v)', input)).toBe(String(Math.max(...numbers)));
      const sorted = [...numbers].sort((a, b) => a - b);
      expect(statistic('perc25(v)', input)).toBe(String(sorted[Math.floor(0.25 * sorted.length)]));
    }),
    { numRuns: 15 },
  );
});
