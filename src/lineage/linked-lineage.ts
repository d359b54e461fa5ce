import type { Ticks } from '../core/ticks.ts';
import { accountOf, disagreementsOf, earlierImagesOf } from './disagreements.ts';
import {
  GRADE_AMBIGUOUS,
  GRADE_CLAIMED,
  GRADE_EXACT,
  GRADE_NONE,
  GRADE_PROBABLE,
  type LinkContext,
} from './link-context.ts';
import { eventReference, kindNumbers, type TextColumn } from './observation.ts';
import type {
  Candidate,
  EventReference,
  Grade,
  Lineage,
  ParentEdge,
  Process,
  ProcessOutline,
  Reason,
} from './process.ts';
import { CLAIMED, FROM_EVENT, FROM_GUID, FROM_NOTHING, NONE, STARTED } from './process-table.ts';
import { type ReasonMask, reasonBits, reasonsOf, sideOf } from './reason-bits.ts';
import { NO_TEXT } from './string-pool.ts';

const grades: Readonly<Record<number, Grade>> = {
  [GRADE_NONE]: 'none',
  [GRADE_CLAIMED]: 'claimed',
  [GRADE_AMBIGUOUS]: 'ambiguous',
  [GRADE_PROBABLE]: 'probable',
  [GRADE_EXACT]: 'exact',
};

/** The lineage over the columns in which it was found; processes and edges are made when they are asked for. */
export class LinkedLineage implements Lineage {
  readonly host: string;
  readonly size: number;
  readonly roots: readonly number[];
  private readonly context: LinkContext;
  /** By index: the number of the process in the table; and back. */
  private readonly numbers: Int32Array;
  private readonly indexes: Int32Array;
  private readonly childOffsets: Int32Array;
  private readonly childItems: Int32Array;
  private byId: Map<string, number> | undefined;

  constructor(context: LinkContext) {
    const { table, observations } = context;
    this.context = context;
    this.host = observations.host;
    this.size = table.size;
    this.numbers = numbersInOrder(context);
    this.indexes = new Int32Array(this.size);
    for (let index = 0; index < this.size; index++) this.indexes[this.numbers[index] as number] = index;
    this.childOffsets = new Int32Array(this.size + 1);
    const roots: number[] = [];
    for (let index = 0; index < this.size; index++) {
      const parent = this.parent(index);
      if (parent < 0) roots.push(index);
      else this.childOffsets[parent + 1] = (this.childOffsets[parent + 1] as number) + 1;
    }
    this.roots = roots;
    for (let index = 0; index < this.size; index++)
      this.childOffsets[index + 1] =
        (this.childOffsets[index + 1] as number) + (this.childOffsets[index] as number);
    this.childItems = new Int32Array(this.childOffsets[this.size] as number);
    const next = this.childOffsets.slice();
    for (let index = 0; index < this.size; index++) {
      const parent = this.parent(index);
      if (parent < 0) continue;
      const place = next[parent] as number;
      this.childItems[place] = index;
      next[parent] = place + 1;
    }
  }

  grade(index: number): Grade {
    return grades[this.context.table.grade[this.number(index)] as number] ?? 'none';
  }

  parent(index: number): number {
    const parent = this.context.table.parent[this.number(index)] as number;
    return parent === NONE ? -1 : (this.indexes[parent] as number);
  }

  children(index: number): readonly number[] {
    this.number(index);
    return Array.from(
      this.childItems.subarray(this.childOffsets[index] as number, this.childOffsets[index + 1] as number),
    );
  }

  find(id: string): number | undefined {
    if (this.byId === undefined) {
      this.byId = new Map();
      for (let index = 0; index < this.size; index++) this.byId.set(this.id(index), index);
    }
    return this.byId.get(id);
  }

  process(index: number): Process {
    const process = this.number(index);
    const { table } = this.context;
    const pid = table.pid[process] as number;
    return {
      id: this.id(index),
      host: this.host,
      pid: pid < 0 ? undefined : pid,
      guid: this.text(table.guid, process),
      otherGuids: this.otherGuids(process),
      ...this.times(process),
      image: this.text(table.image, process),
      earlierImages: earlierImagesOf(this.context, process),
      commandLine: this.text(table.commandLine, process),
      user: accountOf(this.context, process),
      logonId: this.text(table.logonId, process),
      integrityLevel: this.firstText(process, 'integrityLevel'),
      basis: this.basis(process),
      seenBy: this.events(process),
      disagreements: disagreementsOf(this.context, process),
    };
  }

