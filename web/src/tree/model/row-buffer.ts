import { valueAt } from './tree-columns.ts';

export const rowKinds = { process: 0, closedGroup: 1, openGroup: 2, section: 3 } as const;

/**
 * The rows that are shown, as parallel arrays. A group stands for alike siblings; opened, its members follow one level
 * below it. A section is the line above the roots that were not asked for.
 */
export interface RowArrays {
  readonly length: number;
  readonly kind: Uint8Array;
  /** Position of the process; of a group, its first member. */
  readonly position: Int32Array;
  /** Row of the parent, or of the group; -1 for a root. */
  readonly parent: Int32Array;
  /** 0 for a root. */
  readonly depth: Int32Array;
  /** From 1. */
  readonly placeInSet: Int32Array;
  readonly setSize: Int32Array;
  /** Members of a group, else 1. */
  readonly count: Int32Array;
  /** 1 where a process or group has rows below it, open or not. */
  readonly expandable: Uint8Array;
  /** 1 where those rows are shown. */
  readonly expanded: Uint8Array;
}

/** Rows as they are made; grows by doubling. */
export class RowBuffer {
  private kind = new Uint8Array(1024);
  private position = new Int32Array(1024);
  private parent = new Int32Array(1024);
  private depth = new Int32Array(1024);
  private placeInSet = new Int32Array(1024);
  private setSize = new Int32Array(1024);
  private count = new Int32Array(1024);
  private expandable = new Uint8Array(1024);
  private expanded = new Uint8Array(1024);
  length = 0;

  /** Returns the number of the row. */
  add(kind: number, position: number, parent: number, depth: number, place: number, size: number): number {
    if (this.length === this.kind.length) this.grow();
    const row = this.length;
    this.length += 1;
    this.kind[row] = kind;
    this.position[row] = position;
    this.parent[row] = parent;
    this.depth[row] = depth;
    this.placeInSet[row] = place;
    this.setSize[row] = size;
    this.count[row] = 1;
    return row;
  }

  setCount(row: number, count: number): void {
    this.count[row] = count;
  }

  setExpandable(row: number, expanded: boolean): void {
    this.expandable[row] = 1;
    this.expanded[row] = expanded ? 1 : 0;
  }

  arrays(): RowArrays {
    const { length } = this;
    return {
      length,
      kind: this.kind.subarray(0, length),
      position: this.position.subarray(0, length),
      parent: this.parent.subarray(0, length),
      depth: this.depth.subarray(0, length),
      placeInSet: this.placeInSet.subarray(0, length),
      setSize: this.setSize.subarray(0, length),
      count: this.count.subarray(0, length),
      expandable: this.expandable.subarray(0, length),
      expanded: this.expanded.subarray(0, length),
    };
  }

  private grow(): void {
    this.kind = grownBytes(this.kind);
    this.position = grownNumbers(this.position);
    this.parent = grownNumbers(this.parent);
    this.depth = grownNumbers(this.depth);
    this.placeInSet = grownNumbers(this.placeInSet);
    this.setSize = grownNumbers(this.setSize);
    this.count = grownNumbers(this.count);
    this.expandable = grownBytes(this.expandable);
    this.expanded = grownBytes(this.expanded);
  }
}

function grownBytes(array: Uint8Array): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(array.length * 2);
  grown.set(array);
  return grown;
}

function grownNumbers(array: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(array.length * 2);
  grown.set(array);
  return grown;
}

/** Whether the row is the last of its siblings. */
export function isLast(rows: RowArrays, row: number): boolean {
  return valueAt(rows.placeInSet, row) === valueAt(rows.setSize, row);
}
