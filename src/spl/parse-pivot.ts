import type { Span } from '../core/diagnostic.ts';
import { isKeyword, takeField } from './argument-reader.ts';
import { binOptions } from './bin-options.ts';
import { findAggregate } from './find-aggregate.ts';
import { booleanOption, type Option, type OptionValues, textOption } from './option.ts';
import type { Measure, PivotOptions } from './plan.ts';
import type { StageReader } from './stage-reader.ts';

type Limit = PivotOptions['limit'];

const limitOption: Option<Limit> = {
  syntax: '<int> | top<int> | bottom<int>',
  summary: 'How many columns, chosen by the sum of their values; 0 for all.',
  fallback: { mode: 'top', count: 10 },
  expected: 'a count such as 10, top5 or bottom5',
  read: (token) => readRank(token.value),
};

/** `10`, `top10`, `bottom10`. */
function readRank(text: string): Limit | undefined {
  const found = /^(top|bottom)?(\d{1,9})$/i.exec(text);
  if (found === null) return undefined;
  return { mode: found[1]?.toLowerCase() === 'bottom' ? 'bottom' : 'top', count: Number(found[2]) };
}

/** Options that timechart and chart share. */
export const pivotOptions = {
  agg: {
    ...textOption(undefined, 'Name the statistic as an argument.', '<statistic>'),
    unsupported: true,
  },
  limit: limitOption,
  useother: booleanOption(true, 'Whether a column stands for all other values.'),
  otherstr: textOption('OTHER', 'Name of that column.'),
  usenull: booleanOption(true, 'Whether a column stands for rows without the field.'),
  nullstr: textOption('NULL', 'Name of that column.'),
  sep: textOption(': ', 'What stands between statistic and value in names of columns.'),
  format: textOption(undefined, 'Names of columns, made of $AGG$ and $VAL$.'),
  ...binOptions,
} as const;

export const timechartOptions = {
  ...pivotOptions,
  cont: booleanOption(true, 'Whether bins without events have a row.'),
  partial: booleanOption(true, 'Whether the first and last bin are kept where the time range cuts them.'),
  fixedrange: booleanOption(true, 'Whether the rows cover the whole time range of the search.'),
} as const;

export type PivotValues = OptionValues<typeof pivotOptions>;

/** Puts the options before and behind BY together. */
export function pivotOptionsOf(
  values: PivotValues,
  time: { readonly cont: boolean; readonly partial: boolean; readonly fixedrange: boolean },
  where: PivotOptions['where'],
): PivotOptions {
  return {
    limit: values.limit,
    useOther: values.useother,
    otherText: values.otherstr,
    useNull: values.usenull,
    nullText: values.nullstr,
    separator: values.sep,
    format: values.format,
    continuous: time.cont,
    partial: time.partial,
    fixedRange: time.fixedrange,
    ...(where === undefined ? {} : { where }),
  };
}

/** Reports a `(…)` expression of statistics, which is known but not built. */
export function reportUnsupportedPivot(reader: StageReader, command: string): boolean {
  const token = reader.peek('arguments');
  if (token.kind === 'open') {
    reader.report(
      'form-not-supported',
      {
        what: `an expression of statistics in ${command}`,
        instead: 'Compute the statistics with AS and the expression with eval behind it.',
      },
      token.span,
    );
    reader.skipToEnd();
    return true;
  }
  return false;
}

/** `where sum in top5`, `where max > 3`: which columns there are. Takes nothing where no `where` comes next. */
export function readPivotWhere(reader: StageReader, measures: readonly Measure[]): PivotOptions['where'] {
  const word = reader.peek('arguments');
  if (!isKeyword(word, 'where')) return undefined;
  reader.next('arguments');
  const name = reader.next('arguments');
  const found = name.kind === 'word' ? findAggregate(name.text) : undefined;
  if (found === undefined) {
    reader.report('unknown-statistic', { name: name.text }, name.kind === 'end' ? word.span : name.span);
    reader.skipToEnd();
    return undefined;
  }
  const argument = found.argument === undefined ? {} : { argument: found.argument };
  // The statistic is taken of the columns' values, so it has no field of its own.
  const aggregate: Measure = { function: found.name, ...argument, name: name.text, span: name.span };
  const operator = reader.next('arguments');
  const value = reader.next('arguments');
  const span = { start: word.span.start, end: Math.max(value.span.end, operator.span.end) };
  const kind = operator.text.toLowerCase();
  const rank = kind === 'in' || kind === 'notin' ? readWrittenRank(reader, value.text) : undefined;
  if (rank !== undefined && (kind === 'in' || kind === 'notin'))
    return { aggregate, test: { kind, mode: rank.mode, count: rank.count } };
  const number = /^-?\d+(\.\d+)?$/.test(value.text) ? Number(value.text) : undefined;
  if (number !== undefined && (operator.text === '<' || operator.text === '>'))
    return { aggregate, test: { kind: 'compare', operator: operator.text, value: number } };
  reader.report(
    'unexpected-token',
    {
      found: reader.slice(span),
      expected: `where ${measures[0]?.function ?? 'sum'} in top5, notin bottom5, > 3 or < 3`,
    },
    span,
  );
  reader.skipToEnd();
  return undefined;
}

/** `top5` or `top 5`. */
function readWrittenRank(reader: StageReader, text: string): Limit | undefined {
  if (!/^(top|bottom)$/i.test(text)) return /^(top|bottom)\d/i.test(text) ? readRank(text) : undefined;
  return readRank(`${text}${reader.next('arguments').text}`);
}

/** A field by which rows or columns are made. */
export function takeSplitField(
  reader: StageReader,
  option: (() => boolean) | undefined,
): { readonly name: string; readonly span: Span } | undefined {
  while (option?.() === true);
  if (isKeyword(reader.peek('arguments'), 'where', 'by', 'over')) return undefined;
  const field = takeField(reader);
  if (field?.name.includes('*') === true)
    reader.report('wildcard-not-allowed', { where: 'the split field', name: field.name }, field.span);
  return field;
}

/** A field that makes the columns cannot be aggregated in them (Splunk documentation, timechart). */
export function checkSplitField(
  reader: StageReader,
  measures: readonly Measure[],
  field: { readonly name: string; readonly span: Span },
): void {
  if (measures.some((measure) => measure.field === field.name && measure.function !== 'count'))
    reader.report('split-field-aggregated', { field: field.name }, field.span);
}
