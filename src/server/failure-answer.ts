import type { Diagnostic } from '../core/diagnostic.ts';
import { ExportError } from '../export/export-error.ts';
import { SearchError } from '../spl/search-error.ts';
import { StoreError, type StoreErrorCode } from '../store/store.ts';
import { ApiFailure, type FailureStatus } from './api-failure.ts';
import type { DiagnosticMessage, Failure } from './contracts/error.ts';

/** Statuses for failures of the store. */
const storeStatus: Readonly<Record<StoreErrorCode, FailureStatus>> = {
  'store-locked': 503,
  'store-newer': 500,
  'store-unreadable': 500,
  'store-full': 507,
  'query-timeout': 422,
  'query-memory': 422,
  'query-cancelled': 409,
  'query-failed': 500,
};

export function diagnosticMessage({
  code,
  severity,
  parameters,
  message,
  hint,
  span,
}: Diagnostic): DiagnosticMessage {
  return {
    code,
    severity,
    message,
    hint: hint ?? null,
    parameters: bounded(parameters) as Record<string, unknown>,
    from: span?.start ?? null,
    to: span?.end ?? null,
  };
}

/** Longest text, and most members of a list, that an answer has in the parameters of a message. */
const longestParameter = 1_000;
const mostMembers = 100;

/** The same data with long texts and lists cut: a text may be as long as the search. */
function bounded(value: unknown): unknown {
  if (typeof value === 'string')
    return value.length > longestParameter ? `${value.slice(0, longestParameter)}…` : value;
  if (Array.isArray(value)) return value.slice(0, mostMembers).map(bounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, bounded(each)]));
}

/** What is said of an error: the answer of a request, and the end of a search. Bugs are not told in words. */
export function failureOf(error: unknown): { readonly status: FailureStatus; readonly failure: Failure } {
  if (error instanceof ApiFailure) {
    const { status, code, message, hint, values, diagnostics } = error;
    return {
      status,
      failure: {
        error: {
          code,
          message,
          ...(hint !== undefined && { hint }),
          ...(values && { values: { ...values } }),
          ...(diagnostics && { diagnostics: diagnostics.map(diagnosticMessage) }),
        },
      },
    };
  }
  if (error instanceof SearchError) {
    const diagnostics = error.diagnostics.map(diagnosticMessage);
    const [first] = diagnostics.filter(({ severity }) => severity === 'error');
    const hint = first?.hint ?? undefined;
    return {
      status: 400,
      failure: {
        error: {
          code: 'search-faulty',
          message: first?.message ?? error.message,
          ...(hint !== undefined && { hint }),
          diagnostics,
        },
      },
    };
  }
  if (error instanceof StoreError) {
    const { code, message, hint } = error;
    return {
      status: storeStatus[code],
      failure: { error: { code, message, ...(hint !== undefined && { hint }), values: { detail: message } } },
    };
  }
  if (error instanceof ExportError) {
    const { message, hint } = error;
    const values = { detail: message };
    return {
      status: 500,
      failure: { error: { code: 'export-failed', message, ...(hint !== undefined && { hint }), values } },
    };
  }
  return {
    status: 500,
    failure: {
      error: { code: 'internal', message: 'The server met a fault of its own; its log says more.' },
    },
  };
}

/** Whether an error is none of those that requests are refused with. */
export function isBug(error: unknown): boolean {
  return ![ApiFailure, SearchError, StoreError, ExportError].some((known) => error instanceof known);
}
