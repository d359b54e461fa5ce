import { expectEnd, readFields, readOptions } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import { unsupportedBoolean } from '../option.ts';
import { byRules, readMeasures, takeBy } from '../parse-measures.ts';
import type { Measure } from '../plan.ts';

interface EventstatsNode {
  readonly kind: 'eventstats';
  readonly measures: readonly Measure[];
  readonly by: readonly string[];
}

const options = {
  allnum: unsupportedBoolean(false, 'Only f: numbers are taken from the values that are numbers.'),
} as const;

export const eventstats: Command<EventstatsNode> = {
  name: 'eventstats',
  kind: 'ordering',
  mode: 'arguments',
  syntax: 'eventstats <function>(<field>) [AS <name>] ... [BY <field>...]',
  summary: 'Computes statistics as stats does and adds them to every row.',
  notes: ['Rows keep their order; rows that lack a BY field stay without the statistics.'],
  options,
  examples: [
    {
      search: 'index=main EventCode=1 | eventstats count AS seen BY Image | where seen<3',
      summary: 'Events of images that are rare.',
    },
  ],
  parse(reader) {
    const found = readOptions(reader, 'eventstats', options);
    const measures = readMeasures(reader, { until: ['by'], option: found.take });
    const by = takeBy(reader);
    const fields = by === undefined ? [] : readFields(reader, { ...byRules, option: found.take });
    if (by !== undefined && fields.length === 0)
      reader.report('missing-part', { expected: 'a field after BY' }, by);
    expectEnd(reader, 'eventstats');
    if (measures.length === 0 && reader.diagnostics.length === 0)
      reader.report(
        'missing-argument',
        { command: 'eventstats', what: 'at least one statistic' },
        reader.here(),
      );
    return { kind: 'eventstats', measures, by: fields.map((field) => field.name) };
  },
  lower(node, { span }) {
    return [{ kind: 'event-aggregate', measures: node.measures, by: node.by, span }];
  },
};
