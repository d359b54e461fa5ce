import type { Observations } from './observation.ts';
import { NO_TEXT } from './string-pool.ts';

/** What a process is known from. */
export const STARTED = 0;
export const SEEN = 1;
export const CLAIMED = 2;

/** What its start is known from. */
export const FROM_EVENT = 0;
export const FROM_GUID = 1;
export const FROM_SIGHT = 2;
export const FROM_NOTHING = 3;

/** No process, no observation. */
export const NONE = -1;

/**
 * Processes while they are found and linked, as columns. Times are relative ticks, NaN where unknown. What a process is
 * made from is a list of observations (`firstObservation`, `nextObservation`) or, of a claimed one, of the observations of
 * its children (`firstClaim`, `nextClaim`).
 */
export class ProcessTable {
  size = 0;
  readonly pid: Float64Array;
  readonly guid: Int32Array;
  readonly basis: Uint8Array;
  readonly startFrom: Uint8Array;
  /** When it started. */
  readonly start: Float64Array;
  /** The first moment at which it was surely there: its start, or when it was first spoken of. */
  readonly first: Float64Array;
  /** The last moment at which it was surely there. */
  readonly last: Float64Array;
  readonly end: Float64Array;
  readonly image: Int32Array;
  readonly commandLine: Int32Array;
  readonly logonId: Int32Array;
  readonly user: Int32Array;
  /** Bits of the products that told its start, its end. */
  readonly startProducts: Int32Array;
  readonly endProducts: Int32Array;
  readonly firstObservation: Int32Array;
  readonly lastObservation: Int32Array;
  /** By observation. */
  readonly nextObservation: Int32Array;
  readonly firstClaim: Int32Array;
  readonly lastClaim: Int32Array;
  /** By observation: the next claim of the same claimed process. */
  readonly nextClaim: Int32Array;
  /** The next process that bears the same GUID. */
  readonly nextOfGuid: Int32Array;

  constructor(observations: Observations) {
    // An observation makes at most one process that it names itself and two that it claims.
    const { length, guid, parentGuid, kind } = observations;
    let capacity = 1;
    for (let at = 0; at < length; at++)
      capacity += kind[at] === 3 ? 2 + (parentGuid[at] === NO_TEXT ? 0 : 1) : guid[at] === NO_TEXT ? 1 : 1;
    const ints = (): Int32Array => new Int32Array(capacity).fill(NONE);
    const floats = (): Float64Array => new Float64Array(capacity).fill(Number.NaN);
    this.pid = new Float64Array(capacity).fill(-1);
    this.guid = ints();
    this.basis = new Uint8Array(capacity);
    this.startFrom = new Uint8Array(capacity).fill(FROM_NOTHING);
    this.start = floats();
    this.first = floats();
    this.last = floats();
    this.end = floats();
    this.image = ints();
    this.commandLine = ints();
    this.logonId = ints();
    this.user = ints();
    this.startProducts = new Int32Array(capacity);
    this.endProducts = new Int32Array(capacity);
    this.firstObservation = ints();
    this.lastObservation = ints();
    this.nextObservation = new Int32Array(length).fill(NONE);
    this.firstClaim = ints();
    this.lastClaim = ints();
    this.nextClaim = new Int32Array(length).fill(NONE);
    this.nextOfGuid = ints();
  }

  add(basis: number, pid: number, guid: number): number {
    const process = this.size++;
    this.basis[process] = basis;
    this.pid[process] = pid;
    this.guid[process] = guid;
    return process;
  }

  /** Adds an observation at the end of the list of a process. */
  observe(process: number, observation: number): void {
    const last = this.lastObservation[process] as number;
    if (last === NONE) this.firstObservation[process] = observation;
    else this.nextObservation[last] = observation;
    this.lastObservation[process] = observation;
  }

  claim(process: number, observation: number): void {
    const last = this.lastClaim[process] as number;
    if (last === NONE) this.firstClaim[process] = observation;
    else this.nextClaim[last] = observation;
    this.lastClaim[process] = observation;
  }
}
