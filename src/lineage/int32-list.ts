/** A list of 32-bit integers that grows: half the memory of an array of numbers, and nothing for the collector to mark. */
export class Int32List {
  private items = new Int32Array(1024);
  length = 0;

  push(value: number): number {
    if (this.length === this.items.length) {
      const larger = new Int32Array(this.items.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length] = value;
    this.length += 1;
    return this.length;
  }

  /** The item, or -1 outside the list. */
  at(index: number): number {
    return this.items[index] ?? -1;
  }

  set(index: number, value: number): void {
    this.items[index] = value;
  }
}
