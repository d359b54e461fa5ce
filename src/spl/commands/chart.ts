import { expectEnd, isKeyword, readOptions } from '../argument-reader.ts';
import { binOptions, binOptionsOf } from '../bin-options.ts';
import { checkAlignTime } from '../check-align-time.ts';
import type { Command } from '../command.ts';
import { givenOptions } from '../given-options.ts';
import { booleanOption } from '../option.ts';
import { readMeasures, takeBy } from '../parse-measures.ts';
import {
  checkSplitField,
  pivotOptions,
  pivotOptionsOf,
  readPivotWhere,
  reportUnsupportedPivot,
  takeSplitField,
} from '../parse-pivot.ts';
import type { BinOptions, Step } from '../plan.ts';
import type { StageReader } from '../stage-reader.ts';

type ChartNode = Omit<Extract<Step, { kind: 'pivot' }>, 'span'>;

const options = {
  ...pivotOptions,
  cont: booleanOption(true, 'Whether numeric bins without rows between others have a row.'),
} as const;

const whole = { partial: true, fixedrange: false };

export const chart: Command<ChartNode> = {
  name: 'chart',
  kind: 'transforming',
  mode: 'arguments',
  syntax:
    'chart [<options>] <function>(<field>) [AS <name>] ... [OVER <row> [<options>]] [BY <row> [<options>] [<column> [<options>]] [where <test>]]',
  summary:
    'Computes statistics for each value of a row field, with a column for each value of a column field.',
  notes: [
    '`OVER row BY column` and `BY row column` are the same. A row field is put into bins only where an option of bin is given.',
  ],
  options,
  examples: [
    { search: 'index=main | chart count OVER host BY EventCode', summary: 'Events of each kind by host.' },
    { search: 'index=main | chart dc(Image) BY host', summary: 'How many images each host runs.' },
  ],
  parse(reader) {
    const before = readOptions(reader, 'chart', options);
    const measures = readMeasures(reader, { until: ['by', 'over', 'where'], option: before.take });
    if (reportUnsupportedPivot(reader, 'chart')) return undefined;
    if (measures.length === 0 && reader.diagnostics.length === 0)
      reader.report('missing-argument', { command: 'chart', what: 'at least one statistic' }, reader.here());
    const split = readSplit(reader);
    const where = readPivotWhere(reader, measures);
    const after = readOptions(reader, 'chart', options);
    while (after.take());
    expectEnd(reader, 'chart');
    if (split.column !== undefined) checkSplitField(reader, measures, split.column);
    const values = { ...before.values, ...split.options, ...givenOptions(after) };
    const rowBin = { ...binOptionsOf(before.values), ...split.row?.bin };
    const { row, column } = split;
    return {
      kind: 'pivot',
      measures,
      row: row === undefined ? undefined : { field: row.name, bin: someBin(rowBin) },
      column: column === undefined ? undefined : { field: column.name, bin: someBin(column.bin) },
      options: pivotOptionsOf(values, { ...whole, cont: values.cont }, where),
    };
  },
  lower(node, context) {
    checkAlignTime(node.row?.bin, context);
    checkAlignTime(node.column?.bin, context);
    return [{ ...node, span: context.span }];
  },
};

interface SplitField {
  readonly name: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly bin: BinOptions;
}

interface Split {
  readonly row: SplitField | undefined;
  readonly column: SplitField | undefined;
  readonly options: object;
}

function someBin(bin: BinOptions): BinOptions | undefined {
  return Object.keys(bin).length === 0 ? undefined : bin;
}

/** `OVER row [BY column]` or `BY row [column]`, each with its options behind it. */
function readSplit(reader: StageReader): Split {
  const over = isKeyword(reader.peek('arguments'), 'over') ? reader.next('arguments') : undefined;
  const first = over === undefined ? undefined : readField(reader);
  if (over !== undefined && first === undefined)
    reader.report('missing-part', { expected: 'a field after OVER' }, over.span);
  const by = takeBy(reader);
  const second = by === undefined ? undefined : readField(reader);
  if (by !== undefined && second === undefined)
    reader.report('missing-part', { expected: 'a field after BY' }, by);
  const third = by === undefined || over !== undefined ? undefined : readField(reader);
  const options = { ...first?.options, ...second?.options, ...third?.options };
  return over === undefined
    ? { row: second, column: third, options }
    : { row: first, column: second, options };
}

function readField(reader: StageReader): (SplitField & { readonly options: object }) | undefined {
  if (reader.peek('arguments').kind === 'comma') reader.next('arguments');
  const field = takeSplitField(reader, undefined);
  if (field === undefined) return undefined;
  const found = readOptions(reader, 'chart', options);
  while (found.take());
  const { span, minspan, bins, start, end, aligntime } = found.values;
  const bin = binOptionsOf({ span, minspan, bins, start, end, aligntime });
  const others = Object.fromEntries(
    Object.entries(givenOptions(found)).filter(([name]) => !(name in binOptions)),
  );
  return { ...field, bin, options: others };
}
