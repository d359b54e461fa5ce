import type { Span } from '../core/diagnostic.ts';
import { joinSql, type Parameters, type Sql, sql } from '../store/sql.ts';
import { asNumber, asText, nothing } from './coerce.ts';
import { compileCall } from './compile-call.ts';
import { compare } from './compile-comparison.ts';
import type { CompileContext } from './compile-context.ts';
import type { DiagnosticPhrase } from './diagnostic-phrase.ts';
import { diagnose } from './diagnostics.ts';
import type { Binary, Expression, Membership, NumberLiteral, Unary } from './expression.ts';
import { likePattern } from './functions/like.ts';
import { isMember } from './functions/membership.ts';
import { lambdaVariable } from './lambda-variable.ts';
import { formatNumber, numberText, secondsBetween } from './number-text.ts';
import { typeNames } from './operand-type.ts';
import { share, shareBoth } from './share.ts';
import type { TypedSql } from './typed-sql.ts';

/**
 * An expression as SQL with its static type (semantics: Splunk documentation, "Types of eval expressions"). Faults are
 * reported to the context; the result is null then, so that compiling goes on and finds all of them.
 */
export function compileExpression(expression: Expression, context: CompileContext): TypedSql {
  switch (expression.kind) {
    case 'field':
      return context.field(expression.name) ?? nothing();
    case 'string':
      return { sql: context.parameters.bind(expression.value, 'String'), type: 'string', notNull: true };
    case 'number':
      return numberLiteral(expression, context.parameters);
    case 'boolean':
      return { sql: expression.value ? sql`1` : sql`0`, type: 'boolean', notNull: true };
    case 'call':
      return compileCall(expression, context, compileExpression);
    case 'unary':
      return compileUnary(expression, context);
    case 'binary':
      return compileBinary(expression, context);
    case 'in':
      return compileMembership(expression, context);
  }
}

/** The condition of `where`, `if` and their kin as Nullable(UInt8). */
export function compileCondition(
  expression: Expression,
  context: CompileContext,
  where: DiagnosticPhrase,
): Sql {
  return condition(compileExpression(expression, context), where, expression.span, context);
}

function condition(typed: TypedSql, where: DiagnosticPhrase, span: Span, context: CompileContext): Sql {
  if (typed.type === 'boolean') return typed.sql;
  if (!typed.nothing)
    context.report(diagnose('condition-needed', { where, found: typeNames[typed.type] }, span));
  return nothing('boolean').sql;
}

function numberLiteral(literal: NumberLiteral, parameters: Parameters): TypedSql {
  return {
    sql: parameters.bind(literal.value, 'Float64'),
    type: 'number',
    text: parameters.bind(formatLiteral(literal), 'String'),
    notNull: true,
  };
}

/** A whole number prints as written, so that no digit of a 64-bit id is lost. */
function formatLiteral(literal: NumberLiteral): string {
  return /^[1-9]\d*$/.test(literal.text) ? literal.text : formatNumber(literal.value);
}

function compileUnary(unary: Unary, context: CompileContext): TypedSql {
  const operand = compileExpression(unary.operand, context);
  if (unary.operator === 'not')
    return {
      sql: sql`(NOT ${condition(operand, 'the operator NOT', unary.operand.span, context)})`,
      type: 'boolean',
    };
  const value = arithmeticOperand(operand, unary.operator, unary.operand.span, context);
  return { sql: unary.operator === '-' ? sql`(-${value})` : value, type: 'number' };
}

function compileBinary(binary: Binary, context: CompileContext): TypedSql {
  switch (binary.operator) {
    case 'and':
    case 'or':
      return compileLogical(binary, context);
    case 'xor':
      return {
        sql: sql`xor(${compileCondition(binary.left, context, 'the operator XOR')}, ${compileCondition(binary.right, context, 'the operator XOR')})`,
        type: 'boolean',
      };
    case '.':
      return compileConcatenation(binary, context);
    case '+':
      return compileSum(binary, context);
    case '-':
    case '*':
    case '/':
    case '%':
      return compileArithmetic(binary, binary.operator, context);
    case 'like':
      return likePattern(
        value(binary.left, 'LIKE', context),
        value(binary.right, 'LIKE', context),
        lambdaVariable(context.parameters),
      );
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const left = compileExpression(binary.left, context);
      const right = compileExpression(binary.right, context);
      const conditions = [left, right].filter((side) => side.type === 'boolean').length;
      if (conditions === 1 && !left.nothing && !right.nothing) {
        context.report(
          diagnose(
            'different-types',
            { operator: binary.operator, left: typeNames[left.type], right: typeNames[right.type] },
            binary.span,
          ),
        );
        return nothing('boolean');
      }
      return {
        sql: compare(binary.operator, left, right, lambdaVariable(context.parameters)),
        type: 'boolean',
      };
    }
  }
}

/** The operands of a chain of one operator, left to right, so that a long chain does not become deep SQL. */
function chain(binary: Binary): readonly Expression[] {
  const operands: Expression[] = [];
  let rest: Expression = binary;
  while (rest.kind === 'binary' && rest.operator === binary.operator) {
    operands.push(rest.right);
    rest = rest.left;
  }
  operands.push(rest);
  return operands.reverse();
}

