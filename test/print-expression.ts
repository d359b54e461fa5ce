import type { Expression } from '../src/spl/expression.ts';

/** An expression as an S-expression, for tests: `(+ a (* 2 "x"))`. */
export function printTree(expression: Expression): string {
  switch (expression.kind) {
    case 'field':
      return expression.name;
    case 'string':
      return JSON.stringify(expression.value);
    case 'number':
      return expression.text;
    case 'boolean':
      return String(expression.value);
    case 'call':
      return `(${[expression.name, ...expression.args.map(printTree)].join(' ')})`;
    case 'unary':
      return `(${expression.operator} ${printTree(expression.operand)})`;
    case 'binary':
      return `(${expression.operator} ${printTree(expression.left)} ${printTree(expression.right)})`;
    case 'in':
      return `(in ${[expression.operand, ...expression.members].map(printTree).join(' ')})`;
  }
}

/** An expression as a search writes it, with parentheses around everything. */
export function printSource(expression: Expression): string {
  switch (expression.kind) {
    case 'field':
      return `'${expression.name.replace(/[\\']/g, '\\$&')}'`;
    case 'string':
      return `"${expression.value.replace(/[\\"]/g, '\\$&')}"`;
    case 'number':
      return expression.text;
    case 'boolean':
      return `${expression.value}()`;
    case 'call':
      return `${expression.name}(${expression.args.map(printSource).join(', ')})`;
    case 'unary':
      return `(${expression.operator} ${printSource(expression.operand)})`;
    case 'binary':
      return `(${printSource(expression.left)} ${expression.operator} ${printSource(expression.right)})`;
    case 'in':
      return `(${printSource(expression.operand)} IN (${expression.members.map(printSource).join(', ')}))`;
  }
}
