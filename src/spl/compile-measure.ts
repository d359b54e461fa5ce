import type { AggregateContext, CompiledAggregate } from './compile-context.ts';
import type { Measure } from './plan.ts';

/** A statistic as SQL; undefined, and a diagnostic, where it cannot be. Its field must be a name, not a pattern. */
export function compileMeasure(_measure: Measure, _context: AggregateContext): CompiledAggregate | undefined {
  throw new Error('not written yet');
}
