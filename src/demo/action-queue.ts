import type { CaseTime } from './case-time.ts';

interface Entry {
  readonly time: CaseTime;
  readonly order: number;
  readonly action: () => void;
}

function before(one: Entry, other: Entry): boolean {
  return one.time < other.time || (one.time === other.time && one.order < other.order);
}

/** What is still to happen on a host: a binary heap by time, and by order of entry within one time. */
export class ActionQueue {
  private readonly heap: Entry[] = [];
  private entered = 0;

  get nextTime(): CaseTime | undefined {
    return this.heap[0]?.time;
  }

  add(time: CaseTime, action: () => void): void {
    const entry = { time, order: this.entered, action };
    this.entered += 1;
    let at = this.heap.push(entry) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const above = this.heap[up] as Entry;
      if (!before(entry, above)) break;
      this.heap[at] = above;
      at = up;
    }
    this.heap[at] = entry;
  }

  /** Takes the earliest action off; undefined where there is none. */
  take(): Entry | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    let at = 0;
    for (;;) {
      let down = at * 2 + 1;
      const left = this.heap[down];
      if (left === undefined) break;
      const right = this.heap[down + 1];
      if (right !== undefined && before(right, left)) down += 1;
      const below = this.heap[down] as Entry;
      if (!before(below, last)) break;
      this.heap[at] = below;
      at = down;
    }
    this.heap[at] = last;
    return first;
  }
}
