import { identifier, joinSql, type ParameterValue, type Sql, sql, textLiteral } from '../sql.ts';

/** A statement that binds values for the statements of a session, which the library's own binding does for the whole process. */
export function sessionValues(parameters: Readonly<Record<string, ParameterValue>>): Sql {
  const bound = Object.entries(parameters).map(
    ([name, value]) => sql`${identifier(`param_${name}`)} = ${textLiteral(valueText(value))}`,
  );
  return bound.length === 0 ? sql`` : sql`SET ${joinSql(bound, sql`, `)}`;
}

/** A value as the engine reads it in its TSV form. */
function valueText(value: ParameterValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return value.replace(/[\\\t\n\r\0]/g, escaped);
  if (typeof value !== 'object') return String(value);
  return `[${value.map((each) => `'${each.replace(/[\\'\0]/g, escaped)}'`).join(',')}]`;
}

function escaped(sign: string): string {
  return escapes[sign] ?? `\\${sign}`;
}

const escapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' };
