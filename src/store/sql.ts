/**
 * SQL text that was built safely. It is only made by the `sql` tag (whose own words are literals in our source), by
 * `identifier` and by `Parameters`; so no text from outside ever becomes SQL.
 */
export interface Sql {
  readonly kind: 'sql';
  readonly text: string;
}

function made(text: string): Sql {
  return { kind: 'sql', text };
}

/** Joins literal SQL with safe pieces: sql`SELECT ${column} FROM ${table}`. */
export function sql(words: TemplateStringsArray, ...pieces: readonly Sql[]): Sql {
  let text = words[0] ?? '';
  for (let at = 0; at < pieces.length; at++) text += (pieces[at] as Sql).text + (words[at + 1] ?? '');
  return made(text);
}

/** Joins pieces with a separator such as sql`, `; no pieces give empty SQL. */
export function joinSql(pieces: readonly Sql[], separator: Sql): Sql {
  return made(pieces.map((piece) => piece.text).join(separator.text));
}

/** Quotes a name of a column or table, whatever characters it has. */
export function identifier(name: string): Sql {
  return made(`\`${name.replace(/[\\`]/g, (found) => `\\${found}`)}\``);
}

const quoted = /'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g;

/** The quoted names in the text, as they are written there. */
export function identifiersIn({ text }: Sql): readonly string[] {
  return (text.match(quoted) ?? []).filter((found) => found.startsWith('`'));
}

/** The text with quoted names replaced, by the name as it is written there. */
export function withIdentifiers({ text }: Sql, by: ReadonlyMap<string, Sql>): Sql {
  return made(text.replace(quoted, (found) => by.get(found)?.text ?? found));
}

/**
 * A text as an SQL literal, for what the engine takes only as a literal: paths of our own files and declared types. What
 * people or data say is bound instead.
 */
export function textLiteral(text: string): Sql {
  return made(`'${text.replace(/[\\']/g, (found) => `\\${found}`)}'`);
}

export type ParameterValue = string | number | bigint | null | readonly string[];

/** Types a bound value may have in the engine. */
export type ParameterType =
  | 'String'
  | 'Nullable(String)'
  | 'Array(String)'
  | 'Float64'
  | 'Int64'
  | 'UInt64'
  | 'UInt32';

/** A statement and its values, ready for the store. */
export interface Query {
  readonly sql: Sql;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** Collects the bound values of one statement. */
export class Parameters {
  readonly values: Record<string, ParameterValue> = {};
  #count = 0;

  /** Binds a value and gives its placeholder, `{p1:String}`. */
  bind(value: ParameterValue, type: ParameterType): Sql {
    const name = `p${++this.#count}`;
    this.values[name] = value;
    return made(`{${name}:${type}}`);
  }
}

/** A whole number as SQL; for limits and sizes that the compiler itself has computed. */
export function integer(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new Error(`not a safe integer: ${value}`);
  return made(String(value));
}
