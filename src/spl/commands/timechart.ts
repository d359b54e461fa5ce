import { expectEnd, readOptions } from '../argument-reader.ts';
import { binOptionsOf } from '../bin-options.ts';
import { checkAlignTime } from '../check-align-time.ts';
import type { Command } from '../command.ts';
import { givenOptions } from '../given-options.ts';
import { readMeasures, takeBy } from '../parse-measures.ts';
import {
  checkSplitField,
  pivotOptionsOf,
  readPivotWhere,
  reportUnsupportedPivot,
  takeSplitField,
  timechartOptions,
} from '../parse-pivot.ts';
import type { BinOptions, Step } from '../plan.ts';

type TimechartNode = Omit<Extract<Step, { kind: 'pivot' }>, 'span'>;

export const timechart: Command<TimechartNode> = {
  name: 'timechart',
  kind: 'transforming',
  mode: 'arguments',
  syntax: 'timechart [<options>] <function>(<field>) [AS <name>] ... [BY <field> [<options>] [where <test>]]',
  summary: 'Computes statistics for each bin of time, with a column for each value of a field.',
  notes: [
    'Without span the bins fit the time range, at most 100 of them.',
    'Options of bin behind BY belong to the split field; a length of time there belongs to `_time` all the same.',
    'Columns: the ten values with the largest sums, OTHER and NULL. `where sum in top5` or `where max > 3` chooses others.',
  ],
  options: timechartOptions,
  examples: [
    {
      search: 'index=main | timechart span=1h count BY EventCode',
      summary: 'Events of each kind by the hour.',
    },
    { search: 'index=main | timechart span=1d dc(host) AS hosts', summary: 'Hosts by the day.' },
  ],
  parse(reader) {
    const before = readOptions(reader, 'timechart', timechartOptions);
    const option = (): boolean => before.take();
    const measures = readMeasures(reader, { until: ['by', 'where'], option });
    if (reportUnsupportedPivot(reader, 'timechart')) return undefined;
    if (measures.length === 0 && reader.diagnostics.length === 0)
      reader.report(
        'missing-argument',
        { command: 'timechart', what: 'at least one statistic' },
        reader.here(),
      );
    const rowBin: BinOptions = binOptionsOf(before.values);
    const by = takeBy(reader);
    if (by === undefined) {
      expectEnd(reader, 'timechart');
      const options = pivotOptionsOf(before.values, before.values, undefined);
      return { kind: 'pivot', measures, row: { field: '_time', bin: rowBin }, column: undefined, options };
    }
    const after = readOptions(reader, 'timechart', timechartOptions);
    const field = takeSplitField(reader, after.take);
    if (field === undefined) {
      reader.report('missing-part', { expected: 'a field after BY' }, by);
      reader.skipToEnd();
      return undefined;
    }
    while (after.take());
    const where = readPivotWhere(reader, measures);
    while (after.take());
    expectEnd(reader, 'timechart');
    checkSplitField(reader, measures, field);
    const behind = givenOptions(after);
    const values = { ...before.values, ...behind };
    const split = binOptionsOf({ ...noBins, ...behind });
    const ofTime = split.span?.kind === 'time' && field.name !== '_time';
    const timeSpan = ofTime ? after.given.get('span') : undefined;
    if (timeSpan !== undefined && before.given.has('span'))
      reader.report('option-given-twice', { name: 'span' }, timeSpan);
    const columnBin = ofTime || Object.keys(split).length === 0 ? undefined : split;
    return {
      kind: 'pivot',
      measures,
      row: { field: '_time', bin: ofTime ? { ...rowBin, ...split } : rowBin },
      column: { field: field.name, bin: columnBin },
      options: pivotOptionsOf(values, values, where),
    };
  },
  lower(node, context) {
    checkAlignTime(node.row?.bin, context);
    checkAlignTime(node.column?.bin, context);
    return [{ ...node, span: context.span }];
  },
};

const noBins = {
  span: undefined,
  minspan: undefined,
  bins: undefined,
  start: undefined,
  end: undefined,
  aligntime: undefined,
};
