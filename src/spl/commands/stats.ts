import { expectEnd, readFields, readOptions } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import { booleanOption, integerOption, textOption, unsupportedBoolean } from '../option.ts';
import { byRules, readMeasures, takeBy } from '../parse-measures.ts';
import type { Measure } from '../plan.ts';

interface StatsNode {
  readonly kind: 'stats';
  readonly measures: readonly Measure[];
  readonly by: readonly string[];
  readonly dedupSplitValues: boolean;
  readonly delimiter: string;
}

const options = {
  partitions: {
    ...integerOption(1, 'Only 1: work is divided by the store itself.', { least: 1 }),
    unsupported: true,
  },
  allnum: unsupportedBoolean(false, 'Only f: numbers are taken from the values that are numbers.'),
  delim: textOption(' ', 'What stands between the values of list() and values() where they become one text.'),
  dedup_splitvals: booleanOption(false, 'Whether equal values of a multivalue BY field count once.'),
} as const;

export const stats: Command<StatsNode> = {
  name: 'stats',
  kind: 'transforming',
  mode: 'arguments',
  syntax: 'stats <function>(<field>) [AS <name>] ... [BY <field>...]',
  summary: 'Computes statistics over all rows, or over the rows of each group.',
  notes: [
    'Without BY there is one row, even of nothing. Rows without a BY field are left out; a multivalue BY field puts the row into the group of each value.',
    'Groups come sorted by the BY fields.',
  ],
  options,
  examples: [
    {
      search: 'index=main | stats count, dc(host) AS hosts BY Image',
      summary: 'How often and on how many hosts.',
    },
    {
      search: 'index=main | stats count(eval(EventCode=1)) AS starts',
      summary: 'Counts where a condition is true.',
    },
  ],
  parse(reader) {
    const found = readOptions(reader, 'stats', options);
    const measures = readMeasures(reader, { until: ['by'], option: found.take });
    const by = takeBy(reader);
    const fields = by === undefined ? [] : readFields(reader, { ...byRules, option: found.take });
    if (by !== undefined && fields.length === 0)
      reader.report('missing-part', { expected: 'a field after BY' }, by);
    expectEnd(reader, 'stats');
    if (measures.length === 0 && reader.diagnostics.length === 0)
      reader.report('missing-argument', { command: 'stats', what: 'at least one statistic' }, reader.here());
    return {
      kind: 'stats',
      measures,
      by: fields.map((field) => field.name),
      dedupSplitValues: found.values.dedup_splitvals,
      delimiter: found.values.delim,
    };
  },
  lower(node, { span }) {
    const { measures, by, dedupSplitValues, delimiter } = node;
    return [{ kind: 'aggregate', measures, by, dedupSplitValues, delimiter, span }];
  },
};
