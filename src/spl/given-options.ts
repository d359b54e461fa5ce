import type { OptionReader } from './argument-reader.ts';
import type { OptionTable, OptionValues } from './option.ts';

/** Only the options that the search gives. */
export function givenOptions<Table extends OptionTable>(
  reader: OptionReader<Table>,
): Partial<OptionValues<Table>> {
  const given: Partial<Record<keyof Table, unknown>> = {};
  for (const name of reader.given.keys()) given[name] = reader.values[name];
  return given as Partial<OptionValues<Table>>;
}
