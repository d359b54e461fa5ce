import { sourceAliases } from '../events/source-alias.ts';
import { joinSql, type Sql, sql } from '../store/sql.ts';
import { bindTime } from '../store/time-sql.ts';
import { asNumber, asText, isPresent } from './coerce.ts';
import type { CompileContext } from './compile-context.ts';
import { diagnose } from './diagnostics.ts';
import { foldedFor } from './fold-case.ts';
import { inIpRange, parseIpRange } from './ip-range.ts';
import { lambdaVariable } from './lambda-variable.ts';
import { formatNumber } from './number-text.ts';
import type {
  SearchComparison,
  SearchExpression,
  SearchOperator,
  SearchTerm,
  SearchValue,
  TimeModifier,
} from './search-expression.ts';
import { segmentPattern } from './segments.ts';
import { share } from './share.ts';
import { resolveTimeModifier } from './time-modifier.ts';
import type { TypedSql } from './typed-sql.ts';
import { matchesWildcard } from './wildcard.ts';

/** What a search expression is tested on besides named fields. */
export interface SearchSurroundings {
  /** `_raw`; undefined where rows have none (after a transforming command). */
  readonly raw: Sql | undefined;
  /** Without `_raw`: the fields whose text bare terms are looked for in. */
  readonly termFields: readonly TypedSql[];
  /** `_time` and `_indextime` (DateTime64(7)) for time modifiers inside OR or NOT; undefined where rows have none. */
  readonly eventTime: Sql | undefined;
  readonly indexTime: Sql | undefined;
  /** Conditions (UInt8, never null) in the place of parts of the expression. */
  readonly instead?: ReadonlyMap<SearchExpression, Sql>;
}

/** A search expression as SQL of type UInt8, never null (Splunk documentation, "search"). */
export function compileSearchTest(
  expression: SearchExpression,
  context: CompileContext,
  surroundings: SearchSurroundings,
): Sql {
  const given = surroundings.instead?.get(expression);
  if (given !== undefined) return given;
  switch (expression.kind) {
    case 'all':
      return sql`1`;
    case 'and':
    case 'or': {
      const terms = expression.terms.map((term) => compileSearchTest(term, context, surroundings));
      if (terms.length === 0) return expression.kind === 'and' ? sql`1` : sql`0`;
      return sql`(${joinSql(terms, expression.kind === 'and' ? sql` AND ` : sql` OR `)})`;
    }
    case 'not':
      return sql`(NOT ${compileSearchTest(expression.term, context, surroundings)})`;
    case 'comparison':
      return compileComparison(expression, context);
    case 'membership':
      return compileMembership(expression.field, expression.values, context);
    case 'term':
      return compileTerm(expression, context, surroundings);
    case 'time-modifier':
      return compileTime(expression, context, surroundings);
  }
}

/** UInt8, never null. */
function certain(test: Sql, field: TypedSql): Sql {
  return field.notNull ? test : sql`ifNull(${test}, 0)`;
}

/** Whether one of the field's values passes; the test sees a single value. */
function anyOf(field: TypedSql, context: CompileContext, test: (one: TypedSql) => Sql): Sql {
  if (field.type !== 'multivalue') return test(field);
  const variable = lambdaVariable(context.parameters)();
  return sql`arrayExists(${variable} -> ${test({ sql: variable, type: 'text', notNull: true })}, ${field.sql})`;
}

function compileComparison(comparison: SearchComparison, context: CompileContext): Sql {
  const field = context.field(comparison.field);
  if (!field || field.nothing) return sql`0`;
  const { operator, value } = comparison;
  if (operator === '=' || operator === '!=') {
    if (value.text === '*') return operator === '=' ? isPresent(field) : sql`0`;
    return anyOf(field, context, (one) => {
      const equal = equals(comparison.field, one, value, context);
      if (operator === '=') return equal;
      return one.notNull ? sql`(NOT ${equal})` : sql`(isNotNull(${one.sql}) AND NOT ${equal})`;
    });
  }
  return anyOf(field, context, (one) => ordered(operator, one, value, context));
}

/** Names of fields whose values have other spellings. */
const aliased: ReadonlySet<string> = new Set(['source', 'sourcetype']);

/** Whether a single value equals the literal: letter case free, `*` any run, a CIDR block any of its addresses. */
function equals(name: string, field: TypedSql, value: SearchValue, context: CompileContext): Sql {
  const { parameters } = context;
  const range = parseIpRange(value.text);
  const spellings = aliased.has(name) && !value.caseSensitive ? sourceAliases(value.text) : [value.text];
  const tests = spellings.map((spelling) => equalsText(field, spelling, value.caseSensitive, context));
  if (range) tests.push(inIpRange(asText(field), range, parameters));
  const [only] = tests;
  return tests.length === 1 && only ? only : sql`(${joinSql(tests, sql` OR `)})`;
}

