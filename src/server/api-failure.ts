import type { Diagnostic } from '../core/diagnostic.ts';

/** Statuses that a request can fail with. */
export type FailureStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 421 | 422 | 429 | 500 | 503 | 507;

/** A request that is refused: it becomes the answer. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly status: FailureStatus;
  readonly code: string;
  readonly hint: string | undefined;
  readonly diagnostics: readonly Diagnostic[] | undefined;

  constructor(
    status: FailureStatus,
    code: string,
    message: string,
    more: { readonly hint?: string; readonly diagnostics?: readonly Diagnostic[] } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = more.hint;
    this.diagnostics = more.diagnostics;
  }
}
