import type { Expression } from '../expression.ts';
import { referencedFields } from '../referenced-fields.ts';
import { parseSearchText } from '../search-text.ts';

/** The fields that expressions read. */
export function fieldsOf(...expressions: readonly (Expression | undefined)[]): string[] {
  return expressions.flatMap((expression) =>
    expression ? [...referencedFields(expression, parseSearchText)] : [],
  );
}
