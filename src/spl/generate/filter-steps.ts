import { sql } from '../../store/sql.ts';
import { compileExpression } from '../compile-expression.ts';
import { searchedFields } from '../referenced-fields.ts';
import { fieldsOf } from './expression-fields.ts';
import { needAlso } from './field-need.ts';
import type { Generator, StepOf } from './generator.ts';
import { compileRowTest } from './row-test.ts';

/** `search` after the first stage. */
export const searchGenerator: Generator<StepOf<'search'>> = {
  needs: (step, after) => needAlso(after, searchedFields(step.test)),
  generate: (step, input, { compilation }) =>
    compilation.keep(input, compileRowTest(step.test, input, compilation)),
};

/** `where`: null counts as false. */
export const filterGenerator: Generator<StepOf<'filter'>> = {
  needs: (step, after) => needAlso(after, fieldsOf(step.test)),
  generate(step, input, { compilation }) {
    const test = compileExpression(step.test, compilation.context(input));
    return compilation.keep(input, sql`(${test.sql})`);
  },
};
