import { expectEnd, readFields, readOptions, takeCount } from './argument-reader.ts';
import { booleanOption, integerOption, textOption } from './option.ts';
import { byRules, takeBy } from './parse-measures.ts';
import type { Step } from './plan.ts';
import type { StageReader } from './stage-reader.ts';

export type TopNode = Omit<Extract<Step, { kind: 'top' }>, 'span'>;

export const topOptions = {
  limit: integerOption(10, 'How many values; 0 for all.', { least: 0 }),
  showcount: booleanOption(true, 'Whether there is a column with the count.'),
  showperc: booleanOption(true, 'Whether there is a column with the percentage.'),
  countfield: textOption('count', 'Name of the column with the count.'),
  percentfield: textOption('percent', 'Name of the column with the percentage.'),
  useother: booleanOption(false, 'Whether a last row stands for all other values.'),
  otherstr: textOption('OTHER', 'What that row is called.'),
} as const;

/** Reads the arguments of `top` and `rare`. */
export function parseTop(reader: StageReader, command: 'top' | 'rare'): TopNode | undefined {
  const found = readOptions(reader, command, topOptions);
  while (found.take());
  const count = takeCount(reader, 0);
  const fields = readFields(reader, {
    wildcards: false,
    where: `"${command}"`,
    until: ['by'],
    option: found.take,
  });
  const by = takeBy(reader);
  const groups = by === undefined ? [] : readFields(reader, { ...byRules, option: found.take });
  if (by !== undefined && groups.length === 0)
    reader.report('missing-part', { expected: 'a field after BY' }, by);
  expectEnd(reader, command);
  const limitSpan = found.given.get('limit');
  if (count !== undefined && limitSpan !== undefined)
    reader.report('option-given-twice', { name: 'limit' }, limitSpan);
  if (fields.length === 0) {
    if (reader.diagnostics.length === 0)
      reader.report('missing-argument', { command, what: 'at least one field' }, reader.here());
    return undefined;
  }
  const { limit, showcount, showperc, countfield, percentfield, useother, otherstr } = found.values;
  return {
    kind: 'top',
    least: command === 'rare',
    limit: count?.value ?? limit,
    fields: fields.map((field) => field.name),
    by: groups.map((field) => field.name),
    countField: showcount ? countfield : undefined,
    percentField: showperc ? percentfield : undefined,
    useOther: useother,
    otherText: otherstr,
  };
}
