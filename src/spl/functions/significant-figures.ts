import { joinSql, type Sql, sql } from '../../store/sql.ts';
import { asNumber, asText } from '../coerce.ts';
import type { Expression } from '../expression.ts';
import { share } from '../share.ts';
import type { EvalFunction, FunctionCall } from './eval-function.ts';

/** Digits of a number's text that count: without sign, point, exponent and leading zeros. */
function digitsOf(text: Sql): Sql {
  return sql`length(trimLeft(replaceRegexpAll(replaceRegexpOne(ifNull(${text}, ''), '[eE].*$', ''), '[^0-9]', ''), '0'))`;
}

/** The values that an expression of `* / + -` is made of. */
function operands(expression: Expression): readonly Expression[] {
  if (expression.kind === 'unary') return operands(expression.operand);
  if (expression.kind === 'binary' && '*/+-'.includes(expression.operator))
    return [...operands(expression.left), ...operands(expression.right)];
  return [expression];
}

function fewestDigits(expression: Expression, call: FunctionCall): Sql {
  const counts = operands(expression).map((operand) => {
    const text =
      operand.kind === 'number'
        ? call.context.parameters.bind(operand.text, 'String')
        : asText(call.compile(operand, call.context));
    return sql`greatest(${digitsOf(text)}, 1)`;
  });
  return sql`arrayMin([${joinSql(counts, sql`, `)}])`;
}

export const significantFigures: EvalFunction = {
  name: 'sigfig',
  category: 'mathematics',
  minimum: 1,
  maximum: 1,
  signature: 'sigfig(number)',
  summary: 'The number rounded to as many significant digits as the least exact of the values it is made of.',
  roles: ['number'],
  compile: (call) => {
    const [expression] = call.call.args;
    const value = asNumber(call.argument(0));
    if (!expression) return { sql: value, type: 'number' };
    const digits = fewestDigits(expression, call);
    return {
      sql: share(value, (x) => {
        const places = sql`toInt16(${digits}) - 1 - ifNull(accurateCastOrNull(floor(log10(abs(${x}))), 'Int16'), 0)`;
        return sql`if(${x} = 0 OR NOT isFinite(${x}), ${x}, round(${x}, ${places}))`;
      }),
      type: 'number',
    };
  },
};
