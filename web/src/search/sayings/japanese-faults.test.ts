import { expect, test } from 'vitest';
import type { SearchRunSayings, SearchTextSayings } from '../../../../src/server/contracts/diagnostics.ts';
import { japaneseFault, japaneseFaults } from './japanese-faults.ts';
import { japanesePhrase, japanesePhrases } from './japanese-phrases.ts';

type Sayings = SearchTextSayings & SearchRunSayings;

const labels = { first: ['a (1)', 'b (2)'], more: 3 };

/** Each code with parameters as the server makes them. */
const said: { readonly [Code in keyof Sayings]: readonly Sayings[Code][] } = {
  'search-too-long': [{ length: 70_001, limit: 70_000 }],
  'empty-search': [{}],
  'unclosed-quote': [{ quote: '"' }, { quote: "'" }],
  'unclosed-bracket': [{}],
  'unclosed-comment': [{}],
  'unclosed-macro': [{}],
  'unclosed-parenthesis': [{}, { of: 'IN' }],
  'stray-character': [{ text: '§' }],
  'unexpected-token': [
    { found: 'foo', expected: 'an operator or )' },
    { found: '', expected: 'a value before AND' },
  ],
  'missing-part': [{ expected: 'a field after BY' }, { expected: 'AS and a name for "xname"' }],
  'too-deep': [{ limit: 200 }],
  'too-many-stages': [{ limit: 300 }],
  'empty-stage': [{}],
  'unknown-command': [{ name: 'stast', nearest: 'stats' }, { name: 'qqq' }],
  'command-not-supported': [{ name: 'map' }],
  'subsearch-not-supported': [{}],
  'generating-command-not-first': [{ name: 'makeresults' }],
  'not-a-generating-command': [{ name: 'stats' }],
  'command-name-as-term': [{ name: 'stats' }],
  'unknown-option': [{ command: 'sort', name: 'limt', nearest: 'limit' }],
  'option-not-supported': [{ command: 'head', name: 'keeplast' }],
  'option-given-twice': [{ name: 'limit' }],
  'bad-option-value': [
    { name: 'limit', found: 'x1', expected: 'a whole number from 0 to 5' },
    { name: 'method', found: '', expected: 'one of i, r' },
  ],
  'missing-argument': [{ command: 'pstree', what: 'the options child and parent' }],
  'too-many-arguments': [{ command: 'mvexpand', found: 'extra' }],
  'bad-count': [{ found: '-3', expected: 'a whole number from 1 up' }],
  'form-not-supported': [
    {
      what: 'an expression of statistics in chart',
      instead: 'Compute the statistics with AS and the expression with eval behind it.',
    },
  ],
  'lower-case-operator': [{ word: 'or' }],
  'operator-not-in-search': [{ word: 'XOR' }],
  'single-quotes-in-search': [{ name: "'a b'" }],
  'missing-value': [{ field: 'user' }],
  'modifier-not-supported': [{ name: 'daysago', instead: 'Use earliest= and latest= instead.' }],
  'time-modifier-operator': [{ name: 'earliest', operator: '>=' }],
  'time-modifier-as-field': [{ name: 'latest' }],
  'bad-time-modifier': [{ name: 'earliest', value: '-1q' }],
  'empty-time-range': [{}],
  'incomplete-expression': [{ expected: 'a value' }, { expected: 'a term after OR' }],
  'bad-number': [{ text: '1abc' }],
  'missing-assignment': [{}],
  'unknown-function': [
    { name: 'lenn', nearest: 'len', statistic: false },
    { name: 'dc', statistic: true },
  ],
  'function-not-supported': [{ name: 'searchmatch' }],
  'wrong-argument-count': [
    { name: 'substr', found: 1, expected: '2 to 3 arguments' },
    { name: 'case', found: 3, expected: 'pairs of a condition and a value' },
  ],
  'number-needed': [{ where: 'argument 2 of round' }, { where: 'the operator *' }],
  'string-needed': [{ where: '"len"' }],
  'different-types': [{ operator: '+', left: 'number', right: 'text' }],
  'condition-needed': [{ where: '"where"', found: 'multivalue field' }],
  'boolean-value': [{ where: 'the operator .' }],
  'boolean-assigned': [{ field: 'flag' }],
  'one-field-only': [{ name: 'mvmap', fields: ['a', 'b'] }],
  'literal-needed': [{ name: 'replace', argument: 'argument 2' }],
  'unknown-statistic': [{ name: 'cuont', nearest: 'count' }],
  'statistic-not-supported': [{ name: 'rate' }, { name: 'per_hour', outside: 'timechart' }],
  'statistic-needs-field': [{ name: 'sum' }],
  'statistic-takes-no-field': [{ name: 'qcount' }],
  'eval-needs-name': [{ text: 'count(eval(a=1))' }],
  'name-used-twice': [{ name: 'total' }],
  'wildcard-mismatch': [{ from: 'a*', to: 'b' }],
  'wildcard-not-allowed': [{ where: 'the BY clause', name: 'x*' }],
  'split-field-aggregated': [{ field: 'host' }],
  'percentile-out-of-range': [{ text: 'perc101' }],
  'bad-regex': [{ message: 'missing closing parenthesis' }, { message: 'two groups are named pid' }],
  'regex-without-group': [{}],
  'regex-not-supported-here': [{ name: 'replace' }],
  'bad-sed-script': [{ message: 'unknown flags q' }],
  'unknown-macro': [{ name: 'mine', arguments: 2, known: ['mine(1)'] }],
  'bad-macro-call': [{ message: 'the ( of mine has no closing )' }],
  'macro-needs-evaluation': [{ name: 'mine' }],
  'macro-evaluation-failed': [
    { name: 'mine', because: 'it is null' },
    {
      name: 'mine',
      because: {
        code: 'function-not-supported',
        severity: 'error',
        parameters: { name: 'searchmatch' },
        message: 'not this',
      },
    },
  ],
  'macro-argument-invalid': [{ name: 'mine' }, { name: 'mine', message: 'give one host' }],
  'macro-too-deep': [{ name: 'mine', limit: 100 }],
  'macro-too-large': [{ limit: 1000 }],
  'sort-limit': [{ limit: 10_000 }],
  'list-limit': [{ limit: 100 }],
  'too-many-columns': [{ limit: 1000 }],
  'too-many-bins': [{ limit: 50_000 }],
  'too-many-cells': [{ limit: 2_000_000 }],
  'field-in-no-row': [{ command: 'dedup', field: 'usr' }],
  'pstree-loss': [
    { kind: 'field-missing', field: 'parent', rows: 7 },
    { kind: 'field-missing', field: 'detail', rows: 7 },
    { kind: 'empty-label', field: 'child', rows: 8, labels },
    { kind: 'multivalue', field: 'detail', rows: 9, labels },
    { kind: 'self-parent', count: 11, labels },
    { kind: 'repeated-edge', count: 12, labels },
    { kind: 'several-parents', count: 13, labels },
    { kind: 'hosts-merged', count: 14, labels },
    { kind: 'cycle-cut', count: 15, labels },
    { kind: 'no-root', count: 16, components: [{ labels, loop: 'a > b > a' }], more: 2 },
    { kind: 'edge-limit', limit: 500, rows: 17 },
    { kind: 'output-limit', limit: 'steps', lines: 18, root: 'init (1)' },
  ],
  'parents-outside': [{ parents: 4, children: 6 }],
  'processes-not-found': [{ rows: 5, example: '4242', host: 'ws1' }],
  'rows-without-process': [{ command: 'ancestors', rows: 21 }],
  'rows-without-host': [{ command: 'egress', rows: 22 }],
  'host-not-found': [
    { host: 'ws9', hosts: [] },
    { host: 'ws1', hosts: ['ws1.a.example', 'ws1.b.example'] },
  ],
  'no-connection-reader': [{}],
  'reset-needs-result': [{ field: 'run' }],
  'bins-need-numbers': [{ field: 'user' }],
  'unknown-snap': [{ snap: 'q' }],
  'regex-stopped': [
    {
      message: 'the regular expression took more than 1500 ms on 20 texts: it backtracks without end',
    },
  ],
};

