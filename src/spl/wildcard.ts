import { type Parameters, type Sql, sql } from '../store/sql.ts';
import { foldedFor, isAscii } from './fold-case.ts';

/**
 * Whether a text equals a search value in which `*` is any run: whole text, letter case free unless `caseSensitive`. Gives
 * UInt8, null where the text is. The engine lowers ASCII many times faster than it searches without case, so values that
 * are ASCII alone compare in ASCII.
 */
export function matchesWildcard(
  text: Sql,
  pattern: string,
  options: { readonly caseSensitive: boolean; readonly lowercase: boolean },
  parameters: Parameters,
): Sql {
  const ascii = isAscii(pattern);
  const fold = (value: Sql) => foldedFor(pattern, value);
  const folded = options.caseSensitive || (options.lowercase && ascii) ? text : fold(text);
  const bind = (value: string) => {
    if (options.caseSensitive) return parameters.bind(value, 'String');
    return ascii
      ? parameters.bind(
          value.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
          'String',
        )
      : fold(parameters.bind(value, 'String'));
  };
  const pieces = pattern.split('*');
  const filled = pieces.filter((piece) => piece !== '');
  if (pieces.length === 1) return sql`${folded} = ${bind(pattern)}`;
  const [only] = filled;
  if (only === undefined) return sql`isNotNull(${text})`;
  if (filled.length === 1) {
    if (!pattern.startsWith('*')) return sql`startsWith(${folded}, ${bind(only)})`;
    if (!pattern.endsWith('*')) return sql`endsWith(${folded}, ${bind(only)})`;
    return sql`position(${folded}, ${bind(only)}) > 0`;
  }
  const like = pieces.map((piece) => piece.replace(/[\\%_]/g, '\\$&')).join('%');
  return sql`${folded} LIKE ${bind(like)}`;
}
