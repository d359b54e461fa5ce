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
  private ends = new Uint32Array(1024);
  length = 0;

  push(text: string): void {
    const from = this.end(this.length);
    const most = from + text.length * 3;
    if (most > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(most, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, from);
      this.bytes = larger;
    }
    if (this.length === this.ends.length) {
      const larger = new Uint32Array(this.ends.length * 2);
      larger.set(this.ends);
      this.ends = larger;
    }
    this.ends[this.length] = from + this.bytes.write(text, from);
    this.length += 1;
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

  /** Where the text before ends. */
  private end(index: number): number {
    return index === 0 ? 0 : (this.ends[index - 1] as number);
  }
}
