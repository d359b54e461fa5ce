import type { Diagnostic, Severity, Span } from '../core/diagnostic.ts';
import type { RegexComplaint } from '../core/regex-complaint.ts';
import { describePstreeLoss, type PstreeLoss } from '../lineage/pstree-loss.ts';

/** What can be said about a search while it is compiled for a store and run: each code with its parameters. */
export interface RunDiagnosticParameters {
  'sort-limit': { readonly limit: number };
  'list-limit': { readonly limit: number };
  'too-many-columns': { readonly limit: number };
  'too-many-bins': { readonly limit: number };
  'too-many-cells': { readonly limit: number };
  'field-in-no-row': { readonly command: string; readonly field: string };
  'pstree-loss': PstreeLoss;
  'parents-outside': { readonly parents: number; readonly children: number };
  /** `example`: a process id or GUID that a row of the host names. */
  'processes-not-found': { readonly rows: number; readonly example: string; readonly host: string };
  'rows-without-process': { readonly command: string; readonly rows: number };
  'rows-without-host': { readonly command: string; readonly rows: number };
  /** `hosts`: those that the name may mean. */
  'host-not-found': { readonly host: string; readonly hosts: readonly string[] };
  'no-connection-reader': Readonly<Record<string, never>>;
  'reset-needs-result': { readonly field: string };
  'bins-need-numbers': { readonly field: string };
  'unknown-snap': { readonly snap: string };
  'regex-stopped': { readonly message: RegexComplaint };
}

export type RunDiagnosticCode = keyof RunDiagnosticParameters;

interface Entry<Parameters> {
  readonly severity: Severity;
  readonly message: (parameters: Parameters) => string;
  readonly hint?: (parameters: Parameters) => string;
}

const catalogue: { readonly [Code in RunDiagnosticCode]: Entry<RunDiagnosticParameters[Code]> } = {
  'sort-limit': {
    severity: 'warning',
    message: ({ limit }) => `sort kept the first ${limit} rows; there were more.`,
    hint: () => 'Write sort 0 … to keep all rows.',
  },
  'list-limit': {
    severity: 'warning',
    message: ({ limit }) => `list() kept the first ${limit} values of a group; there were more.`,
    hint: () => 'values() has no such limit.',
  },
  'too-many-columns': {
    severity: 'warning',
    message: ({ limit }) => `The values would make more than ${limit} columns; the first ${limit} were kept.`,
  },
  'too-many-bins': {
    severity: 'error',
    message: ({ limit }) => `The span would make more than ${limit} bins.`,
    hint: () => 'Take a longer span or a shorter time range.',
  },
  'too-many-cells': {
    severity: 'error',
    message: ({ limit }) => `The chart would have more than ${limit} cells.`,
    hint: () => 'Use stats, which gives one row for each combination and has no such limit.',
  },
  'field-in-no-row': {
    severity: 'warning',
    message: ({ command, field }) => `No row has the field "${field}" that ${command} reads.`,
    hint: () => 'Check its spelling; names of fields are case-sensitive.',
  },
  'pstree-loss': { severity: 'warning', message: describePstreeLoss },
  'parents-outside': {
    severity: 'warning',
    message: ({ parents, children }) =>
      `${counted(children, 'process has', 'processes have')} a parent whose start is not among the rows: ${counted(parents, 'such parent is', 'such parents are')} drawn from what other events say.`,
    hint: () => 'Take a longer time range, or use ancestors, which reads the store beyond it.',
  },
  'processes-not-found': {
    severity: 'warning',
    message: ({ rows, example, host }) =>
      `${counted(rows, 'row names', 'rows name')} a process that no start or end in the store is of, for example ${example} on ${host}.`,
  },
  'rows-without-process': {
    severity: 'warning',
    message: ({ command, rows }) =>
      `${command} passed over ${counted(rows, 'row that names', 'rows that name')} no process.`,
    hint: () => 'A row needs a host and a process id or a GUID; the options name the fields.',
  },
  'rows-without-host': {
    severity: 'warning',
    message: ({ command, rows }) =>
      `${command} passed over ${counted(rows, 'row that names', 'rows that name')} no host.`,
    hint: () => 'A row needs the field host, or it is the record of a proxy with its fields.',
  },
  'host-not-found': {
    severity: 'warning',
    message: ({ host, hosts }) =>
      hosts.length === 0
        ? `No connection is of a host "${host}", and no row names one.`
        : `"${host}" may be ${hosts.slice(0, 5).join(' or ')}${hosts.length > 5 ? ' or others' : ''}.`,
    hint: () => 'Give the whole name of the host.',
  },
  'no-connection-reader': {
    severity: 'error',
    message: () => 'Connections cannot be read here.',
  },
  'reset-needs-result': {
    severity: 'error',
    message: ({ field }) =>
      `A reset condition that reads "${field}", which streamstats itself makes, is not supported yet.`,
  },
  'bins-need-numbers': {
    severity: 'warning',
    message: ({ field }) => `"${field}" has no numbers, so it was not binned.`,
  },
  'unknown-snap': {
    severity: 'error',
    message: ({ snap }) => `The span cannot begin at "@${snap}".`,
    hint: () =>
      'Use the unit of the span, as in 4h@h, a weekday for weeks, as in 1w@w1, and an offset, as in 1d@d+6h.',
  },
  'regex-stopped': {
    severity: 'error',
    message: ({ message }) => message,
    hint: () => 'Avoid nested repetitions such as (a+)+.',
  },
};

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A diagnostic of this catalogue. */
export function runDiagnostic<Code extends RunDiagnosticCode>(
  code: Code,
  parameters: RunDiagnosticParameters[Code],
  span: Span,
): Diagnostic<Code> {
  const { severity, message, hint } = catalogue[code];
  return {
    code,
    severity,
    parameters,
    message: message(parameters),
    ...(hint && { hint: hint(parameters) }),
    span,
  };
}