const japaneseLetter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Words of a sentence; names and the language of search stay as they are. */
const english = /\b(?:the|is|are|not|and|of|with|needs?|takes?|missing|expected|supported)\b/;

/** The pieces of parameters that a person has to find again in the wording. */
function* pieces(value: unknown, name = ''): Generator<string> {
  // The pieces of a kind choose words, and a nested message is worded by its own code.
  const isChoice =
    ['kind', 'statistic', 'severity', 'code', 'message'].includes(name) && value !== 'give one host';
  if (isChoice) return;
  if (typeof value === 'number') yield value.toLocaleString('en');
  else if (typeof value === 'string' && value !== '' && !['field', 'limit'].includes(name))
    yield japanesePhrase(value);
  else if (name === 'fields' && Array.isArray(value)) yield String(value.length);
  else if (typeof value === 'object' && value !== null)
    for (const [inner, each] of Object.entries(value)) yield* pieces(each, inner);
}

test.each(Object.keys(said) as (keyof Sayings)[])('%s is said in Japanese, with its parameters', (code) => {
  for (const parameters of said[code]) {
    const wording = japaneseFault(code, parameters);
    for (const part of wording ?? []) if (part !== undefined) expect(part).toMatch(japaneseLetter);
    const all = (wording ?? []).join(' ');
    expect(all).not.toMatch(english);
    expect(all).not.toMatch(/undefined|NaN|\[object/);
    for (const piece of pieces(parameters)) expect(all).toContain(piece);
  }
});

test('no code is worded that the server does not know', () => {
  expect(Object.keys(japaneseFaults).sort()).toEqual(Object.keys(said).sort());
  expect(japaneseFault('no-such-code', {})).toBeUndefined();
  expect(japaneseFault('constructor', {})).toBeUndefined();
});

test('every phrase is found again when it is filled, and keeps what was put in', () => {
  for (const [pattern, wording] of Object.entries(japanesePhrases)) {
    if (pattern !== ')' && pattern !== '"%s"') expect(wording).toMatch(japaneseLetter);
    const places = pattern.split('%s').length - 1;
    expect(new Set(wording.match(/%\d/g) ?? []).size).toBe(places);
    let place = 0;
    const filled = pattern.replaceAll('%s', () => `xy${++place}`);
    const expected = wording.replace(/%(\d)/g, 'xy$1');
    expect(japanesePhrase(filled)).toBe(expected);
  }
});

test('what stands in a phrase is cut, and is no pattern', () => {
  expect(japanesePhrase(`a value before ${'x'.repeat(100)}`)).toBe(`${'x'.repeat(60)}… の前の値`);
  expect(japanesePhrase('a value before $& %2')).toBe('$& %2 の前の値');
  expect(japanesePhrase('a phrase of a later version')).toBe('a phrase of a later version');
});
