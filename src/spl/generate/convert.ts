import type { Span } from '../../core/diagnostic.ts';
import { type Sql, sql } from '../../store/sql.ts';
import { asNumber, asText, mapText } from '../coerce.ts';
import { compileExpression } from '../compile-expression.ts';
import type { Expression } from '../expression.ts';
import type { TypedSql } from '../typed-sql.ts';
import { assignFields, type FieldValue } from './assign.ts';
import type { Compilation } from './compilation.ts';
import { needAlso } from './field-need.ts';
import { fillFieldPattern, isPattern, matchFieldPattern, patternReaches } from './field-pattern.ts';
import type { Generator, StepOf } from './generator.ts';
import { columnOf, type Relation, type RelationColumn, typedColumn } from './relation.ts';

type ConvertStep = StepOf<'convert'>;
type Conversion = ConvertStep['conversions'][number];

/** What a conversion works with. */
interface ConversionInput {
  readonly column: RelationColumn;
  readonly relation: Relation;
  readonly timeFormat: string;
  readonly span: Span;
  readonly compilation: Compilation;
}

/** `convert`: `none` takes fields out of the patterns of the others. */
export const convertGenerator: Generator<ConvertStep> = {
  needs: (step, after) =>
    needAlso(
      after,
      step.conversions.map(({ field }) => field),
    ),
  generate(step, input, { compilation }) {
    let relation = input;
    const names = input.columns.map(({ name }) => name);
    const kept = step.conversions.filter(({ function: name }) => name === 'none');
    const isKept = (name: string) => kept.some(({ field }) => reaches(field, name));
    for (const conversion of step.conversions) {
      const convert = conversions[conversion.function];
      if (!convert) continue;
      const fields = names.filter(
        (name) => reaches(conversion.field, name) && !(isPattern(conversion.field) && isKept(name)),
      );
      const values = fields.flatMap((name): FieldValue[] => {
        const column = columnOf(relation, name);
        if (!column || column.nothing) return [];
        const { span } = conversion;
        const value = convert({ column, relation, timeFormat: step.timeFormat, span, compilation });
        return [{ name: targetOf(conversion, name), value }];
      });
      relation = assignFields(relation, values, compilation);
    }
    return relation;
  },
};

function reaches(pattern: string, name: string): boolean {
  return isPattern(pattern) ? patternReaches(pattern, name) : pattern === name;
}

function targetOf({ field, as }: Conversion, name: string): string {
  if (as === undefined) return name;
  return isPattern(as) ? fillFieldPattern(as, matchFieldPattern(field, name) ?? []) : as;
}

/** The functions of convert (Splunk documentation, convert). `none` makes nothing. */
const conversions: Readonly<Record<string, (input: ConversionInput) => TypedSql>> = {
  auto: ({ column }) => automatic(column),
  num: ({ column }) => ({ type: 'number', sql: asNumber(typedColumn(column)) }),
  ctime: (input) => called(input, 'strftime', input.timeFormat),
  mktime: (input) => called(input, 'strptime', input.timeFormat),
  dur2sec: ({ column }) => eachText(column, durationSeconds),
  mstime: ({ column }) => eachText(column, clockSeconds),
  memk: ({ column }) => eachText(column, kilobytes),
  rmunit: ({ column }) => eachText(column, leadingNumber),
  rmcomma: ({ column }) => eachText(column, (text) => sql`replaceAll(${text}, ',', '')`),
};

/** A function of eval over the field, each value of a multivalue by itself. */
function called(
  { column, relation, span, compilation }: ConversionInput,
  name: string,
  text: string,
): TypedSql {
  const context = compilation.context(relation);
  const expression: Expression = {
    kind: 'call',
    name,
    nameSpan: span,
    args: [
      { kind: 'field', name: column.name, span },
      { kind: 'string', value: text, regexValue: text, span },
    ],
    span,
  };
  if (column.type !== 'multivalue') return compileExpression(expression, context);
  const value = sql`one`;
  const each = compileExpression(expression, { ...context, field: () => ({ type: 'text', sql: value }) });
  return {
    type: 'multivalue',
    sql: sql`arrayMap(${value} -> assumeNotNull(${asText(each)}), arrayFilter(${value} -> isNotNull(${asText(each)}), ${column.ref}))`,
  };
}

function eachText(column: RelationColumn, convert: (text: Sql) => Sql): TypedSql {
  if (column.type === 'multivalue') {
    const one = sql`one`;
    const all = sql`arrayMap(${one} -> ${convert(one)}, ${column.ref})`;
    return {
      type: 'multivalue',
      sql: sql`arrayMap(${one} -> assumeNotNull(${one}), arrayFilter(${one} -> isNotNull(${one}), ${all}))`,
    };
  }
  return mapText(typedColumn(column), () => sql`one`, convert);
}

/** `auto`: numbers where every value of the field is one, else the field as it is. */
function automatic(column: RelationColumn): TypedSql {
  const typed = typedColumn(column);
  if (column.type !== 'text') return typed;
  const number = asNumber(typed);
  const text = asText(typed);
  const all = sql`countIf(isNotNull(${text}) AND isNull(${number})) OVER () = 0`;
  return { type: 'text', sql: text, number: sql`if(${all}, ${number}, NULL)` };
}

/** `[D+]HH:MM:SS[.f]` as seconds; null for anything else. */
function durationSeconds(text: Sql): Sql {
  const groups = sql`extractGroups(ifNull(${text}, ''), '^(?:(\\d+)\\+)?(\\d+):(\\d+):(\\d+(?:\\.\\d+)?)$')`;
  return secondsText(groups, [86_400, 3_600, 60, 1].length);
}

/** `[MM:]SS[.fff]` as seconds; null for anything else. */
function clockSeconds(text: Sql): Sql {
  const groups = sql`extractGroups(ifNull(${text}, ''), '^(?:(\\d+):)?(\\d+(?:\\.\\d+)?)$')`;
  return secondsText(groups, 2);
}

/** The sum of the groups as days, hours, minutes and seconds, of which the last `count` are there. */
function secondsText(groups: Sql, count: number): Sql {
  const weights = sql`arraySlice([86400, 3600, 60, 1], ${count === 2 ? sql`3` : sql`1`})`;
  const sum = sql`arraySum((group, weight) -> toFloat64OrZero(group) * weight, ${groups}, ${weights})`;
  return sql`if(empty(${groups}), NULL, toString(${sum}))`;
}

/** A number with `k`, `m` or `g` behind it as kilobytes; without a letter it is kilobytes already. */
function kilobytes(text: Sql): Sql {
  const groups = sql`extractGroups(ifNull(${text}, ''), '^(-?\\d+(?:\\.\\d+)?)\\s*([kKmMgG]?)')`;
  const factor = sql`transform(lower(${groups}[2]), ['m', 'g'], [1024, 1048576], 1)`;
  return sql`if(empty(${groups}), NULL, toString(toFloat64(${groups}[1]) * ${factor}))`;
}

/** The number at the beginning of a text, without what follows. */
function leadingNumber(text: Sql): Sql {
  return sql`nullIf(extract(ifNull(${text}, ''), '^\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)'), '')`;
}
