import { sql } from '../../store/sql.ts';
import { asText } from '../coerce.ts';
import { assignFields, type FieldValue } from './assign.ts';
import type { Compilation } from './compilation.ts';
import { NEED_ALL, needAlso } from './field-need.ts';
import { expandFieldPatterns } from './field-pattern.ts';
import type { Generator, StepOf } from './generator.ts';
import { columnOf, fieldNames, type Relation, typedColumn } from './relation.ts';

/** `fillnull`: listed fields are made where no row has them; without a list all fields of the rows are meant. */
export const fillNullGenerator: Generator<StepOf<'fill-null'>> = {
  needs: (step, after) => (step.fields.length > 0 ? needAlso(after, step.fields) : NEED_ALL),
  generate(step, input, { compilation }) {
    const names =
      step.fields.length > 0
        ? expandFieldPatterns(step.fields, fieldNames(input))
        : input.columns.map(({ name }) => name);
    return filled(input, names, step.value, compilation);
  },
};

function filled(
  input: Relation,
  names: readonly string[],
  value: string,
  compilation: Compilation,
): Relation {
  const bound = compilation.parameters.bind(value, 'String');
  const numeric = Number(value);
  const isNumber = value.trim() !== '' && Number.isFinite(numeric) && String(numeric) === value;
  const fields = names.flatMap((name): FieldValue[] => {
    const column = columnOf(input, name);
    if (column?.notNull) return [];
    if (!column || column.nothing) return [{ name, value: { type: 'text', sql: bound } }];
    if (column.type === 'multivalue')
      return [
        {
          name,
          value: { type: 'multivalue', sql: sql`if(empty(${column.ref}), [${bound}], ${column.ref})` },
        },
      ];
    if (column.type === 'number' && isNumber)
      return [{ name, value: { type: 'number', sql: sql`ifNull(${column.ref}, toFloat64(${bound}))` } }];
    const text = asText(typedColumn(column));
    return [{ name, value: { type: 'text', sql: sql`ifNull(${text}, ${bound})` } }];
  });
  return assignFields(input, fields, compilation);
}
