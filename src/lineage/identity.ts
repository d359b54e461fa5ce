import { GuidAdoption, type GuidBearer } from './adopt-guid.ts';
import type { RelativeTimes } from './clock.ts';
import { mayBeSameStart, saysTheSame } from './content.ts';
import type { ProductBits } from './describe-processes.ts';
import type { ImageAgreement } from './image-agreement.ts';
import { kindNumbers, type Observations } from './observation.ts';
import type { PidSlots } from './pid-slots.ts';
import { NONE, type ProcessTable, SEEN, STARTED } from './process-table.ts';
import { staleGuids } from './stale-guids.ts';
import { NO_TEXT } from './string-pool.ts';

/** One record of one event, written down by two shippers, may be rounded differently. */
const ROUNDING = 10_000;
/** A program that takes the place of another in the same process (exec) does so soon after the start. */
const EXEC_WITHIN = 60 * 10_000_000;
/** Starts that one start is compared with, on each side. */
const NEIGHBOURS = 16;

/** The processes of the observations, and which of them bear a GUID. */
export interface Identities {
  readonly adoption: GuidAdoption;
  /** The process of each observation; `NONE` where it is not decided yet. */
  readonly processOf: Int32Array;
  /** The first process with a GUID, by the GUID's number; others follow by `nextOfGuid`. */
  readonly ofGuid: Int32Array;
}

/**
 * Finds the process of every start, and of every other observation that has a GUID which can be trusted. A GUID with its process id is one process
 * (GUIDs of Linux collide). Starts without a GUID are of the process that another sensor saw start with the same process
 * id within the tolerance, where nothing contradicts it; the nearest are joined first. `adoptedWithin`: how far from the second
 * of a GUID a start without one may be.
 */
export function identify(
  observations: Observations,
  times: RelativeTimes,
  order: ArrayLike<number>,
  slots: PidSlots,
  images: ImageAgreement,
  table: ProcessTable,
  acrossSensors: number,
  products: ProductBits,
  adoptedWithin: number,
): Identities {
  const processOf = new Int32Array(observations.length).fill(NONE);
  const ofGuid = new Int32Array(observations.texts.size).fill(NONE);
  const { kind, guid, pid } = observations;
  for (let index = 0; index < order.length; index++) {
    const observation = order[index] as number;
    if (kind[observation] !== kindNumbers.start || guid[observation] === NO_TEXT) continue;
    const bearer = {
      guid: guid[observation] as number,
      pid: pid[observation] as number,
      image: NO_TEXT,
      commandLine: NO_TEXT,
    };
    processOf[observation] = processOfGuid(table, ofGuid, bearer, STARTED, undefined);
  }
  const firstOf = new Int32Array(observations.length).fill(NONE);
  for (let slot = 0; slot < slots.count; slot++)
    identifySlot(observations, times, slots, slot, images, acrossSensors, processOf, products, firstOf);
  const stale = staleGuids(observations, times, slots, images);
  const adoption = new GuidAdoption(observations, times, images, table, processOf, adoptedWithin);
  for (let index = 0; index < order.length; index++) {
    const observation = order[index] as number;
    if (kind[observation] !== kindNumbers.start) continue;
    if (processOf[observation] === NONE) {
      // Numbered in order of time, so that what is near in time is near in memory.
      const first = firstOf[observation] as number;
      processOf[observation] =
        first === NONE || first === observation
          ? table.add(STARTED, pid[observation] as number, NO_TEXT)
          : (processOf[first] as number);
    }
    if (guid[observation] === NO_TEXT) adoption.add(observation);
  }
  for (let index = 0; index < order.length; index++) {
    const observation = order[index] as number;
    const each = kind[observation] as number;
    if (guid[observation] === NO_TEXT || (each !== kindNumbers.end && each !== kindNumbers.activity))
      continue;
    if (stale?.[observation] === 1) continue;
    const bearer = {
      guid: guid[observation] as number,
      pid: pid[observation] as number,
      image: observations.image[observation] as number,
      commandLine: NO_TEXT,
    };
    processOf[observation] = processOfGuid(table, ofGuid, bearer, SEEN, adoption);
  }
  return { processOf, ofGuid, adoption };
}

