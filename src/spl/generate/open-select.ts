import { identifiersIn, integer, joinSql, type Sql, sql, withIdentifiers } from '../../store/sql.ts';

/**
 * A SELECT in parts, into which the next step can be written: the engine takes about half a millisecond to analyse each
 * SELECT of a statement, whatever its rows.
 */
export interface OpenSelect {
  /** The table or the SELECT that it reads. */
  readonly from: Sql;
  /** It gives all columns of `from` too. */
  readonly passes: boolean;
  /** The columns that it computes, as expressions over the columns of `from`, by the name that later steps use. */
  readonly values: ReadonlyMap<string, NamedValue>;
  readonly where: readonly Sql[];
  readonly groups: Groups | undefined;
  /** Some values are window functions, which see the rows as they are here. */
  readonly windowed: boolean;
  /** Only the first rows in an order. */
  readonly first: { readonly order: Sql; readonly count: number } | undefined;
}

interface Groups {
  readonly keys: readonly Sql[];
  readonly calls: readonly Sql[];
  readonly having: readonly Sql[];
}

/** A column to be computed, and its name. */
export interface NamedValue {
  readonly ref: Sql;
  readonly value: Sql;
}

/** An expression grows no more than this by what is written into it, since what is used twice is written twice. */
const LONGEST = 1_000;

/** Columns that one SELECT computes. */
const MOST_VALUES = 250;

