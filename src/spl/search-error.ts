import type { Diagnostic } from '../core/diagnostic.ts';

/** A search that cannot be run, or cannot go on, because of what it says: the diagnostics tell why. */
export class SearchError extends Error {
  override readonly name = 'SearchError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ message }) => message).join('\n'));
    this.diagnostics = diagnostics;
  }
}
