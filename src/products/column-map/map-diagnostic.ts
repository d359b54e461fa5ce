import type { Diagnostic, Severity, Span } from '../../core/diagnostic.ts';
import { eventClasses } from '../../events/event-class.ts';

/** Everything that can be wrong with a column mapping: each code with its parameters. */
export interface MapDiagnosticParameters {
  'not-json': { readonly reason: string };
  'too-large': { readonly limit: number };
  'not-an-object': { readonly where: string };
  'missing-member': { readonly name: string; readonly example: string };
  'unknown-member': { readonly name: string; readonly known: readonly string[] };
  'not-a-text': { readonly where: string };
  'unknown-class': { readonly text: string };
  'unknown-format': { readonly text: string };
  'unknown-zone': { readonly text: string };
  'reserved-field': { readonly name: string };
  'unknown-field': { readonly name: string; readonly nearest: string | undefined };
}

export type MapDiagnosticCode = keyof MapDiagnosticParameters;

interface Entry<Parameters> {
  readonly severity: Severity;
  message(parameters: Parameters): string;
  hint(parameters: Parameters): string;
}

const catalogue: { readonly [Code in MapDiagnosticCode]: Entry<MapDiagnosticParameters[Code]> } = {
  'not-json': {
    severity: 'error',
    message: ({ reason }) => `the mapping is not JSON: ${reason}`,
    hint: () =>
      'names and texts stand in double quotation marks; no comma before a closing brace; no comments',
  },
  'too-large': {
    severity: 'error',
    message: ({ limit }) => `the mapping is longer than ${limit} characters`,
    hint: () => 'is this the log itself? --map takes the file that says what its columns mean',
  },
  'not-an-object': {
    severity: 'error',
    message: ({ where }) => `${where} is not an object`,
    hint: () => 'expected { "name": …, … }',
  },
  'missing-member': {
    severity: 'error',
    message: ({ name }) => `${name} is missing`,
    hint: ({ example }) => `for example ${example}`,
  },
  'unknown-member': {
    severity: 'error',
    message: ({ name }) => `${name} is not known here`,
    hint: ({ known }) => `known are ${known.join(', ')}`,
  },
  'not-a-text': {
    severity: 'error',
    message: ({ where }) => `${where} is not a text`,
    hint: () => 'the name of a column, in quotation marks',
  },
  'unknown-class': {
    severity: 'error',
    message: ({ text }) => `${text} is no class of events`,
    hint: () => `classes are ${eventClasses.join(', ')}`,
  },
  'unknown-format': {
    severity: 'error',
    message: ({ text }) => `${text} is no format of times`,
    hint: () =>
      'iso, epoch, or a pattern such as "DD.MM.YYYY HH:mm:ss" with year, month, day, hour and minute in it',
  },
  'unknown-zone': {
    severity: 'error',
    message: ({ text }) => `${text} is no time zone`,
    hint: () => 'UTC, +09:00, or a name such as Asia/Tokyo',
  },
  'reserved-field': {
    severity: 'error',
    message: ({ name }) => `${name} cannot be set by "fields" or "constants"`,
    hint: () => 'time, host, class and name have members of their own; source and index come from the ingest',
  },
  'unknown-field': {
    severity: 'warning',
    message: ({ name }) => `${name} is none of the fields that trees, evidence and verdicts read`,
    hint: ({ nearest }) =>
      nearest === undefined ? 'it is kept under that name and can be searched' : `is ${nearest} meant?`,
  },
};

/** Makes a diagnostic of the catalogue. The span is of the mapping's text. */
export function mapDiagnostic<Code extends MapDiagnosticCode>(
  code: Code,
  parameters: MapDiagnosticParameters[Code],
  span: Span,
): Diagnostic<Code> {
  const entry: Entry<MapDiagnosticParameters[Code]> = catalogue[code];
  return {
    code,
    severity: entry.severity,
    parameters,
    message: entry.message(parameters),
    hint: entry.hint(parameters),
    span,
  };
}
