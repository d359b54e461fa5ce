import { describe, expect, test } from 'vitest';
import { TICKS_PER_SECOND } from '../../core/ticks.ts';
import { planData } from '../explain-syntax.ts';
import { lowerSearch } from '../lower.ts';
import { parseSearch } from '../parse.ts';
import { commands } from './registry.ts';

const now = 1_700_000_000n * TICKS_PER_SECOND;

interface PlainPlan {
  readonly source: object;
  readonly steps: readonly object[];
}

function plan(text: string): PlainPlan {
  const { search, diagnostics } = parseSearch(text);
  expect(diagnostics).toEqual([]);
  if (search === undefined) throw new Error('no tree');
  const lowered = lowerSearch(search, { now, timezone: 'UTC' });
  expect(lowered.diagnostics).toEqual([]);
  if (lowered.plan === undefined) throw new Error('no plan');
  return planData(lowered.plan) as PlainPlan;
}

function steps(stage: string): readonly object[] {
  return plan(`index=t | ${stage}`).steps;
}

describe('streaming commands', () => {
  test('eval', () => {
    expect(steps('eval a.b="x", "Total Count"=1, count_{kind}=v, \'c d\'=2')).toMatchObject([
      {
        kind: 'extend',
        assignments: [
          { field: 'a.b', value: { kind: 'string', value: 'x' } },
          { field: 'Total Count' },
          { field: 'count_{kind}', parts: [{ text: 'count_' }, { field: 'kind' }] },
          { field: 'c d' },
        ],
      },
    ]);
  });

  test('rex', () => {
    expect(steps('rex "(?<num>\\d+)-(?P<b>x)" max_match=2 field=Image offset_field=o')).toEqual([
      {
        kind: 'extract',
        field: 'Image',
        pattern: '(?<num>\\d+)-(?P<b>x)',
        groups: ['num', 'b'],
        maxMatch: 2,
        offsetField: 'o',
      },
    ]);
    expect(steps('rex field=f mode=sed "s/(\\w+)\\/x/\\2 \\1/3i"')).toEqual([
      {
        kind: 'substitute',
        field: 'f',
        script: { kind: 's', pattern: '(\\w+)/x', replacement: '\\2 \\1', occurrence: 3, ignoreCase: true },
      },
    ]);
    expect(steps('rex mode=sed "y#abc#xyz#"')).toEqual([
      { kind: 'substitute', field: '_raw', script: { kind: 'y', from: 'abc', to: 'xyz' } },
    ]);
  });

  test.each([
    ['regex user!="^adm"', { kind: 'match', field: 'user', pattern: '^adm', negated: true }],
    ['regex "fail(ed|ure)"', { kind: 'match', field: '_raw', pattern: 'fail(ed|ure)', negated: false }],
    ['regex ID=T\\d+', { kind: 'match', field: 'ID', pattern: 'T\\d+', negated: false }],
    ['fields host, a*', { kind: 'project', mode: 'keep', fields: ['host', 'a*'] }],
    ['fields - _* x', { kind: 'project', mode: 'drop', fields: ['_*', 'x'] }],
    ['fields -x', { kind: 'project', mode: 'drop', fields: ['x'] }],
    ['table _time "a b" sum(x)', { kind: 'project', mode: 'table', fields: ['_time', 'a b', 'sum(x)'] }],
    ['fillnull', { kind: 'fill-null', value: '0', fields: [] }],
    ['fillnull a value="-" b', { kind: 'fill-null', value: '-', fields: ['a', 'b'] }],
    ['mvexpand v limit=2', { kind: 'expand', field: 'v', limit: 2 }],
    [
      'rename a AS x, "P.*" AS * c as "d e"',
      {
        kind: 'rename',
        pairs: [
          { from: 'a', to: 'x' },
          { from: 'P.*', to: '*' },
          { from: 'c', to: 'd e' },
        ],
      },
    ],
    [
      'convert timeformat="%F" ctime(a) AS b num(*c) none(x)',
      {
        kind: 'convert',
        timeFormat: '%F',
        conversions: [
          { function: 'ctime', field: 'a', as: 'b' },
          { function: 'num', field: '*c' },
          { function: 'none', field: 'x' },
        ],
      },
    ],
    [
      'bucket span=10m _time AS t',
      {
        kind: 'bin',
        field: '_time',
        as: 't',
        options: { span: { kind: 'time', count: 10, unit: 'minute' } },
      },
    ],
    ['bin size bins=20', { kind: 'bin', field: 'size', as: 'size', options: { bins: 20 } }],
  ])('%s', (stage, step) => {
    expect(steps(stage)).toEqual([step]);
  });

  test('makemv splits and drops empty values', () => {
    expect(steps('makemv delim="," v')).toMatchObject([
      {
        kind: 'extend',
        assignments: [
          { field: 'v', value: { name: 'split', args: [{ name: 'v' }, { value: ',' }] } },
          { field: 'v', value: { name: 'mvfilter' } },
        ],
      },
    ]);
    expect(steps('makemv tokenizer="(?:a)(\\w+)=" allowempty=t v')).toMatchObject([
      { kind: 'extract', pattern: '(?:a)(?<_makemv_token>\\w+)=', maxMatch: 0 },
      { kind: 'extend', assignments: [{ field: 'v', value: { name: 'coalesce' } }] },
      { kind: 'project', mode: 'drop', fields: ['_makemv_token'] },
    ]);
  });
});

