/** A half-open range of UTF-16 units in the text that a diagnostic speaks of. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Severity = 'error' | 'warning' | 'note';

/**
 * A message about what a person wrote. The codes and their texts live in a catalogue of the stage that finds the fault
 * (`src/spl/diagnostics.ts`); tests assert codes and spans, people read `message` and `hint`.
 */
export interface Diagnostic<Code extends string = string> {
  readonly code: Code;
  readonly severity: Severity;
  /** What its catalogue words it with: plain JSON, as the catalogue has it for the code. */
  readonly parameters: object;
  /** What was found and what was expected. */
  readonly message: string;
  /** What to try. */
  readonly hint?: string;
  readonly span?: Span;
}
