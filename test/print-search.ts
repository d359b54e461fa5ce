import type { SearchExpression, SearchValue } from '../src/spl/search-expression.ts';

/** A search expression as an S-expression, for tests: `(and a=1 (or "x y" b*))`. */
export function printSearch(expression: SearchExpression): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return `(${[expression.kind, ...expression.terms.map(printSearch)].join(' ')})`;
    case 'not':
      return `(not ${printSearch(expression.term)})`;
    case 'comparison':
      return `${expression.field}${expression.operator}${printValue(expression.value)}`;
    case 'membership':
      return `${expression.field}{${expression.values.map(printValue).join(',')}}`;
    case 'term':
      return expression.form === 'keyword' ? expression.text : `${expression.form}<${expression.text}>`;
    case 'time-modifier':
      return `${expression.name}:${expression.value}`;
    case 'all':
      return '*';
  }
}

function printValue(value: SearchValue): string {
  return value.caseSensitive ? `CASE<${value.text}>` : value.quoted ? `"${value.text}"` : value.text;
}
