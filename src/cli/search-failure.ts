import { renderDiagnostic } from '../spl/render-diagnostic.ts';
import type { SearchError } from '../spl/search-error.ts';
import { countOf } from '../views/quantity-text.ts';
import { CommandFailure } from './command-failure.ts';

/** Later faults mostly follow from the first ones. */
const shownFaults = 10;

/** Faults of a search as a failure of the command, each with the place that it speaks of. */
export function searchFailure(error: SearchError, text: string): CommandFailure {
  const { diagnostics } = error;
  const parts = diagnostics.slice(0, shownFaults).map((diagnostic) => renderDiagnostic(diagnostic, text));
  const others = diagnostics.length - parts.length;
  if (others > 0) parts.push(`… and ${countOf(others, 'more error')}.`);
  return new CommandFailure(parts.join('\n'));
}
