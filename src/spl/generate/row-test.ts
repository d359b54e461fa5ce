import type { Sql } from '../../store/sql.ts';
import { asTime } from '../coerce.ts';
import type { CompileContext } from '../compile-context.ts';
import { compileSearchTest, type SearchSurroundings } from '../compile-search-test.ts';
import type { SearchExpression } from '../search-expression.ts';
import type { Compilation } from './compilation.ts';
import { columnOf, type Relation, typedColumn } from './relation.ts';

/** A search expression as a condition on the rows of a relation; `instead` has conditions for parts of it. */
export function compileRowTest(
  test: SearchExpression,
  relation: Relation,
  compilation: Compilation,
  instead?: ReadonlyMap<SearchExpression, Sql>,
): Sql {
  const surroundings = searchSurroundings(relation);
  return compileSearchTest(
    test,
    compilation.context(relation),
    instead === undefined ? surroundings : { ...surroundings, instead },
  );
}

/** The same over any expression context, for `searchmatch` inside an expression. */
export function compileTestIn(test: SearchExpression, relation: Relation, context: CompileContext): Sql {
  return compileSearchTest(test, context, searchSurroundings(relation));
}

function searchSurroundings(relation: Relation): SearchSurroundings {
  const raw = columnOf(relation, '_raw');
  const time = columnOf(relation, '_time');
  const indexTime = columnOf(relation, '_indextime');
  return {
    raw: raw?.type === 'text' ? raw.ref : undefined,
    termFields: relation.columns.filter(({ nothing }) => !nothing).map(typedColumn),
    eventTime: time && asTime(typedColumn(time)),
    indexTime: indexTime && asTime(typedColumn(indexTime)),
  };
}
