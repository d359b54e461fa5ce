import { describe, expect, test } from 'vitest';
import { markedSearch } from '../../test/marked-search.ts';
import { printSearch } from '../../test/print-search.ts';
import { formatTicks, TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { type LoweredSearch, lowerSearch } from './lower.ts';
import { parseSearch } from './parse.ts';

const now = 1_700_000_000n * TICKS_PER_SECOND;
const given = { earliest: now - 100n * TICKS_PER_SECOND, latest: now - 50n * TICKS_PER_SECOND };

function lower(text: string, range: { earliest?: Ticks | null; latest?: Ticks | null } = {}): LoweredSearch {
  const { search, diagnostics } = parseSearch(text);
  if (search === undefined) throw new Error(JSON.stringify(diagnostics));
  return lowerSearch(search, { now, timezone: 'UTC', ...range });
}

function source(text: string, range: { earliest?: Ticks | null; latest?: Ticks | null } = {}) {
  const { plan, diagnostics } = lower(text, range);
  expect(diagnostics).toEqual([]);
  if (plan?.source.kind !== 'events') throw new Error('no events');
  const { indexes, earliest, latest, indexEarliest, indexLatest, test: condition } = plan.source;
  const time = (ticks: Ticks | null): string | null => (ticks === null ? null : formatTicks(ticks, 0));
  return {
    indexes,
    range: [time(earliest), time(latest)],
    indexed: [time(indexEarliest), time(indexLatest)],
    test: condition === undefined ? undefined : printSearch(condition),
    steps: plan.steps.map((step) => step.kind),
  };
}

describe('indexes', () => {
  test.each([
    ['index=main a=1', ['main'], 'a=1'],
    ['a=1 (index=main b=2)', ['main'], '(and a=1 b=2)'],
    ['index IN (a, b*) c', ['a', 'b*'], 'c'],
    ['(index=a OR index=b) c', ['a', 'b'], 'c'],
    ['(index=a OR x=b) c', [], '(and (or index=a x=b) c)'],
    ['NOT index=a', [], '(not index=a)'],
    ['index!=a', [], 'index!=a'],
    ['index=a index=b', ['a'], 'index=b'],
    ['index=* x', [], 'x'],
    ['index=a', ['a'], undefined],
  ])('%s', (text, indexes, condition) => {
    expect(source(text)).toMatchObject({ indexes, test: condition });
  });
});

describe('the time range', () => {
  test('is the given one, and open without one', () => {
    expect(source('x', given).range).toEqual(['2023-11-14T22:11:40Z', '2023-11-14T22:12:30Z']);
    expect(source('x').range).toEqual([null, null]);
  });

  test('in the text overrides it; earliest alone runs to now', () => {
    expect(source('x earliest=-1h', given).range).toEqual(['2023-11-14T21:13:20Z', '2023-11-14T22:13:20Z']);
    expect(source('x earliest=-1h').range).toEqual(['2023-11-14T21:13:20Z', null]);
    expect(source('x earliest=1699999990 latest=1700000000', given)).toMatchObject({
      range: ['2023-11-14T22:13:10Z', '2023-11-14T22:13:20Z'],
      test: 'x',
    });
    expect(source('x _index_earliest=-1h').indexed).toEqual(['2023-11-14T21:13:20Z', null]);
  });

  test('in a branch of an OR overrides it for that branch', () => {
    expect(source('(a earliest=-1h) OR b', given)).toMatchObject({
      range: [null, '2023-11-14T22:12:30Z'],
      test: '(or (and a earliest:-1h) (and b earliest:1699999900.0000000))',
    });
    expect(source('(a earliest=-1h) OR b').range).toEqual([null, null]);
  });

  test.each([
    ['x «earliest=soon»', 'bad-time-modifier'],
    ['x OR («latest=-1parsec» y)', 'bad-time-modifier'],
    ['x «earliest=5» latest=4', 'empty-time-range'],
    ['x | «bin aligntime=soon span=1h _time»', 'bad-time-modifier'],
  ])('%s: %s', (marked, code) => {
    const { text, span } = markedSearch(marked);
    const { plan, diagnostics } = lower(text);
    expect(plan).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code, span }]);
  });
});

test('searches right behind the source become part of it, later ones stay steps', () => {
  expect(source('index=t a | search b OR c | search * | eval x=1 | search d')).toMatchObject({
    test: '(and a (or b c))',
    steps: ['extend', 'search'],
  });
});
