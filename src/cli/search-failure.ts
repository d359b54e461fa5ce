import { renderDiagnostic } from '../spl/render-diagnostic.ts';
import type { SearchError } from '../spl/search-error.ts';
import { CommandFailure } from './command-failure.ts';

/** Faults of a search as a failure of the command, each with the place that it speaks of. */
export function searchFailure(error: SearchError, text: string): CommandFailure {
  return new CommandFailure(
    error.diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, text)).join('\n'),
  );
}
