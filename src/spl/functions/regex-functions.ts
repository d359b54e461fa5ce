import { sql } from '../../store/sql.ts';
import { anyValue, asText, mapText, nothing } from '../coerce.ts';
import type { EvalFunction } from './eval-function.ts';

export const matchFunction: EvalFunction = {
  name: 'match',
  category: 'comparison',
  minimum: 2,
  maximum: 2,
  signature: 'match(text, "regex")',
  summary: 'True if the regular expression matches anywhere in the text; case-sensitive unless it says (?i).',
  roles: ['value', 'regex'],
  compile: (call) => {
    const text = call.argument(0);
    const regex = call.regex(1);
    if (!regex || text.nothing) return nothing('boolean');
    const pattern = call.context.parameters.bind(regex.pattern, 'String');
    return {
      sql: anyValue(text, call.variable, (one) => sql`match(${asText(one)}, ${pattern})`),
      type: 'boolean',
    };
  },
};

/**
 * A replacement for RE2: `\1` stays, a number without a group is nothing, any other backslash stands for itself. `groups`
 * is how many the pattern has.
 */
export function re2Replacement(replacement: string, groups: number): string {
  return replacement.replace(/\\(\d?)/g, (_, digit: string) => {
    if (digit === '') return '\\\\';
    return Number(digit) <= groups ? `\\${digit}` : '';
  });
}

export const replaceFunction: EvalFunction = {
  name: 'replace',
  category: 'text',
  minimum: 3,
  maximum: 3,
  signature: 'replace(text, "regex", replacement)',
  summary: 'The text with every match of the regular expression replaced; \\1 is the first group.',
  roles: ['value', 'regex', 'value'],
  compile: (call) => {
    const regex = call.regex(1);
    const text = call.argument(0);
    if (!regex || text.nothing) return nothing();
    const { parameters } = call.context;
    const pattern = parameters.bind(regex.pattern, 'String');
    const literal = call.call.args[2];
    const replacement =
      literal?.kind === 'string'
        ? parameters.bind(re2Replacement(literal.regexValue, regex.groups.length), 'String')
        : sql`replaceAll(${asText(call.argument(2))}, '\\\\', '\\\\\\\\')`;
    return mapText(text, call.variable, (one) => sql`replaceRegexpAll(${one}, ${pattern}, ${replacement})`);
  },
};