/** Functions that must not be evaluated once more, or that make rows. */
const once = /\b(?:arrayJoin|rand)\(/;

const window = /\bOVER \(/;

/** A SELECT of the named columns of a table. */
export function readingFrom(from: Sql, values: readonly NamedValue[], where: readonly Sql[]): OpenSelect {
  const named = new Map(values.map((value) => [value.ref.text, value]));
  return { ...passing(from), passes: false, values: named, where };
}

/** A SELECT of all that another gives. */
export function passing(from: Sql): OpenSelect {
  return {
    from,
    passes: true,
    values: new Map(),
    where: [],
    groups: undefined,
    windowed: false,
    first: undefined,
  };
}

/** With more columns computed; undefined where that takes a SELECT of its own. */
export function computing(open: OpenSelect, added: readonly NamedValue[]): OpenSelect | undefined {
  if (added.length === 0) return open;
  if (open.first || (open.values.size > 0 && open.values.size + added.length > MOST_VALUES)) return undefined;
  const values = new Map(open.values);
  let { windowed } = open;
  for (const { ref, value } of added) {
    const text = written(value, open);
    if (!text) return undefined;
    const isOnce = once.test(value.text);
    const isWindow = window.test(value.text);
    if ((isOnce || isWindow) && (open.windowed || (isOnce && open.groups))) return undefined;
    windowed ||= isWindow;
    values.set(ref.text, { ref, value: text });
  }
  return { ...open, values, windowed };
}

/** With only the rows that pass the test. */
export function keeping(open: OpenSelect, test: Sql): OpenSelect | undefined {
  if (open.first || open.windowed || makesRows(open)) return undefined;
  const text = written(test, open);
  if (!text) return undefined;
  const { groups, where } = open;
  return groups
    ? { ...open, groups: { ...groups, having: [...groups.having, text] } }
    : { ...open, where: [...where, text] };
}

/** With one row for each combination of the keys. */
export function grouping(
  open: OpenSelect,
  keys: readonly Sql[],
  calls: readonly NamedValue[],
): OpenSelect | undefined {
  if (open.first || open.windowed || open.groups || makesRows(open)) return undefined;
  const values = new Map<string, NamedValue>();
  for (const key of keys) {
    const text = written(key, open);
    if (!text || (text !== key && identifiersIn(text).length === 0)) return undefined;
    values.set(key.text, { ref: key, value: text });
  }
  const texts = [...values.values()].map(({ value }) => value);
  const statistics: Sql[] = [];
  for (const { ref, value } of calls) {
    const text = written(value, open);
    if (!text) return undefined;
    statistics.push(text);
    values.set(ref.text, { ref, value: text });
  }
  return { ...open, passes: false, values, groups: { keys: texts, calls: statistics, having: [] } };
}

/** With only the first rows in the order of the keys (each with its direction). */
export function taking(open: OpenSelect, order: readonly Sql[], count: number): OpenSelect | undefined {
  if (makesRows(open)) return undefined;
  const text = orderedBy(open, order);
  if (!text) return undefined;
  const { first } = open;
  if (first && first.order.text !== text.text) return undefined;
  return { ...open, first: { order: text, count: Math.min(count, first?.count ?? count) } };
}

/** The statement that gives the named values in the order of the keys; undefined where it takes a SELECT of its own. */
export function showing(
  open: OpenSelect,
  shown: readonly NamedValue[],
  order: readonly Sql[],
): Sql | undefined {
  if (makesRows(open)) return undefined;
  const text = orderedBy(open, order);
  if (!text || (open.first && open.first.order.text !== text.text)) return undefined;
  const values: NamedValue[] = [];
  for (const { ref, value } of shown) {
    const one = written(value, open);
    if (!one) return undefined;
    values.push({ ref, value: one });
  }
  return selectText(open, list(values), text);
}

/** The SELECT as a part of a statement; columns whose names the rest of it does not use are left out. */
export function openText(open: OpenSelect, isUsed: (name: string) => boolean): Sql {
  const values = [...open.values.values()].filter(
    ({ ref, value }) => once.test(value.text) || isUsed(ref.text),
  );
  const shown = open.passes ? (values.length > 0 ? sql`*, ${list(values)}` : sql`*`) : list(values);
  return selectText(open, shown, open.first?.order ?? sql``);
}

function list(values: readonly NamedValue[]): Sql {
  if (values.length === 0) return sql`1 AS nothing`;
  return joinSql(
    values.map(({ ref, value }) => sql`${value} AS ${ref}`),
    sql`, `,
  );
}

function selectText({ from, where, groups, first }: OpenSelect, shown: Sql, order: Sql): Sql {
  const tests = (word: Sql, all: readonly Sql[]) =>
    all.length > 0 ? sql` ${word} ${joinSql(all, sql` AND `)}` : sql``;
  const keys = groups && groups.keys.length > 0 ? sql` GROUP BY ${joinSql(groups.keys, sql`, `)}` : sql``;
  const having = [...(groups?.having ?? [])];
  // Without keys and without a statistic that is shown it would be no statistic at all.
  if (groups?.keys.length === 0 && !groups.calls.some(({ text }) => shown.text.includes(text)))
    having.push(sql`count() >= 0`);
  const sorted = order.text === '' ? sql`` : sql` ORDER BY ${order}`;
  const limit = first ? sql` LIMIT ${integer(first.count)}` : sql``;
  return sql`SELECT ${shown} FROM ${from}${tests(sql`WHERE`, where)}${keys}${tests(sql`HAVING`, having)}${sorted}${limit}`;
}

function orderedBy(open: OpenSelect, order: readonly Sql[]): Sql | undefined {
  const keys: Sql[] = [];
  for (const key of order) {
    const text = written(key, open);
    // A number would be taken for the place of a column.
    if (!text || (text !== key && isLiteral(text))) return undefined;
    keys.push(text);
  }
  return joinSql(keys, sql`, `);
}

function isLiteral(text: Sql): boolean {
  return identifiersIn(text).length === 0 && !/\w\(/.test(text.text);
}

function makesRows({ values }: OpenSelect): boolean {
  for (const { value } of values.values()) if (once.test(value.text)) return true;
  return false;
}

const column = /^(?:`(?:[^`\\]|\\.)*`|\w+)(?:\.(?:`(?:[^`\\]|\\.)*`|\w+|:\w+))*$/;

/** Whether the whole text is one call, which needs no brackets. */
function isCall({ text }: Sql): boolean {
  if (!/^\w+\(/.test(text)) return false;
  const bare = text.replace(/'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '');
  let depth = 0;
  for (let at = 0; at < bare.length; at++) {
    if (bare[at] === '(') depth++;
    else if (bare[at] === ')' && --depth === 0) return at === bare.length - 1;
  }
  return false;
}

/** An expression over the columns of the SELECT as one over those that it reads; undefined where that costs too much. */
function written(expression: Sql, { values }: OpenSelect): Sql | undefined {
  const parts = new Map<string, Sql>();
  let isCopy = false;
  for (const name of identifiersIn(expression)) {
    const value = values.get(name)?.value;
    if (!value) continue;
    if (column.test(value.text)) {
      parts.set(name, value);
      continue;
    }
    if (once.test(value.text) || value.text.includes('->')) return undefined;
    isCopy = true;
    parts.set(name, isCall(value) ? value : sql`(${value})`);
  }
  if (parts.size === 0) return expression;
  const only = values.get(expression.text)?.value;
  if (only) return only;
  // In a lambda it would be evaluated for each element.
  if (isCopy && expression.text.includes('->')) return undefined;
  const text = withIdentifiers(expression, parts);
  return isCopy && text.text.length - expression.text.length > LONGEST ? undefined : text;
}
