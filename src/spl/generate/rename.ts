import { need, needBoth } from './field-need.ts';
import { fillFieldPattern, isPattern, matchFieldPattern, patternReaches } from './field-pattern.ts';
import type { Generator, StepOf } from './generator.ts';
import { columnOf, fieldNames, type Relation, type RelationColumn, withoutRest } from './relation.ts';
import { nullOf } from './typed-column.ts';

/** `rename`: pairs from left to right. A name that is taken loses its old values; two fields are never merged. */
export const renameGenerator: Generator<StepOf<'rename'>> = {
  needs: (step, after) => needBoth(after, need(step.pairs.map(({ from }) => from))),
  generate(step, input) {
    let relation = input;
    for (const { from, to } of step.pairs) {
      if (!isPattern(from)) relation = renamed(relation, from, to);
      else
        for (const name of fieldNames(relation)) {
          const stars = patternReaches(from, name) ? matchFieldPattern(from, name) : undefined;
          if (stars) relation = renamed(relation, name, fillFieldPattern(to, stars));
        }
    }
    return relation;
  },
};

function renamed(relation: Relation, from: string, to: string): Relation {
  if (from === to) return relation;
  const source = columnOf(relation, from);
  const exists = columnOf(relation, to) !== undefined || relation.rest?.names.has(to);
  if (!source && !exists) return relation;
  const others = relation.columns.filter(({ name }) => name !== to || !source);
  const moved = ({ name, ...column }: RelationColumn): RelationColumn => ({
    ...column,
    name: name === from ? to : name,
  });
  const columns = source
    ? others.map(moved)
    : [
        ...others.filter(({ name }) => name !== to),
        { name: to, type: 'text', ref: nullOf('text'), nothing: true } as const,
      ];
  return { ...relation, columns, rest: withoutRest(relation.rest, (name) => name === to) };
}
