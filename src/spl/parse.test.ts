import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markedSearch } from '../../test/marked-search.ts';
import { parseSearch } from './parse.ts';

describe('faults and their places', () => {
  test.each([
    ['index=t | «boguscommand» foo', 'unknown-command'],
    ['index=t | «statz» count', 'unknown-command'],
    ['index=t | «transaction» user', 'command-not-supported'],
    ['index=t | «makeresults»', 'generating-command-not-first'],
    ['index=t | «tstats» count WHERE index=t', 'generating-command-not-first'],
    ['index=t | «inputlookup» append=t x.csv', 'command-not-supported'],
    ['| «stats» count', 'not-a-generating-command'],
    ['index=t «| |» stats count', 'empty-stage'],
    ['index=t «| »', 'empty-stage'],
    ['index=t | «5» x', 'unexpected-token'],
    ['index=t | «[search x]»', 'subsearch-not-supported'],
    ['index=t | eval x=«nosuchfunc»(1)', 'unknown-function'],
    ['index=t | eval x=«sum»x(1)', undefined],
    ['index=t | eval x=«if(a=1,"y")»', 'wrong-argument-count'],
    ['index=t | eval x=sum(1, 2, «"3"»)', 'number-needed'],
    ['index=t | eval x=«"1"+1»', 'different-types'],
    ['index=t | eval x=a*«"b"»', 'number-needed'],
    ['index=t | eval x=«a=1»', 'boolean-assigned'],
    ['index=t | eval x=«isnull(y)»', 'boolean-assigned'],
    ['index=t | eval «a+1»', 'missing-assignment'],
    ['index=t | where «5»', 'condition-needed'],
    ['index=t | where a=1 AND «"x"»', 'condition-needed'],
    ['index=t | eval x=if(match(a, "«[a-z»"), 1, 2)', 'bad-regex'],
    ['index=t | rex "(?<x>«[a-z»"', 'bad-regex'],
    ['index=t | rex "\\"(?<x>«[a-z»"', 'bad-regex'],
    ['index=t | rex "«\\d+»"', 'regex-without-group'],
    ['index=t | rex field=a mode=sed "s/a/b«»"', 'bad-sed-script'],
    ['index=t | rex field=a mode=sed "s/a/b/«q»"', 'bad-sed-script'],
    ['index=t | stats «nosuchfunc»(a)', 'unknown-statistic'],
    ['index=t | eval x=«isarray»(y)', 'function-not-supported'],
    ['index=t | stats «rate_avg(x)»', 'statistic-not-supported'],
    ['index=t | stats «sum»', 'statistic-needs-field'],
    ['index=t | stats «sparkline(count)» AS s', 'statistic-not-supported'],
    ['index=t | stats «count(eval(a=1))»', 'eval-needs-name'],
    ['index=t | stats sum(a) AS x «max(a) AS x»', 'name-used-twice'],
    ['index=t | stats sum(a*) AS «x»', 'wildcard-mismatch'],
    ['index=t | stats count BY «a*»', 'wildcard-not-allowed'],
    ['index=t | stats count «BY»', 'missing-part'],
    ['index=t | stats sum«(»a', 'unclosed-parenthesis'],
    ['index=t | stats «allnum=t» count', 'option-not-supported'],
    ['index=t | rename «a* AS b»', 'wildcard-mismatch'],
    ['index=t | rename «a» b', 'missing-part'],
    ['index=t | head 5 «limit=3»', 'option-given-twice'],
    ['index=t | head «limti=3»', 'unknown-option'],
    ['index=t | head limit=«x»', 'bad-option-value'],
    ['index=t | head 5 «x»', 'too-many-arguments'],
    ['index=t | dedup «0» user', 'bad-count'],
    ['index=t | timechart sum(a) BY «a»', 'split-field-aggregated'],
    ['index=t | timechart «agg=sum»(x) count', 'option-not-supported'],
    ['index=t | timechart span=«1x» count', 'bad-option-value'],
    ['index=t | makemv delim="," «setsv=t» v', 'option-not-supported'],
    ['index=t | convert «nosuch»(a)', 'unknown-function'],
    ['index=t | search x IN (a, «[search b]»)', 'subsearch-not-supported'],
    ['index=t | eval x="a«»', undefined],
    ['| makeresults format=json «data="[1]"»', 'bad-option-value'],
    ['| makeresults «splunk_server=x»', 'option-not-supported'],
    ['index=t | pstree« parent=a»', 'missing-argument'],
    ['index=t | pstree child=a parent=b method=«x»', 'bad-option-value'],
    ['', 'empty-search'],
  ])('%s: %s', (marked, code) => {
    const { text, span } = markedSearch(marked);
    const { search, diagnostics } = parseSearch(text);
    if (code === undefined) {
      expect(diagnostics.length).toBeGreaterThan(0);
      return;
    }
    expect(diagnostics[0]?.code).toBe(code);
    expect(search).toBeUndefined();
    const found = diagnostics[0]?.span;
    if (span.end > span.start) expect(found).toEqual(span);
    else expect(found?.end).toBeGreaterThanOrEqual(span.start);
  });

  test('every fault of a search is reported, stage by stage', () => {
    const { diagnostics } = parseSearch('a OR | statz | eval x= | head y | table z');
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([
      'incomplete-expression',
      'unknown-command',
      'incomplete-expression',
      'too-many-arguments',
    ]);
  });

  test('a misspelt command has a hint', () => {
    expect(parseSearch('a | statz').diagnostics[0]?.hint).toBe('The nearest name is "stats".');
  });

  test('warnings let a search run', () => {
    const { search, diagnostics } = parseSearch('makeresults count=3');
    expect(diagnostics).toMatchObject([{ code: 'command-name-as-term', severity: 'warning' }]);
    expect(search?.source.kind).toBe('events');
  });
});

