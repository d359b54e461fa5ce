import { StoreError, type StoreErrorCode } from '../store.ts';

interface WireFailure {
  readonly code: StoreErrorCode | null;
  readonly message: string;
  readonly hint?: string;
}

/** An error as bytes; one that is no StoreError keeps only its message. */
export function toWireFailure(error: unknown): Buffer {
  const failure: WireFailure =
    error instanceof StoreError
      ? {
          code: error.code,
          message: error.message,
          ...(error.hint !== undefined && { hint: error.hint }),
        }
      : { code: null, message: error instanceof Error ? error.message : String(error) };
  return Buffer.from(JSON.stringify(failure));
}

export function fromWireFailure(bytes: Uint8Array): Error {
  const { code, message, hint } = JSON.parse(Buffer.from(bytes).toString('utf8')) as WireFailure;
  return code === null ? new Error(message) : new StoreError(code, message, hint);
}
