import { sql } from '../../store/sql.ts';
import { asText, nothing } from '../coerce.ts';
import type { EvalFunction } from './eval-function.ts';

export const commands: EvalFunction = {
  name: 'commands',
  category: 'multivalue',
  minimum: 1,
  maximum: 1,
  signature: 'commands(search)',
  summary: 'The names of the commands in a search, as a multivalue.',
  compile: (call) => {
    const text = call.argument(0);
    if (text.nothing) return nothing('multivalue');
    // Pipes within quotes part no commands: what is quoted is taken out first.
    const bare = sql`replaceRegexpAll(ifNull(${asText(text)}, ''), '"(?:[^"\\\\\\\\]|\\\\\\\\.)*"', '')`;
    const name = call.variable();
    return {
      sql: sql`arrayFilter(${name} -> notEmpty(${name}), arrayMap(${name} -> lower(extract(${name}, '^\\\\s*([A-Za-z_]\\\\w*)')), splitByChar('|', ${bare})))`,
      type: 'multivalue',
    };
  },
};
