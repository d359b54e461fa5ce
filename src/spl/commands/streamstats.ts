import { expectEnd, readFields, readOptions } from '../argument-reader.ts';
import { parseBinSpan } from '../bin-span.ts';
import { checkCondition } from '../check-expression.ts';
import type { Command } from '../command.ts';
import type { Expression } from '../expression.ts';
import { booleanOption, integerOption, type Option, unsupportedBoolean } from '../option.ts';
import { parseExpression } from '../parse-expression.ts';
import { byRules, readMeasures, takeBy } from '../parse-measures.ts';
import type { Step } from '../plan.ts';
import { readQuotedExpression } from '../quoted-expression.ts';
import type { StageReader } from '../stage-reader.ts';

type StreamstatsNode = Omit<Extract<Step, { kind: 'running-aggregate' }>, 'span'>;

/** limits.conf, streamstats: max_stream_window. */
const longestWindow = 10_000;

const secondsOf: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
};

const timeWindow: Option<number | undefined> = {
  syntax: '<span>',
  summary: 'Length of time that a window covers; the rows must be sorted by time.',
  fallback: undefined,
  expected: 'a length of time such as 30s or 5m',
  read(token) {
    const span = parseBinSpan(token.value);
    const seconds = span?.kind === 'time' && span.snap === undefined ? secondsOf[span.unit] : undefined;
    return span?.kind === 'time' && seconds !== undefined ? span.count * seconds : undefined;
  },
};

const options = {
  current: booleanOption(true, 'Whether the row itself counts.'),
  window: integerOption(0, 'How many rows a window has; 0 for all rows so far.', {
    least: 0,
    most: longestWindow,
  }),
  time_window: timeWindow,
  global: booleanOption(true, 'With a window and BY: one window for all groups (t) or one for each (f).'),
  reset_on_change: booleanOption(false, 'Start anew where the BY fields change.'),
  allnum: unsupportedBoolean(false, 'Only f: numbers are taken from the values that are numbers.'),
} as const;

export const streamstats: Command<StreamstatsNode> = {
  name: 'streamstats',
  kind: 'ordering',
  mode: 'arguments',
  syntax:
    'streamstats [<options>] [reset_before=(<condition>)] [reset_after=(<condition>)] <function>(<field>) [AS <name>] ... [BY <field>...]',
  summary: 'Adds to every row the statistics of the rows up to it.',
  options,
  examples: [
    {
      search: 'index=main | sort 0 _time | streamstats count AS number BY host',
      summary: 'Numbers events by host.',
    },
    {
      search:
        'index=main | sort 0 _time | streamstats current=f window=1 last(Image) AS before BY host global=f',
      summary: 'The image before.',
    },
  ],
  parse(reader) {
    const found = readOptions(reader, 'streamstats', options);
    const resets: { before?: Expression; after?: Expression } = {};
    const takeReset = (): boolean => {
      const word = reader.peek('arguments').text.toLowerCase();
      if (word !== 'reset_before' && word !== 'reset_after') return false;
      if (reader.peekSecond('arguments').text !== '=') return false;
      const name = reader.next('arguments');
      const equals = reader.next('arguments');
      const side = word === 'reset_before' ? 'before' : 'after';
      const span = { start: name.span.start, end: equals.span.end };
      if (resets[side] !== undefined) reader.report('option-given-twice', { name: word }, span);
      const test = readReset(reader);
      if (test === undefined)
        reader.report(
          'bad-option-value',
          { name: word, found: '', expected: 'a condition in parentheses' },
          span,
        );
      else resets[side] = test;
      return true;
    };
    const option = (): boolean => takeReset() || found.take();
    const measures = readMeasures(reader, { until: ['by'], option });
    const by = takeBy(reader);
    const fields = by === undefined ? [] : readFields(reader, { ...byRules, option });
    if (by !== undefined && fields.length === 0)
      reader.report('missing-part', { expected: 'a field after BY' }, by);
    expectEnd(reader, 'streamstats');
    if (measures.length === 0 && reader.diagnostics.length === 0)
      reader.report(
        'missing-argument',
        { command: 'streamstats', what: 'at least one statistic' },
        reader.here(),
      );
    const { current, window, global, time_window: seconds, reset_on_change: resetOnChange } = found.values;
    return {
      kind: 'running-aggregate',
      measures,
      by: fields.map((field) => field.name),
      current,
      window,
      global,
      resetOnChange,
      ...(seconds === undefined ? {} : { timeWindow: seconds }),
      ...(resets.before === undefined ? {} : { resetBefore: resets.before }),
      ...(resets.after === undefined ? {} : { resetAfter: resets.after }),
    };
  },
  lower(node, { span }) {
    return [{ ...node, span }];
  },
};

/** `(condition)`, `"("condition")"` as the documentation writes it, or the whole in quotes. */
function readReset(reader: StageReader): Expression | undefined {
  const token = reader.peek('option');
  const quotedOpen = token.kind === 'string' && token.value === '(';
  if (token.kind === 'string' && !quotedOpen) {
    reader.next('option');
    return readQuotedExpression(reader, token, '"streamstats"');
  }
  if (token.kind !== 'open' && !quotedOpen) return undefined;
  reader.next('option');
  const test = parseExpression(reader);
  checkCondition(reader, test, 'condition', '"streamstats"');
  const close = reader.peek('expression');
  const closes = quotedOpen ? close.kind === 'string' && close.value === ')' : close.kind === 'close';
  if (closes) reader.next('expression');
  else if (close.kind === 'end') reader.report('unclosed-parenthesis', {}, token.span);
  else {
    reader.report('unexpected-token', { found: close.text, expected: 'an operator or )' }, close.span);
    reader.skipToEnd();
  }
  return test;
}
