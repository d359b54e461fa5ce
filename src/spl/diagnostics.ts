import type { Diagnostic, Span } from '../core/diagnostic.ts';
import {
  type DiagnosticCode,
  type DiagnosticEntry,
  type DiagnosticParameters,
  diagnosticCatalogue,
} from './diagnostic-catalogue.ts';

/** Makes a diagnostic of the catalogue. The span is of the search text. */
export function diagnose<Code extends DiagnosticCode>(
  code: Code,
  parameters: DiagnosticParameters[Code],
  span: Span,
): Diagnostic<Code> {
  const entry: DiagnosticEntry<DiagnosticParameters[Code]> = diagnosticCatalogue[code];
  const base = { code, severity: entry.severity, parameters, message: entry.message(parameters), span };
  const hint = entry.hint?.(parameters);
  return hint === undefined ? base : { ...base, hint };
}

/** True where a diagnostic keeps the search from running. */
export function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'error';
}