function compileLogical(binary: Binary, context: CompileContext): TypedSql {
  const where: DiagnosticPhrase = `the operator ${binary.operator.toUpperCase()}`;
  const parts = chain(binary).map((operand) => compileCondition(operand, context, where));
  return {
    sql: sql`(${joinSql(parts, binary.operator === 'and' ? sql` AND ` : sql` OR `)})`,
    type: 'boolean',
  };
}

/** `.` joins anything as text; null if any part is. Texts and numbers alone make a literal text. */
function compileConcatenation(binary: Binary, context: CompileContext): TypedSql {
  const parts = chain(binary).map((operand) => value(operand, '.', context));
  if (parts.some((part) => part.nothing)) return nothing();
  const literal = parts.every((part) => part.type === 'string');
  return {
    sql: sql`concat(${joinSql(parts.map(asText), sql`, `)})`,
    type: literal ? 'string' : 'text',
    ...(parts.every((part) => part.notNull) ? { notNull: true as const } : {}),
  };
}

/** An operand that is a value, not a condition. */
function value(expression: Expression, operator: string, context: CompileContext): TypedSql {
  const typed = compileExpression(expression, context);
  if (typed.type !== 'boolean') return typed;
  context.report(diagnose('boolean-value', { where: `the operator ${operator}` }, expression.span));
  return nothing();
}

function arithmeticOperand(typed: TypedSql, operator: string, span: Span, context: CompileContext): Sql {
  if (typed.type === 'boolean')
    context.report(diagnose('boolean-value', { where: `the operator ${operator}` }, span));
  if (typed.type === 'string')
    context.report(diagnose('number-needed', { where: `the operator ${operator}` }, span));
  return typed.type === 'string' || typed.type === 'boolean' ? nothing('number').sql : asNumber(typed);
}

function compileArithmetic(
  binary: Binary,
  operator: '-' | '*' | '/' | '%',
  context: CompileContext,
): TypedSql {
  const operands = operator === '%' ? [binary.left, binary.right] : chain(binary);
  const values = operands.map((operand) => compileExpression(operand, context));
  const [end, start] = values;
  if (operator === '-' && values.length === 2 && end?.type === 'time' && start?.type === 'time')
    return { sql: secondsBetween(end.sql, start.sql), type: 'number' };
  const numbers = values.map((typed, at) =>
    arithmeticOperand(typed, operator, operands[at]?.span ?? binary.span, context),
  );
  const [first = nothing('number').sql, ...rest] = numbers;
  const results: Record<typeof operator, () => Sql> = {
    '-': () => sql`(${joinSql(numbers, sql` - `)})`,
    '*': () => sql`(${joinSql(numbers, sql` * `)})`,
    // Division by zero is null, not infinity.
    '/': () => sql`(${joinSql([first, ...rest.map((divisor) => sql`nullIf(${divisor}, 0)`)], sql` / `)})`,
    // As C's fmod: the remainder has the sign of the dividend, also for fractions.
    '%': () =>
      shareBoth(first, rest[0] ?? first, (x, y) => sql`(${x} - trunc(${x} / nullIf(${y}, 0)) * ${y})`),
  };
  return { sql: results[operator](), type: 'number' };
}

/**
 * `+` adds numbers and joins texts; a number with a text that is none gives null. A chain is one sum, so that its SQL grows
 * with its length only.
 */
function compileSum(binary: Binary, context: CompileContext): TypedSql {
  const operands = chain(binary);
  const parts = operands.map((operand) => value(operand, '+', context));
  if (parts.some((part) => part.nothing)) return nothing();
  const isNumber = (part: TypedSql) => part.type === 'number' || part.type === 'time';
  const total = sql`(${joinSql(parts.map(asNumber), sql` + `)})`;
  const joined = sql`concat(${joinSql(parts.map(asText), sql`, `)})`;
  const quoted = parts.some((part) => part.type === 'string');
  if (quoted && parts.some(isNumber)) {
    const types = parts.map((part) => typeNames[part.type]);
    const [left = 'value', right = 'value'] = [...new Set(types)];
    context.report(diagnose('different-types', { operator: '+', left, right }, binary.span));
    return nothing();
  }
  if (parts.some(isNumber)) return { sql: total, type: 'number' };
  if (parts.every((part) => part.type === 'string')) return { sql: joined, type: 'string' };
  const fields = parts.filter((part) => part.type !== 'string');
  const noNumber = joinSql(
    fields.map((field) => sql`isNull(${asNumber(field)})`),
    sql` AND `,
  );
  const texts = sql`if(${noNumber}, ${joined}, NULL)`;
  if (quoted) return { sql: texts, type: 'text' };
  const text = share(total, (added) => sql`if(isNotNull(${added}), ${numberText(added)}, ${texts})`);
  return { sql: text, type: 'text', number: total };
}

function compileMembership(membership: Membership, context: CompileContext): TypedSql {
  const operand = value(membership.operand, 'IN', context);
  const members = membership.members.map((member) => value(member, 'IN', context));
  return isMember(operand, members, lambdaVariable(context.parameters));
}
