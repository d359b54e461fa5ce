import { Int32List } from './int32-list.ts';
import { kindNumbers, type Observations } from './observation.ts';

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

/** Columns of 32-bit numbers, all `NONE` at first but for the sets of bits. */
const numberColumns = [
  /** Number of the GUID's text. */
  'guid',
  'image',
  'commandLine',
  'logonId',
  'user',
  /** The observations of the process are a list. */
  'firstObservation',
  'lastObservation',
  /** The claims of children that say what a process that was not seen being created is are a list, too. */
  'firstClaim',
  'lastClaim',
  /** The next process that bears the same GUID. */
  'nextOfGuid',
  /** Boot number out of the GUID. */
  'boot',
  'parent',
] as const;
/** Sets of bits: the products that told the start, the end; the reasons of the edge to the parent. */
const bitColumns = ['startProducts', 'endProducts', 'reasons'] as const;
/** Relative ticks, NaN where unknown; `first` and `last` are the moments at which it was surely there. */
const timeColumns = ['start', 'first', 'last', 'end'] as const;
const byteColumns = ['basis', 'startFrom', 'grade'] as const;

type Columns = Record<(typeof numberColumns)[number] | (typeof bitColumns)[number], Int32Array> &
  Record<(typeof timeColumns)[number] | 'pid' | 'sequence', Float64Array> &
  Record<(typeof byteColumns)[number], Uint8Array>;

/**
 * Processes while they are found and linked, as columns, with the edges to their parents. The columns are replaced by larger
 * ones when processes are added, so none may be held on to across `add`. `sequence` is the order of starts within a boot.
 */
export class ProcessTable implements Columns {
  size = 0;
  declare guid: Int32Array;
  declare image: Int32Array;
  declare commandLine: Int32Array;
  declare logonId: Int32Array;
  declare user: Int32Array;
  declare firstObservation: Int32Array;
  declare lastObservation: Int32Array;
  declare firstClaim: Int32Array;
  declare lastClaim: Int32Array;
  declare nextOfGuid: Int32Array;
  declare boot: Int32Array;
  declare parent: Int32Array;
  declare startProducts: Int32Array;
  declare endProducts: Int32Array;
  declare reasons: Int32Array;
  declare pid: Float64Array;
  declare sequence: Float64Array;
  declare start: Float64Array;
  declare first: Float64Array;
  declare last: Float64Array;
  declare end: Float64Array;
  declare basis: Uint8Array;
  declare startFrom: Uint8Array;
  declare grade: Uint8Array;
  /** By observation: the next of the same process. */
  readonly nextObservation: Int32Array;
  /** By claim: the start event of the child, and the next claim of the same process. A start event can claim several. */
  private readonly claimEvent = new Int32List();
  private readonly nextClaim = new Int32List();
  private capacity = 0;

  constructor({ length, kind }: Observations) {
    this.nextObservation = new Int32Array(length).fill(NONE);
    let starts = 0;
    for (let at = 0; at < length; at++) if (kind[at] === kindNumbers.start) starts++;
    this.grow(starts + Math.ceil(length / 32) + 64);
  }

  add(basis: number, pid: number, guid: number): number {
    if (this.size === this.capacity) this.grow(Math.ceil(this.capacity * 1.3));
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

  /** Adds the start event of a child that claims the process. */
  claim(process: number, observation: number): void {
    const claim = this.claimEvent.push(observation) - 1;
    this.nextClaim.push(NONE);
    const last = this.lastClaim[process] as number;
    if (last === NONE) this.firstClaim[process] = claim;
    else this.nextClaim.set(last, claim);
    this.lastClaim[process] = claim;
  }

  /** The observations that tell of a process, in order of time. */
  *observationsOf(process: number): Generator<number, void, undefined> {
    for (
      let at = this.firstObservation[process] as number;
      at !== NONE;
      at = this.nextObservation[at] as number
    )
      yield at;
  }

  /** The start events of children that claim a process. */
  *claimsOf(process: number): Generator<number, void, undefined> {
    for (let claim = this.firstClaim[process] as number; claim !== NONE; claim = this.nextClaim.at(claim))
      yield this.claimEvent.at(claim);
  }

  private grow(capacity: number): void {
    for (const name of numberColumns) this[name] = enlarged(this[name], new Int32Array(capacity), NONE);
    for (const name of bitColumns) this[name] = enlarged(this[name], new Int32Array(capacity), 0);
    for (const name of timeColumns) this[name] = enlarged(this[name], new Float64Array(capacity), Number.NaN);
    this.pid = enlarged(this.pid, new Float64Array(capacity), NONE);
    this.sequence = enlarged(this.sequence, new Float64Array(capacity), NONE);
    for (const name of byteColumns)
      this[name] = enlarged(this[name], new Uint8Array(capacity), name === 'startFrom' ? FROM_NOTHING : 0);
    this.capacity = capacity;
  }
}

interface Column<Self> {
  readonly length: number;
  set(values: Self): void;
  fill(value: number, from: number): Self;
}

/** A larger column with the values of a smaller one, and another value in all other places. */
function enlarged<Each extends Column<Each>>(small: Each | undefined, large: Each, value: number): Each {
  if (small !== undefined) large.set(small);
  return large.fill(value, small?.length ?? 0);
}