/**
 * The process that bears a GUID and a process id; an unknown process id goes with any. Where there is none, a started one
 * that surely is the same is given the GUID, or one is made.
 */
export function processOfGuid(
  table: ProcessTable,
  ofGuid: Int32Array,
  bearer: GuidBearer,
  basis: number,
  adoption: GuidAdoption | undefined,
): number {
  const { guid, pid } = bearer;
  const first = ofGuid[guid] as number;
  for (let process = first; process !== NONE; process = table.nextOfGuid[process] as number) {
    const known = table.pid[process] as number;
    if (known === pid || pid < 0) return process;
    if (known < 0) {
      table.pid[process] = pid;
      return process;
    }
  }
  const adopted = first === NONE ? (adoption?.adopt(bearer) ?? NONE) : NONE;
  const process = adopted === NONE ? table.add(basis, pid, guid) : adopted;
  table.nextOfGuid[process] = first;
  ofGuid[guid] = process;
  return process;
}

/** Two starts that may be one: places in the slot's list of starts. */
interface Pair {
  readonly apart: number;
  readonly one: number;
  readonly other: number;
}

/**
 * Decides which starts of one process id are of one process: gives those of a process with a GUID to it, and the others the
 * first start of theirs in `firstOf`.
 */
function identifySlot(
  observations: Observations,
  times: RelativeTimes,
  slots: PidSlots,
  slot: number,
  images: ImageAgreement,
  acrossSensors: number,
  processOf: Int32Array,
  products: ProductBits,
  firstOf: Int32Array,
): void {
  const { kind } = observations;
  const starts: number[] = [];
  let undecided = 0;
  for (let at = slots.offsets[slot] as number; at < (slots.offsets[slot + 1] as number); at++) {
    const observation = slots.items[at] as number;
    if (kind[observation] !== kindNumbers.start) continue;
    starts.push(observation);
    if (processOf[observation] === NONE) undecided++;
  }
  if (undecided === 0) return;
  const pairs = pairsOf(observations, times, images, starts, acrossSensors);
  const execs = execsOf(observations, times, slots, slot, starts);
  if (pairs.length === 0 && execs.length === 0) return;
  const groups = new StartGroups(observations, starts, processOf, products);
  for (const { one, other } of pairs) groups.join(one, other);
  for (const { one, other } of execs) groups.joinExec(one, other);
  const firstOfRoot = new Map<number, number>();
  for (let at = 0; at < starts.length; at++) {
    const observation = starts[at] as number;
    if (processOf[observation] !== NONE) continue;
    const root = groups.root(at);
    const process = groups.process(root);
    if (process !== NONE) {
      processOf[observation] = process;
      continue;
    }
    const first = firstOfRoot.get(root) ?? observation;
    firstOf[observation] = first;
    firstOfRoot.set(root, first);
  }
}

function pairsOf(
  observations: Observations,
  times: RelativeTimes,
  images: ImageAgreement,
  starts: readonly number[],
  acrossSensors: number,
): readonly Pair[] {
  const { guid, product } = observations;
  const pairs: Pair[] = [];
  for (let one = 0; one < starts.length; one++) {
    const first = starts[one] as number;
    for (let other = one + 1; other < starts.length && other <= one + NEIGHBOURS; other++) {
      const second = starts[other] as number;
      const apart = (times.at[second] as number) - (times.at[first] as number);
      if (apart > acrossSensors) break;
      if (guid[first] !== NO_TEXT && guid[second] !== NO_TEXT) continue;
      const same =
        product[first] === product[second]
          ? apart < ROUNDING && saysTheSame(observations, first, second)
          : mayBeSameStart(observations, images, first, second);
      if (same) pairs.push({ apart, one, other });
    }
  }
  return pairs.sort(
    (one, other) => one.apart - other.apart || one.one - other.one || one.other - other.other,
  );
}