const pieces = fc.constantFrom(
  ...[
    '|',
    ' ',
    ' ',
    '(',
    ')',
    '[',
    ']',
    '"',
    "'",
    '`',
    '```',
    '\\',
    ',',
    '=',
    '!=',
    '<',
    '.',
    '*',
    '-',
    '$',
    '{',
    '}',
  ],
  ...[
    'index=t',
    'search',
    'eval',
    'where',
    'stats',
    'count',
    'BY',
    'AS',
    'rex',
    'field=',
    '(?<a>.)',
    'head',
    '5',
  ],
  ...[
    'timechart',
    'span=1h',
    'OR',
    'NOT',
    'IN',
    'if',
    'eval(',
    'sum(x)',
    'earliest=-1h',
    'rename',
    'sort',
    'makemv',
  ],
  ...[
    'chart',
    'OVER',
    'limit=top5',
    'where',
    'streamstats',
    'reset_before=(',
    'makeresults',
    'data=',
    '\u{1F600}',
    '\n',
  ],
);

test('any text is parsed without an exception, and what is not understood is an error', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.array(pieces, { maxLength: 30 })),
      (input) => {
        const text = typeof input === 'string' ? input : input.join('');
        const { search, diagnostics } = parseSearch(text);
        for (const { span } of diagnostics) {
          expect(span?.start).toBeGreaterThanOrEqual(0);
          expect(span?.end).toBeGreaterThanOrEqual(span?.start ?? 0);
          expect(span?.end).toBeLessThanOrEqual(text.length);
        }
        expect(search === undefined).toBe(diagnostics.some((diagnostic) => diagnostic.severity === 'error'));
      },
    ),
    { numRuns: 3000 },
  );
});

test.each([
  '(',
  ')',
  '[',
  '"',
  "'",
  '`',
  '|',
  '| ',
  '\\"',
  '`"\\"',
  ', ',
  'a ',
  'a=',
  '|eval x=',
  '|eval x=((',
  '|stats f(',
  '|stats count(eval(',
  '|sort -',
  '|eval x=a+',
  'NOT ',
  'a OR ',
  'x IN (',
  '```',
  '|rename a ',
  "|eval x=' ",
])('a long text of %s ends', (piece) => {
  const text = piece.repeat(Math.floor(200_000 / piece.length));
  expect(parseSearch(text).diagnostics.length).toBeLessThan(60_000);
  expect(parseSearch(`index=t ${piece.startsWith('|') ? '' : '| eval '}${text}`).search).toBeUndefined();
});