describe('ordering commands', () => {
  const key = (field: string, descending = false, as = 'auto') => ({ field, descending, as });
  test.each([
    [
      'sort - count, +b',
      { kind: 'sort', keys: [key('count', true), key('b')], limit: 10_000, reversed: false },
    ],
    [
      'sort 0 num(x) -"a b" desc',
      { kind: 'sort', keys: [key('x', false, 'num'), key('a b', true)], limit: 0, reversed: true },
    ],
    ['sort limit=5 -sum(x)', { kind: 'sort', keys: [key('sum(x)', true)], limit: 5, reversed: false }],
    ['sort by a d', { kind: 'sort', keys: [key('a')], limit: 10_000, reversed: true }],
    ['sort 2 - ip(a)', { kind: 'sort', keys: [key('a', true, 'ip')], limit: 2, reversed: false }],
    ['head', { kind: 'head', count: 10 }],
    ['head limit=3', { kind: 'head', count: 3 }],
    ['tail 2', { kind: 'tail', count: 2 }],
    ['reverse', { kind: 'reverse' }],
    [
      'dedup 2 a, b keepempty=t sortby -_time',
      {
        kind: 'dedup',
        count: 2,
        fields: ['a', 'b'],
        keepEvents: false,
        keepEmpty: true,
        consecutive: false,
        sortBy: [key('_time', true)],
      },
    ],
  ])('%s', (stage, step) => {
    expect(steps(stage)).toEqual([step]);
  });

  test('head with a condition', () => {
    expect(steps('head 5 null=t (n<3)')).toMatchObject([
      { kind: 'head-while', nullContinues: true, keepLast: false, limit: 5, test: { operator: '<' } },
    ]);
  });
});

