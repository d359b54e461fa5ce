/** Texts to look at. */
export interface Texts {
  /** The empty text outside of the list. */
  at(index: number): string;
  /** Orders two of them: below 0, 0 or above. Any order, always the same. */
  compare(one: number, other: number): number;
}

/**
 * A list of texts that grows, held as bytes: for a million texts that all differ and that are seldom asked for, half the
 * memory of strings, and nothing for the collector to mark.
 */
export class TextBytes implements Texts {
  private bytes = Buffer.allocUnsafeSlow(1 << 16);
  private view = viewOf(this.bytes);
  private ends = new Uint32Array(1024);
  length = 0;

  push(text: string): void {
    const from = this.end(this.length);
    this.makeRoom(from, text.length * 3);
    this.close(from + this.bytes.write(text, from));
  }

  /** Adds the text of bytes, which have to be UTF-8. */
  pushBytes(source: DataView, start: number, end: number): void {
    const length = end - start;
    const from = this.end(this.length);
    this.makeRoom(from, length);
    const { view } = this;
    const whole = length & ~3;
    for (let at = 0; at < whole; at += 4) view.setInt32(from + at, source.getInt32(start + at));
    for (let at = whole; at < length; at++) view.setUint8(from + at, source.getUint8(start + at));
    this.close(from + length);
  }

  at(index: number): string {
    return index < this.length ? this.bytes.toString('utf8', this.end(index), this.end(index + 1)) : '';
  }

  compare(one: number, other: number): number {
    return this.bytes.compare(
      this.bytes,
      this.end(other),
      this.end(other + 1),
      this.end(one),
      this.end(one + 1),
    );
  }

  /** How many bytes a text of the list has. */
  bytesOf(index: number): number {
    return this.end(index + 1) - this.end(index);
  }

  /** Whether a text of the list is that of the bytes. */
  isSame(index: number, source: DataView, start: number, end: number): boolean {
    const from = this.end(index);
    const length = end - start;
    if (this.end(index + 1) - from !== length) return false;
    const { view } = this;
    const whole = length & ~3;
    for (let at = 0; at < whole; at += 4)
      if (view.getInt32(from + at) !== source.getInt32(start + at)) return false;
    for (let at = whole; at < length; at++)
      if (view.getUint8(from + at) !== source.getUint8(start + at)) return false;
    return true;
  }

  /** Where the text before ends. */
  private end(index: number): number {
    return index === 0 ? 0 : (this.ends[index - 1] as number);
  }

  private makeRoom(from: number, most: number): void {
    if (from + most > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(from + most, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, from);
      this.bytes = larger;
      this.view = viewOf(larger);
    }
    if (this.length === this.ends.length) {
      const larger = new Uint32Array(this.ends.length * 2);
      larger.set(this.ends);
      this.ends = larger;
    }
  }

  private close(end: number): void {
    this.ends[this.length] = end;
    this.length += 1;
  }
}

/** The bytes as numbers of any width. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
