/**
 * What went wrong with one piece of data. In the data path errors are values: a reader yields a `Fault` for what it
 * could not read and goes on with the next record.
 */
export interface Fault {
  readonly kind: 'fault';
  readonly code: FaultCode;
  /** What was found, what was expected, and, where there is something to do, what to try. */
  readonly message: string;
  /** Byte offset of the bad piece in the stream that was read (the unpacked file, for an archive's member). */
  readonly offset: number;
  /** Bytes that the fault covers, where known. */
  readonly length?: number;
}

export type FaultCode =
  | 'truncated'
  | 'bad-signature'
  | 'bad-checksum'
  | 'bad-structure'
  | 'bad-value'
  | 'bad-encoding'
  | 'bad-syntax'
  | 'too-long'
  | 'too-deep'
  | 'too-large'
  | 'forbidden'
  | 'unsupported'
  | 'unreadable'
  | 'empty'
  | 'no-time';

/** Makes a fault. `offset` and `length` are bytes. */
export function fault(code: FaultCode, message: string, offset: number, length?: number): Fault {
  return length === undefined
    ? { kind: 'fault', code, message, offset }
    : { kind: 'fault', code, message, offset, length };
}