function equalsText(field: TypedSql, pattern: string, caseSensitive: boolean, context: CompileContext): Sql {
  const { parameters } = context;
  if (field.type === 'number' && !pattern.includes('*')) {
    // A number is compared by what it prints, so a literal that prints otherwise equals none.
    const number = Number(pattern);
    if (pattern.trim() === '' || formatNumber(number) !== pattern) return sql`0`;
    return certain(sql`${field.sql} = ${parameters.bind(number, 'Float64')}`, field);
  }
  const options = { caseSensitive, lowercase: field.lowercase ?? false };
  return certain(matchesWildcard(asText(field), pattern, options, parameters), field);
}

/** Whether one of the field's values is among the literals; those without wildcards are one set. */
function compileMembership(name: string, values: readonly SearchValue[], context: CompileContext): Sql {
  const field = context.field(name);
  if (!field || field.nothing) return sql`0`;
  const isPlain = (value: SearchValue) =>
    !value.caseSensitive && !aliased.has(name) && /^[\0-\x7f]*$/.test(value.text) && !/[*/]/.test(value.text);
  const plain = field.type === 'number' ? [] : values.filter(isPlain);
  const others = values.filter((value) => !plain.includes(value));
  const members = plain.map((value) => context.parameters.bind(value.text.toLowerCase(), 'String'));
  return anyOf(field, context, (one) => {
    const text = one.lowercase ? asText(one) : sql`lower(${asText(one)})`;
    const tests = others.map((value) =>
      value.text === '*' ? isPresent(one) : equals(name, one, value, context),
    );
    if (members.length > 0) tests.unshift(certain(sql`${text} IN (${joinSql(members, sql`, `)})`, one));
    return tests.length === 0 ? sql`0` : sql`(${joinSql(tests, sql` OR `)})`;
  });
}

const orders: Record<Exclude<SearchOperator, '=' | '!='>, Sql> = {
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
};

/** `<` and its kin: as numbers if both are, else as texts. */
function ordered(
  operator: Exclude<SearchOperator, '=' | '!='>,
  field: TypedSql,
  value: SearchValue,
  context: CompileContext,
): Sql {
  const { parameters } = context;
  const order = orders[operator];
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value.text)
    ? Number(value.text)
    : undefined;
  const text = parameters.bind(value.text, 'String');
  if (number === undefined || !Number.isFinite(number))
    return certain(sql`${asText(field)} ${order} ${text}`, field);
  const literal = parameters.bind(number, 'Float64');
  const parsed = asNumber(field);
  if (field.type === 'number' || field.type === 'time') return sql`ifNull(${parsed} ${order} ${literal}, 0)`;
  return sql`ifNull(${share(
    parsed,
    (read) => sql`if(isNull(${read}), ${asText(field)} ${order} ${text}, ${read} ${order} ${literal})`,
  )}, 0)`;
}

/** A bare word or phrase in `_raw`, or, where rows have none, in any of their fields. */
function compileTerm(term: SearchTerm, context: CompileContext, surroundings: SearchSurroundings): Sql {
  if (/^\**$/.test(term.text)) return sql`1`;
  const { raw, termFields } = surroundings;
  const fields: readonly TypedSql[] = raw ? [{ sql: raw, type: 'text' }] : termFields;
  const tests = fields
    .filter((field) => !field.nothing && field.type !== 'time')
    .map((field) => anyOf(field, context, (one) => hasSegment(asText(one), term, context)));
  if (tests.length === 0) return sql`0`;
  return tests.length === 1 && tests[0] ? tests[0] : sql`(${joinSql(tests, sql` OR `)})`;
}

/** A plain search for the longest piece comes first; the borders are looked at only where it is found. */
function hasSegment(text: Sql, term: SearchTerm, context: CompileContext): Sql {
  const caseSensitive = term.form === 'CASE';
  const { pattern, needle, needleOnly } = segmentPattern(term.text, {
    phrase: term.form === 'phrase',
    whole: term.form === 'TERM',
    caseSensitive,
  });
  const folded = caseSensitive ? text : foldedFor(term.text, text);
  const bind = (value: string) => context.parameters.bind(value, 'String');
  const found = sql`ifNull(position(${folded}, ${bind(needle)}) > 0, 0)`;
  return needleOnly ? found : sql`(${found} AND ifNull(match(${folded}, ${bind(pattern)}), 0))`;
}

/** A time modifier that is not at the top of the search, so that it could not become the range of the search. */
function compileTime(modifier: TimeModifier, context: CompileContext, surroundings: SearchSurroundings): Sql {
  const { name, value, span } = modifier;
  const moment = resolveTimeModifier(value, context.now, context.timezone);
  if (moment === undefined) {
    context.report(diagnose('bad-time-modifier', { name, value }, span));
    return sql`0`;
  }
  const time = name.startsWith('_index') ? surroundings.indexTime : surroundings.eventTime;
  if (!time) return sql`0`;
  const bound = bindTime(context.parameters, moment);
  return name.endsWith('earliest') ? sql`ifNull(${time} >= ${bound}, 0)` : sql`ifNull(${time} < ${bound}, 0)`;
}
