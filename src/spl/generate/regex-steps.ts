import { planRegex, type Re2Plan } from '../../core/regex-policy.ts';
import { integer, type Sql, sql } from '../../store/sql.ts';
import { asMultivalue, asText } from '../coerce.ts';
import { re2Replacement } from '../functions/regex-functions.ts';
import type { TypedSql } from '../typed-sql.ts';
import { assignFields } from './assign.ts';
import type { Compilation } from './compilation.ts';
import { needAlso } from './field-need.ts';
import type { Generator, Outcome, StepOf } from './generator.ts';
import { regexOperator } from './regex-operator.ts';
import { columnOf, type Relation, type RelationColumn, typedColumn } from './relation.ts';

/** `rex`: in the store where its RE2 knows the pattern, else an operator. */
export const extractGenerator: Generator<StepOf<'extract'>> = {
  // Where a row does not match, the groups' fields keep their values.
  needs: (step, after) => needAlso(after, [step.field, ...step.groups]),
  generate(step, input, { compilation }) {
    const column = columnOf(input, step.field);
    if (!column || column.nothing) return input;
    const plan = planRegex(step.pattern);
    if (plan.kind === 're2' && step.offsetField === undefined)
      return extracted(step, input, column, plan, compilation);
    return operated(step, input);
  },
};

/** `regex`: rows without the field stay only where the test is negated. */
export const matchGenerator: Generator<StepOf<'match'>> = {
  needs: (step, after) => needAlso(after, [step.field]),
  generate(step, input, { compilation }) {
    const column = columnOf(input, step.field);
    const plan = planRegex(step.pattern);
    if (!column || column.nothing) return step.negated ? input : compilation.keep(input, sql`0`);
    if (plan.kind !== 're2') return operated(step, input);
    const pattern = compilation.parameters.bind(plan.pattern, 'String');
    const found =
      column.type === 'multivalue'
        ? sql`arrayExists(value -> match(value, ${pattern}), ${column.ref})`
        : sql`ifNull(match(${asText(typedColumn(column))}, ${pattern}), 0)`;
    return compilation.keep(input, step.negated ? sql`NOT ${found}` : found);
  },
};

/** `rex mode=sed`. */
export const substituteGenerator: Generator<StepOf<'substitute'>> = {
  needs: (step, after) => needAlso(after, [step.field]),
  generate(step, input, { compilation }) {
    const column = columnOf(input, step.field);
    if (!column || column.nothing) return input;
    const { script } = step;
    const { parameters } = compilation;
    if (script.kind === 'y') {
      const from = parameters.bind(script.from, 'String');
      const to = parameters.bind(script.to, 'String');
      return rewritten(input, column, (text) => sql`translateUTF8(${text}, ${from}, ${to})`, compilation);
    }
    const plan = planRegex(script.pattern, { ignoreCase: script.ignoreCase });
    if (plan.kind !== 're2' || (script.occurrence !== 'all' && script.occurrence !== 1))
      return operated(step, input);
    const pattern = parameters.bind(plan.pattern, 'String');
    const replacement = parameters.bind(re2Replacement(script.replacement, plan.groups.length), 'String');
    const replace = (text: Sql) =>
      script.occurrence === 'all'
        ? sql`replaceRegexpAll(${text}, ${pattern}, ${replacement})`
        : sql`replaceRegexpOne(${text}, ${pattern}, ${replacement})`;
    return rewritten(input, column, replace, compilation);
  },
};

function operated(step: StepOf<'extract' | 'match' | 'substitute'>, input: Relation): Outcome {
  return { kind: 'operate', input, operator: regexOperator(step) };
}

function rewritten(
  input: Relation,
  column: RelationColumn,
  rewrite: (text: Sql) => Sql,
  compilation: Compilation,
): Relation {
  const value: TypedSql =
    column.type === 'multivalue'
      ? { type: 'multivalue', sql: sql`arrayMap(value -> ${rewrite(sql`value`)}, ${column.ref})` }
      : { type: 'text', sql: rewrite(asText(typedColumn(column))) };
  return assignFields(input, [{ name: column.name, value }], compilation);
}

/** The groups of the first match, or of all; a group that took part in no match has no value. */
function extracted(
  step: StepOf<'extract'>,
  input: Relation,
  column: RelationColumn,
  plan: Re2Plan,
  compilation: Compilation,
): Relation {
  const pattern = compilation.parameters.bind(plan.pattern, 'String');
  const single = step.maxMatch === 1 && column.type !== 'multivalue';
  const found = compilation.fresh('groups');
  const text = sql`ifNull(${asText(typedColumn(column))}, '')`;
  const all = (value: Sql) => {
    const matches = sql`extractAllGroupsVertical(${value}, ${pattern})`;
    return step.maxMatch > 0 ? sql`arraySlice(${matches}, 1, ${integer(step.maxMatch)})` : matches;
  };
  const matches = single
    ? sql`extractGroups(${text}, ${pattern})`
    : column.type === 'multivalue'
      ? sql`arrayFold((all, value) -> arrayConcat(all, ${all(sql`value`)}), ${column.ref}, CAST([], 'Array(Array(String))'))`
      : all(text);
  const [only] = step.groups;
  if (single && only !== undefined && plan.groups.length === 1 && !columnOf(input, only)) {
    // One group that nothing has had yet: the engine need not make arrays.
    const value = sql`nullIf(regexpExtract(${asText(typedColumn(column))}, ${pattern}, 1), '')`;
    return assignFields(input, [{ name: only, value: { type: 'text', sql: value } }], compilation);
  }
  const searched = compilation.compute(input, [{ ref: found, value: matches }]);
  const fields = step.groups.map((name) => {
    const place = integer(plan.groups.findIndex((group) => group.name === name) + 1);
    const before = columnOf(searched, name);
    if (single) return { name, value: firstGroup(sql`${found}[${place}]`, found, before) };
    const values = sql`arrayFilter(value -> value != '', arrayMap(groups -> groups[${place}], ${found}))`;
    const old = before ? asMultivalue(typedColumn(before)) : sql`CAST([], 'Array(String)')`;
    const value: TypedSql = { type: 'multivalue', sql: sql`if(empty(${found}), ${old}, ${values})` };
    return { name, value };
  });
  return assignFields(searched, fields, compilation);
}

function firstGroup(group: Sql, found: Sql, before: RelationColumn | undefined): TypedSql {
  const value = sql`nullIf(${group}, '')`;
  if (!before || before.nothing) return { type: 'text', sql: sql`if(empty(${found}), NULL, ${value})` };
  if (before.type === 'multivalue')
    return {
      type: 'multivalue',
      sql: sql`if(empty(${found}), ${before.ref}, if(${group} = '', CAST([], 'Array(String)'), [${group}]))`,
    };
  return { type: 'text', sql: sql`if(empty(${found}), ${asText(typedColumn(before))}, ${value})` };
}