  outline(index: number): ProcessOutline {
    const process = this.number(index);
    const { table, candidates } = this.context;
    const pid = table.pid[process] as number;
    const { start, startFrom, end } = this.times(process);
    const several = candidates.get(process)?.length;
    return {
      pid: pid < 0 ? undefined : pid,
      guid: this.text(table.guid, process),
      otherGuids: this.otherGuids(process),
      start,
      startFrom,
      end,
      image: this.text(table.image, process),
      earlierImages: earlierImagesOf(this.context, process),
      commandLine: this.text(table.commandLine, process),
      user: accountOf(this.context, process),
      basis: this.basis(process),
      disagreements: disagreementsOf(this.context, process).length,
      candidates: several ?? (table.grade[process] === GRADE_AMBIGUOUS ? 1 : 0),
      sensorsDisagree: ((table.reasons[process] as number) & reasonBits['sensors-disagree']) !== 0,
    };
  }

  edge(index: number): ParentEdge {
    const child = this.number(index);
    const { table, candidates: several } = this.context;
    const parent = this.parent(index);
    const mask = table.reasons[child] as number;
    const grade = this.grade(index);
    const found =
      several.get(child) ??
      (grade === 'ambiguous' ? [{ process: table.parent[child] as number, reasons: mask }] : []);
    const candidates = found.map(
      ({ process, reasons }): Candidate => ({
        process: this.indexes[process] as number,
        for: this.reasons(sideOf(reasons, 'for'), child, process),
        against: this.reasons(sideOf(reasons, 'against'), child, process),
      }),
    );
    return {
      grade,
      parent: parent < 0 ? undefined : parent,
      reasons: this.reasons(mask, child, table.parent[child] as number),
      candidates,
    };
  }

  private basis(process: number): Process['basis'] {
    const basis = this.context.table.basis[process];
    return basis === STARTED ? 'started' : basis === CLAIMED ? 'claimed' : 'seen';
  }

  private number(index: number): number {
    const process = this.numbers[index];
    if (process === undefined) throw new RangeError(`no process ${index} in a lineage of ${this.size}`);
    return process;
  }

  private otherGuids(process: number): readonly string[] {
    const { table, observations, otherGuids } = this.context;
    const others = otherGuids.get(table.guid[process] as number) ?? [];
    return others.flatMap((guid) => observations.texts.text(guid) ?? []);
  }

  private id(index: number): string {
    const process = this.number(index);
    const { table } = this.context;
    const pid = table.pid[process] as number;
    const guid = this.text(table.guid, process);
    if (guid !== undefined) {
      const alone = this.context.ofGuid[table.guid[process] as number] === process;
      return alone && table.nextOfGuid[process] === NONE
        ? `${this.host}|${guid}`
        : `${this.host}|${guid}|${pid}`;
    }
    const moment = this.firstTold(process);
    const word =
      table.basis[process] === STARTED ? '' : table.basis[process] === CLAIMED ? 'claimed|' : 'seen|';
    const id = `${this.host}|${pid < 0 ? '' : pid}|${word}${moment ?? ''}`;
    const before = this.alikeBefore(index, process);
    return before > 0 ? `${id}|${before + 1}` : id;
  }

  private firstTold(process: number): Ticks | undefined {
    const { start, seenSince } = this.moments(process);
    return start ?? seenSince;
  }

  /** How many processes before it in the order have the same process id and moment: several with one id in one tick. */
  private alikeBefore(index: number, process: number): number {
    const { table, acrossSensors } = this.context;
    let alike = 0;
    for (let before = index - 1; before >= 0; before--) {
      const other = this.numbers[before] as number;
      // Moments by which they are in order may lie before those that events tell, by no more than this.
      const apart = (table.first[process] as number) - (table.first[other] as number);
      if (!(apart <= acrossSensors)) break;
      if (
        table.pid[other] === table.pid[process] &&
        table.guid[other] === NO_TEXT &&
        table.basis[other] === table.basis[process] &&
        this.firstTold(other) === this.firstTold(process)
      )
        alike++;
    }
    return alike;
  }

