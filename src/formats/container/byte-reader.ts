import type { ByteSource } from '../format.ts';

/** Takes a stream by pieces of a wanted size. */
export class ByteReader {
  /** Bytes taken so far. */
  offset = 0;
  private readonly iterator: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(source: ByteSource) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  /** The next `size` bytes; fewer where the stream ends. */
  async take(size: number): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.stream(size)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** The next bytes, no more than `most`; none where the stream has ended. */
  async some(most: number): Promise<Uint8Array> {
    while (this.rest.length === 0) {
      const next = await this.iterator.next();
      if (next.done) return this.rest;
      this.rest = next.value;
    }
    const piece = this.rest.subarray(0, most);
    this.rest = this.rest.subarray(piece.length);
    this.offset += piece.length;
    return piece;
  }

  /** Gives back the end of what was taken last. */
  giveBack(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.rest = this.rest.length === 0 ? bytes : Buffer.concat([bytes, this.rest]);
    this.offset -= bytes.length;
  }

  /** The next `size` bytes as they come. */
  async *stream(size: number): AsyncGenerator<Uint8Array> {
    for (let left = size; left > 0; ) {
      const piece = await this.some(left);
      if (piece.length === 0) return;
      left -= piece.length;
      yield piece;
    }
  }

  async close(): Promise<void> {
    await this.iterator.return?.();
  }
}