describe('statistics', () => {
  test('stats: names, aliases, percentiles, eval, quoted names', () => {
    expect(
      steps(
        'stats c, count() dc("x y"), P95(t) AS p count(eval(a="b|c")) AS n values(*) AS v_* BY u, "user name" dedup_splitvals=t',
      ),
    ).toEqual([
      {
        kind: 'aggregate',
        measures: [
          { function: 'count', name: 'c' },
          { function: 'count', name: 'count' },
          { function: 'dc', field: 'x y', name: 'dc(x y)' },
          { function: 'perc', argument: 95, field: 't', name: 'p' },
          {
            function: 'count',
            name: 'n',
            expression: {
              kind: 'binary',
              operator: '=',
              left: { kind: 'field', name: 'a' },
              right: { kind: 'string', value: 'b|c', regexValue: 'b|c' },
            },
          },
          { function: 'values', field: '*', name: 'v_*' },
        ],
        by: ['u', 'user name'],
        dedupSplitValues: true,
        delimiter: ' ',
      },
    ]);
  });

  test('eventstats and streamstats', () => {
    expect(steps('eventstats max(v) BY g')).toMatchObject([{ kind: 'event-aggregate', by: ['g'] }]);
    expect(steps('streamstats current=f window=3 global=f time_window=5m last(v) AS l BY g')).toEqual([
      {
        kind: 'running-aggregate',
        measures: [{ function: 'last', field: 'v', name: 'l' }],
        by: ['g'],
        current: false,
        window: 3,
        global: false,
        timeWindow: 300,
        resetOnChange: false,
      },
    ]);
    const test = { resetBefore: { kind: 'binary', operator: '=' } };
    expect(steps('streamstats count reset_before="("n==3")"')).toMatchObject([test]);
    expect(steps('streamstats reset_before=(n==3) count')).toMatchObject([test]);
    expect(steps('streamstats reset_before="n==3" count')).toMatchObject([test]);
  });

  test('top and rare', () => {
    expect(steps('top 3 a b BY c showperc=f countfield=n')).toEqual([
      {
        kind: 'top',
        least: false,
        limit: 3,
        fields: ['a', 'b'],
        by: ['c'],
        countField: 'n',
        useOther: false,
        otherText: 'OTHER',
      },
    ]);
    expect(steps('rare limit=0 u')).toMatchObject([{ least: true, limit: 0, percentField: 'percent' }]);
  });

  test('timechart', () => {
    expect(steps('timechart span=1h count BY u limit=bottom3 useother=f where sum in top5')).toMatchObject([
      {
        kind: 'pivot',
        row: { field: '_time', bin: { span: { kind: 'time', count: 1, unit: 'hour' } } },
        column: { field: 'u' },
        options: {
          limit: { mode: 'bottom', count: 3 },
          useOther: false,
          continuous: true,
          where: { aggregate: { function: 'sum' }, test: { kind: 'in', mode: 'top', count: 5 } },
        },
      },
    ]);
  });

  test('timechart: a length of time behind BY is of the time, a number of the field', () => {
    expect(steps('timechart count BY u span=1d')).toMatchObject([
      { row: { bin: { span: { unit: 'day' } } }, column: { field: 'u' } },
    ]);
    expect(steps('timechart span=1h count BY size span=10')).toMatchObject([
      { row: { bin: { span: { unit: 'hour' } } }, column: { bin: { span: { kind: 'number', width: 10 } } } },
    ]);
  });

  test('chart: OVER … BY … and BY … … are the same', () => {
    const over = steps('chart sum(v) AS s OVER h BY c usenull=f');
    expect(over).toMatchObject([
      { row: { field: 'h' }, column: { field: 'c' }, options: { useNull: false } },
    ]);
    expect(steps('chart sum(v) AS s BY h c usenull=f')).toEqual(over);
    expect(steps('chart sum(v) AS s BY h, c usenull=f')).toEqual(over);
    expect(steps('chart count BY mag span=1')).toMatchObject([
      { row: { field: 'mag', bin: { span: { kind: 'number', width: 1 } } } },
    ]);
    expect(steps('chart count')).toMatchObject([{ kind: 'pivot', measures: [{ function: 'count' }] }]);
  });
});

test('pstree', () => {
  expect(steps('pstree child=c parent=p detail=d spaces=0 by=host, user')).toEqual([
    { kind: 'pstree', parent: 'p', child: 'c', detail: 'd', spaces: 120, method: 'i', by: ['host', 'user'] },
  ]);
});

describe('makeresults', () => {
  test('rows by number', () => {
    expect(plan('| makeresults count=3 annotate=t | head 1')).toEqual({
      source: { kind: 'literal', columns: [], rows: [], withTime: true, annotate: true, count: 3 },
      steps: [{ kind: 'head', count: 1 }],
    });
  });

  test('rows from CSV and JSON', () => {
    expect(plan('| makeresults format=csv data="a,b\n1,\\"2,x\\"\n3"').source).toMatchObject({
      columns: ['a', 'b'],
      rows: [
        ['1', '2,x'],
        ['3', null],
      ],
      count: 2,
    });
    const json = '[{"a": 12345678901234567890, "b": [1.0]}, {"c": null}]'.replaceAll('"', '\\"');
    expect(plan(`| makeresults format=json data="${json}"`).source).toMatchObject({
      columns: ['a', 'b', 'c'],
      rows: [
        ['12345678901234567890', '[1]', null],
        [null, null, null],
      ],
    });
  });
});

test('every command has an example that parses', () => {
  for (const command of commands)
    for (const example of command.examples)
      expect([example.search, parseSearch(example.search).diagnostics]).toEqual([example.search, []]);
});