  private text(column: Int32Array, process: number): string | undefined {
    return this.context.observations.texts.text(column[process] as number);
  }

  private firstText(process: number, column: TextColumn): string | undefined {
    const { table, observations } = this.context;
    for (
      let at = table.firstObservation[process] as number;
      at !== NONE;
      at = table.nextObservation[at] as number
    ) {
      const text = observations.texts.text(observations[column][at] as number);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** Times as the events tell them, not as clocks were set right for comparing. */
  private moments(process: number): {
    readonly start: Ticks | undefined;
    readonly end: Ticks | undefined;
    readonly seenSince: Ticks | undefined;
  } {
    const { table, observations, times } = this.context;
    let start: Ticks | undefined;
    let end: Ticks | undefined;
    let seenSince: Ticks | undefined;
    for (
      let at = table.firstObservation[process] as number;
      at !== NONE;
      at = table.nextObservation[at] as number
    ) {
      const time = observations.time[at] as bigint;
      if (seenSince === undefined || time < seenSince) seenSince = time;
      const relative = times.at[at] as number;
      if (observations.kind[at] === kindNumbers.start && relative === table.start[process]) start ??= time;
      if (observations.kind[at] === kindNumbers.end && relative === table.end[process]) end ??= time;
    }
    if (table.firstClaim[process] !== NONE)
      for (const at of table.claimsOf(process)) {
        const time = observations.time[at] as bigint;
        if (seenSince === undefined || time < seenSince) seenSince = time;
      }
    // An end that was put to the start, since its own time was cut to a second that began before.
    if (end === undefined && !Number.isNaN(table.end[process] as number)) end = start;
    if (table.startFrom[process] === FROM_GUID)
      start = times.base + BigInt(Math.round(table.start[process] as number));
    return { start, end, seenSince };
  }

  private times(process: number): Pick<Process, 'start' | 'startFrom' | 'end'> {
    const { table } = this.context;
    const { start, end, seenSince } = this.moments(process);
    const from = table.startFrom[process] as number;
    if (from === FROM_EVENT) return { start, startFrom: 'start-event', end };
    if (from === FROM_GUID) return { start, startFrom: 'guid', end };
    // Only that it ended is known of a process that no event saw running before.
    const running = from === FROM_NOTHING || seenSince !== end;
    return running
      ? { start: seenSince, startFrom: 'seen-since', end }
      : { start: undefined, startFrom: undefined, end };
  }

  private events(process: number): readonly EventReference[] {
    const { table, observations } = this.context;
    const events: EventReference[] = [];
    for (
      let at = table.firstObservation[process] as number;
      at !== NONE;
      at = table.nextObservation[at] as number
    )
      events.push(eventReference(observations, at));
    for (const at of table.claimsOf(process)) events.push(eventReference(observations, at));
    return events;
  }

  private reasons(mask: ReasonMask, child: number, parent: number): readonly Reason[] {
    return reasonsOf(mask).map((code) => {
      const detail = this.detail(code, child, parent);
      return detail === undefined ? { code } : { code, detail };
    });
  }

  private detail(code: Reason['code'], child: number, parent: number): string | undefined {
    const { observations, table } = this.context;
    if (code !== 'image-differs' && code !== 'command-line-differs') return undefined;
    const column = code === 'image-differs' ? 'parentImage' : 'parentCommandLine';
    const claimed = this.firstText(child, column);
    const found =
      parent === NONE
        ? undefined
        : observations.texts.text(
            (code === 'image-differs' ? table.image : table.commandLine)[parent] as number,
          );
    if (claimed === undefined || claimed === found) return undefined;
    return found === undefined ? claimed : `${claimed} / ${found}`;
  }
}

/** Processes by start, or by first sight; what was only claimed comes before the children that claim it. */
function numbersInOrder({ table }: LinkContext): Int32Array {
  const { first, start, basis, size } = table;
  const keys = new Float64Array(size);
  const numbers: number[] = [];
  for (let process = 0; process < size; process++) {
    const known = start[process] as number;
    keys[process] = Number.isNaN(known) ? (first[process] as number) : known;
    numbers.push(process);
  }
  numbers.sort(
    (one, other) =>
      (keys[one] as number) - (keys[other] as number) ||
      (basis[other] as number) - (basis[one] as number) ||
      one - other,
  );
  return Int32Array.from(numbers);
}
