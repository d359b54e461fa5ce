import type { ProcessTable } from './process-table.ts';

/** The processes that bore each process id, in the order of their first moments. */
export class Holders {
  readonly lists: number[][] = [];
  private readonly slotOfPid = new Map<number, number>();

  constructor(table: ProcessTable) {
    for (let process = 0; process < table.size; process++) {
      const pid = table.pid[process] as number;
      if (pid >= 0) (this.lists[this.slot(pid)] as number[]).push(process);
    }
    for (const list of this.lists) sortByFirst(table, list);
  }

  /** The number of the list of a process id, which is made where there is none. */
  slot(pid: number): number {
    let slot = this.slotOfPid.get(pid);
    if (slot === undefined) {
      slot = this.lists.length;
      this.slotOfPid.set(pid, slot);
      this.lists.push([]);
    }
    return slot;
  }
}

function sortByFirst({ first }: ProcessTable, list: number[]): void {
  for (let at = 1; at < list.length; at++) {
    if ((first[list[at - 1] as number] as number) > (first[list[at] as number] as number)) {
      list.sort((one, other) => (first[one] as number) - (first[other] as number) || one - other);
      return;
    }
  }
}

/** How many of a list in order of first moments began up to a moment. */
export function begunUpTo({ first }: ProcessTable, list: readonly number[], moment: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((first[list[middle] as number] as number) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Goes through the holders of one process id in time, while others are found and put in their place. `seen` has those that
 * began up to `horizon` after the moment at hand.
 */
export class HolderSweep {
  readonly seen: number[] = [];
  private next = 0;
  private readonly table: ProcessTable;
  private readonly list: readonly number[];
  private readonly horizon: number;

  constructor(table: ProcessTable, list: readonly number[], horizon: number) {
    this.table = table;
    this.list = list;
    this.horizon = horizon;
  }

  /** Goes on to a moment; moments never go back. */
  advance(moment: number): void {
    const { first } = this.table;
    while (this.next < this.list.length) {
      const process = this.list[this.next] as number;
      if ((first[process] as number) > moment + this.horizon) return;
      this.insert(process);
      this.next++;
    }
  }

  /** The first holder after the horizon. */
  get following(): number | undefined {
    return this.list[this.next];
  }

  insert(process: number): void {
    const { first } = this.table;
    const moment = first[process] as number;
    let place = this.seen.length;
    while (place > 0 && (first[this.seen[place - 1] as number] as number) > moment) place--;
    if (place === this.seen.length) this.seen.push(process);
    else this.seen.splice(place, 0, process);
  }

  /** All holders, those that were put in place included. */
  finish(): number[] {
    while (this.next < this.list.length) this.insert(this.list[this.next++] as number);
    return this.seen;
  }
}