/** Starts of one process id that were found to be of one process. */
class StartGroups {
  private readonly parent: Int32Array;
  /** Bits of the products of the starts of a group, by root; a product tells a start once. */
  private readonly products: Int32Array;
  private readonly processes: Int32Array;
  private readonly observations: Observations;
  private readonly starts: readonly number[];

  constructor(
    observations: Observations,
    starts: readonly number[],
    processOf: Int32Array,
    products: ProductBits,
  ) {
    this.observations = observations;
    this.starts = starts;
    this.parent = new Int32Array(starts.length);
    this.products = new Int32Array(starts.length);
    this.processes = new Int32Array(starts.length);
    for (let at = 0; at < starts.length; at++) {
      const observation = starts[at] as number;
      this.parent[at] = at;
      this.products[at] = products.bit(observations.product[observation] as number);
      this.processes[at] = processOf[observation] as number;
    }
    const firstOf = new Map<number, number>();
    for (let at = 0; at < starts.length; at++) {
      const process = this.processes[at] as number;
      if (process === NONE) continue;
      const first = firstOf.get(process);
      if (first === undefined) firstOf.set(process, at);
      else this.unite(first, at);
    }
  }

  root(at: number): number {
    let root = at;
    while (this.parent[root] !== root) root = this.parent[root] as number;
    for (let walk = at; walk !== root; ) {
      const next = this.parent[walk] as number;
      this.parent[walk] = root;
      walk = next;
    }
    return root;
  }

  /** The process of a group where one of its starts has a GUID. */
  process(root: number): number {
    return this.processes[root] as number;
  }

  /** Joins the groups of two starts, unless they have two GUIDs or one product told two starts. */
  join(one: number, other: number): void {
    const sameProduct =
      this.observations.product[this.starts[one] as number] ===
      this.observations.product[this.starts[other] as number];
    const first = this.root(one);
    const second = this.root(other);
    if (first === second) return;
    const common = (this.products[first] as number) & (this.products[second] as number);
    if (!sameProduct && common !== 0) return;
    this.unite(first, second);
  }

  /** Joins two starts of one product: the second took the place of the first. */
  joinExec(one: number, other: number): void {
    const first = this.root(one);
    const second = this.root(other);
    if (first !== second) this.unite(first, second);
  }

  private unite(first: number, second: number): void {
    const process = this.processes[first] as number;
    const otherProcess = this.processes[second] as number;
    if (process !== NONE && otherProcess !== NONE && process !== otherProcess) return;
    this.parent[second] = first;
    this.products[first] = (this.products[first] as number) | (this.products[second] as number);
    if (process === NONE) this.processes[first] = otherProcess;
  }
}

/** Starts of Unix programs of one process id and parent that follow each other without an end between. */
function execsOf(
  observations: Observations,
  times: RelativeTimes,
  slots: PidSlots,
  slot: number,
  starts: readonly number[],
): readonly Omit<Pair, 'apart'>[] {
  const { kind, product, parentPid } = observations;
  const execs: Omit<Pair, 'apart'>[] = [];
  let previous = NONE;
  let place = 0;
  for (let at = slots.offsets[slot] as number; at < (slots.offsets[slot + 1] as number); at++) {
    const observation = slots.items[at] as number;
    if (kind[observation] === kindNumbers.end) previous = NONE;
    if (kind[observation] !== kindNumbers.start) continue;
    const before = previous === NONE ? NONE : (starts[previous] as number);
    if (
      before !== NONE &&
      product[before] === product[observation] &&
      parentPid[before] === parentPid[observation] &&
      (times.at[observation] as number) - (times.at[before] as number) <= EXEC_WITHIN &&
      isUnix(observations, observation) &&
      isUnix(observations, before)
    )
      execs.push({ one: previous, other: place });
    previous = place++;
  }
  return execs;
}

function isUnix(observations: Observations, observation: number): boolean {
  return observations.texts.text(observations.image[observation] as number)?.startsWith('/') ?? false;
}
