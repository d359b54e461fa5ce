import { planRegex } from '../core/regex-policy.ts';
import { expectedCount } from './check-expression.ts';
import { nothing } from './coerce.ts';
import type { CompileContext } from './compile-context.ts';
import { diagnose } from './diagnostics.ts';
import type { Call, Expression } from './expression.ts';
import type { EvalFunction, FunctionCall } from './functions/eval-function.ts';
import { evalFunction } from './functions/registry.ts';
import { lambdaVariable } from './lambda-variable.ts';
import { typeNames } from './operand-type.ts';
import type { TypedSql } from './typed-sql.ts';

type Compile = (expression: Expression, context: CompileContext) => TypedSql;

/** Compiles a function call; what the function's declaration forbids is reported, and the result is null then. */
export function compileCall(call: Call, context: CompileContext, compile: Compile): TypedSql {
  const declared = evalFunction(call.name);
  if (!declared) {
    context.report(diagnose('unknown-function', { name: call.name }, call.nameSpan));
    return nothing();
  }
  const count = call.args.length;
  if (count < declared.minimum || count > declared.maximum) {
    const expected = expectedCount(declared.minimum, declared.maximum);
    context.report(diagnose('wrong-argument-count', { name: call.name, found: count, expected }, call.span));
    return nothing();
  }
  return declared.compile(bind(declared, call, context, compile));
}

function bind(declared: EvalFunction, call: Call, context: CompileContext, compile: Compile): FunctionCall {
  const compiled = new Map<number, TypedSql>();
  const argumentName = (at: number) => `argument ${at + 1}` as const;
  const expressionAt = (at: number) => {
    const expression = call.args[at];
    if (!expression) throw new Error(`${declared.name} has no argument ${at}`);
    return expression;
  };

  function argument(at: number): TypedSql {
    const known = compiled.get(at);
    if (known) return known;
    const expression = expressionAt(at);
    const typed = checkRole(declared, at, compile(expression, context), expression, context);
    compiled.set(at, typed);
    return typed;
  }

  return {
    call,
    context,
    argument,
    rest: (at) => call.args.slice(at).map((_, index) => argument(at + index)),
    count: call.args.length,
    text(at) {
      const expression = expressionAt(at);
      if (expression.kind === 'string') return expression.value;
      context.report(
        diagnose('literal-needed', { name: declared.name, argument: argumentName(at) }, expression.span),
      );
      return undefined;
    },
    number(at) {
      const found = literalNumber(expressionAt(at));
      if (found === undefined)
        context.report(
          diagnose(
            'number-needed',
            { where: `${argumentName(at)} of ${declared.name}` },
            expressionAt(at).span,
          ),
        );
      return found;
    },
    regex(at) {
      const expression = expressionAt(at);
      if (expression.kind !== 'string') {
        context.report(
          diagnose('literal-needed', { name: declared.name, argument: argumentName(at) }, expression.span),
        );
        return undefined;
      }
      const plan = planRegex(expression.regexValue);
      if (plan.kind === 're2') return plan;
      if (plan.kind === 'invalid')
        context.report(diagnose('bad-regex', { message: plan.message }, expression.span));
      else context.report(diagnose('regex-not-supported-here', { name: declared.name }, expression.span));
      return undefined;
    },
    compile,
    variable: lambdaVariable(context.parameters),
  };
}

function literalNumber(expression: Expression): number | undefined {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind !== 'unary' || expression.operator === 'not') return undefined;
  const operand = literalNumber(expression.operand);
  return operand === undefined ? undefined : expression.operator === '-' ? -operand : operand;
}

/** Values are asked for where conditions stand, and the other way round: that is an error in SPL, not a coercion. */
function checkRole(
  declared: EvalFunction,
  at: number,
  typed: TypedSql,
  expression: Expression,
  context: CompileContext,
): TypedSql {
  const role = declared.roles?.[Math.min(at, declared.roles.length - 1)] ?? 'value';
  if (role === 'condition' && typed.type !== 'boolean') {
    if (!typed.nothing)
      context.report(
        diagnose(
          'condition-needed',
          { where: `"${declared.name}"`, found: typeNames[typed.type] },
          expression.span,
        ),
      );
    return nothing('boolean');
  }
  if (role === 'number' && (typed.type === 'string' || typed.type === 'boolean')) {
    context.report(diagnose('number-needed', { where: `"${declared.name}"` }, expression.span));
    return nothing('number');
  }
  if ((role === 'value' || role === 'literal') && typed.type === 'boolean') {
    context.report(diagnose('boolean-value', { where: `"${declared.name}"` }, expression.span));
    return nothing();
  }
  return typed;
}
