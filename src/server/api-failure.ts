import type { Diagnostic } from '../core/diagnostic.ts';
import type { FailureCode, FailureValues } from './contracts/failure-code.ts';

/** Statuses that a request can fail with. */
export type FailureStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 421 | 422 | 429 | 500 | 503 | 507;

/** A request that is refused: it becomes the answer. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly status: FailureStatus;
  readonly code: FailureCode;
  readonly hint: string | undefined;
  readonly values: FailureValues | undefined;
  readonly diagnostics: readonly Diagnostic[] | undefined;

  constructor(
    status: FailureStatus,
    code: FailureCode,
    message: string,
    more: {
      readonly hint?: string;
      readonly values?: FailureValues;
      readonly diagnostics?: readonly Diagnostic[];
    } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = more.hint;
    this.values = more.values;
    this.diagnostics = more.diagnostics;
  }
}
