import type { FaultCode } from './fault.ts';

/**
 * Bytes that cannot be read as what they claim to be. Thrown inside a decoder, where a value in every return type would
 * cost more than it tells, and turned into a `Fault` at the one place that knows where to go on.
 */
export class MalformedBytes extends Error {
  override readonly name = 'MalformedBytes';
  readonly code: FaultCode;
  /** Byte offset in the bytes that the cursor reads. */
  readonly offset: number;

  constructor(code: FaultCode, message: string, offset: number) {
    super(message);
    this.code = code;
    this.offset = offset;
  }
}

/**
 * Reads little-endian numbers, bounds-checked against the end of the bytes. `…At` reads at an offset, the others read at
 * `position` and move it. Reading past the end throws `MalformedBytes` with what was needed and what there was.
 */
export class ByteCursor {
  readonly bytes: Buffer;
  position = 0;
  private readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Throws unless `length` bytes can be read at `offset`. */
  need(offset: number, length: number): void {
    if (offset < 0 || length < 0 || offset + length > this.view.byteLength) this.outOfBounds(offset, length);
  }

  private outOfBounds(offset: number, length: number): never {
    const have = Math.max(0, this.view.byteLength - Math.max(0, offset));
    throw new MalformedBytes('truncated', `${length} bytes needed, ${have} left`, offset);
  }

  u8(): number {
    const at = this.position;
    this.need(at, 1);
    this.position = at + 1;
    return this.view.getUint8(at);
  }

  u16(): number {
    const at = this.position;
    this.need(at, 2);
    this.position = at + 2;
    return this.view.getUint16(at, true);
  }

  u32(): number {
    const at = this.position;
    this.need(at, 4);
    this.position = at + 4;
    return this.view.getUint32(at, true);
  }

  skip(length: number): void {
    this.need(this.position, length);
    this.position += length;
  }

  u8At(offset: number): number {
    this.need(offset, 1);
    return this.view.getUint8(offset);
  }

  u16At(offset: number): number {
    this.need(offset, 2);
    return this.view.getUint16(offset, true);
  }

  u32At(offset: number): number {
    this.need(offset, 4);
    return this.view.getUint32(offset, true);
  }

  u64At(offset: number): bigint {
    this.need(offset, 8);
    return this.view.getBigUint64(offset, true);
  }

  i64At(offset: number): bigint {
    this.need(offset, 8);
    return this.view.getBigInt64(offset, true);
  }

  f32At(offset: number): number {
    this.need(offset, 4);
    return this.view.getFloat32(offset, true);
  }

  f64At(offset: number): number {
    this.need(offset, 8);
    return this.view.getFloat64(offset, true);
  }
}
