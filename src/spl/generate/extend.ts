import { sql } from '../../store/sql.ts';
import { asText, asTime, convert, nothing, unify } from '../coerce.ts';
import { compileExpression } from '../compile-expression.ts';
import type { Assignment } from '../plan.ts';
import { runDiagnostic } from '../run-diagnostics.ts';
import { assignFields, type FieldValue } from './assign.ts';
import { fieldsOf } from './expression-fields.ts';
import { needAlso } from './field-need.ts';
import type { Generator, Outcome, StepOf, StepPlace } from './generator.ts';
import { columnOf, type Relation, typedColumn } from './relation.ts';

/** `eval`. */
export const extendGenerator: Generator<StepOf<'extend'>> = {
  needs: (step, after) =>
    needAlso(
      after,
      step.assignments.flatMap((assignment) => [...fieldsOf(assignment.value), ...namedBy(assignment)]),
    ),
  generate(step, input, place) {
    let relation = input;
    for (const [at, assignment] of step.assignments.entries()) {
      const next = assignment.parts
        ? assignDynamic(assignment, relation, { ...place, key: `${place.key}.${at}` })
        : assignFields(relation, [assigned(assignment, relation, place)], place.compilation);
      if (next.kind !== 'relation') return next;
      relation = next;
    }
    return relation;
  },
};

function namedBy({ parts }: Assignment): string[] {
  return (parts ?? []).flatMap((part) => ('field' in part ? [part.field] : []));
}

function assigned({ field, value }: Assignment, relation: Relation, { compilation }: StepPlace): FieldValue {
  const typed = compileExpression(value, compilation.context(relation));
  // Numbers that are put into `_time` are shown as times.
  if (field !== '_time' || typed.type === 'multivalue') return { name: field, value: typed };
  return { name: field, value: { type: 'time', sql: asTime(typed) } };
}

/**
 * `count_{kind}=…`: the names are learned from the rows; each name is then assigned in the rows that make it, and keeps
 * its value in the others.
 */
function assignDynamic(assignment: Assignment, input: Relation, { compilation, key }: StepPlace): Outcome {
  const pieces = (assignment.parts ?? []).map((part) => {
    if ('text' in part) return compilation.parameters.bind(part.text, 'String');
    const column = columnOf(input, part.field);
    return asText(column ? typedColumn(column) : nothing());
  });
  const made = compilation.fresh('name');
  const value = compilation.fresh('value');
  const { value: typed } = assigned(assignment, input, { compilation, key });
  const context = compilation.compute(input, [
    {
      ref: made,
      value: sql`CAST(concat(${pieces.reduce((all, piece) => sql`${all}, ${piece}`)}, ''), 'Nullable(String)')`,
    },
    { ref: value, value: typed.sql },
  ]);
  const { columns: limit } = compilation.environment.limits;
  const fact = compilation.facts.get(key);
  if (!fact)
    return {
      kind: 'question',
      question: {
        key,
        sql: compilation.statement(
          sql`SELECT DISTINCT assumeNotNull(${made}) AS name FROM ${context.from} WHERE isNotNull(${made}) LIMIT ${compilation.parameters.bind(limit + 1, 'UInt32')}`,
        ),
        columns: [{ name: 'name', type: 'text' }],
      },
    };
  const names = fact.rows.map(([name]) => String(name));
  if (names.length > limit) compilation.report(runDiagnostic('too-many-columns', { limit }, assignment.span));
  const fields = names.slice(0, limit).map((name) => {
    const before = columnOf(context, name);
    const old = before ? typedColumn(before) : nothing();
    const bound = compilation.parameters.bind(name, 'String');
    return {
      name,
      value: unify(
        [{ ...typed, sql: value }, old],
        ([then, otherwise]) =>
          sql`if(${made} = ${bound}, ${then ?? convert(nothing(), 'text')}, ${otherwise ?? convert(nothing(), 'text')})`,
      ),
    };
  });
  return assignFields(context, fields, compilation);
}
