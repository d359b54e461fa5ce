import { nothing } from './coerce.ts';
import type { AggregateContext, CompiledAggregate } from './compile-context.ts';
import { compileExpression } from './compile-expression.ts';
import { diagnose } from './diagnostics.ts';
import { aggregateFunctions } from './functions/aggregates/registry.ts';
import type { Measure } from './plan.ts';
import type { TypedSql } from './typed-sql.ts';

/** A statistic as SQL; undefined, and a diagnostic, where it cannot be. Its field must be a name, not a pattern. */
export function compileMeasure(measure: Measure, context: AggregateContext): CompiledAggregate | undefined {
  const declared = aggregateFunctions.get(measure.function);
  if (!declared) {
    context.report(diagnose('unknown-statistic', { name: measure.function }, measure.span));
    return undefined;
  }
  const value = measuredValue(measure, context);
  if (!value && declared.takes === 'field') {
    context.report(diagnose('statistic-needs-field', { name: measure.function }, measure.span));
    return undefined;
  }
  if (value?.type === 'boolean' && declared.name !== 'count') {
    const span = measure.expression?.span ?? measure.span;
    context.report(diagnose('boolean-value', { where: `"${declared.name}"` }, span));
    return undefined;
  }
  if (declared.name.startsWith('per_') && !context.binSeconds) {
    context.report(
      diagnose('statistic-not-supported', { name: declared.name, outside: 'timechart' }, measure.span),
    );
    return undefined;
  }
  return declared.compile({ value, argument: measure.argument }, context);
}

function measuredValue(measure: Measure, context: AggregateContext): TypedSql | undefined {
  if (measure.expression) return compileExpression(measure.expression, context);
  if (measure.field === undefined) return undefined;
  return context.field(measure.field) ?? nothing();
}
