import { need, needAlso, needBoth } from './field-need.ts';
import { expandFieldPatterns, isPattern, patternReaches } from './field-pattern.ts';
import type { Generator, StepOf } from './generator.ts';
import { columnOf, fieldNames, type Relation, type RelationColumn, withoutRest } from './relation.ts';
import { nullOf } from './typed-column.ts';

/** `table` and `fields`. */
export const projectGenerator: Generator<StepOf<'project'>> = {
  needs(step, after) {
    switch (step.mode) {
      case 'table':
        return need(step.fields);
      case 'keep':
        // Internal fields stay, so what comes later may read them.
        return needAlso(need(step.fields), [
          ...[...after.names].filter((name) => name.startsWith('_')),
          ...(after.all ? ['_time', '_raw'] : []),
        ]);
      case 'drop':
        return needBoth(after, need(step.fields.filter((field) => !isPattern(field))));
    }
  },
  generate(step, input) {
    switch (step.mode) {
      case 'table':
        return table(input, step.fields);
      case 'keep':
        return keep(input, step.fields);
      case 'drop':
        return drop(input, step.fields);
    }
  },
};

/** A field that no row has is an empty column. */
function table(input: Relation, fields: readonly string[]): Relation {
  const columns = expandFieldPatterns(fields, fieldNames(input)).map(
    (name): RelationColumn =>
      columnOf(input, name) ?? { name, type: 'text', ref: nullOf('text'), nothing: true },
  );
  return { ...input, columns, listed: true, rest: undefined };
}

function keep(input: Relation, fields: readonly string[]): Relation {
  const internal = input.columns.map(({ name }) => name).filter((name) => name.startsWith('_'));
  const listed = expandFieldPatterns(fields, fieldNames(input)).filter((name) => !internal.includes(name));
  const columns = [...internal, ...listed].flatMap((name) => columnOf(input, name) ?? []);
  return { ...input, columns, listed: true, rest: undefined };
}

function drop(input: Relation, fields: readonly string[]): Relation {
  const dropped = (name: string) =>
    fields.some((field) => (isPattern(field) ? patternReaches(field, name) : field === name));
  return {
    ...input,
    columns: input.columns.filter(({ name }) => !dropped(name)),
    rest: withoutRest(input.rest, dropped),
  };
}
