import type { RelativeTimes } from './clock.ts';
import { kindNumbers, type Observations } from './observation.ts';
import { FROM_EVENT, FROM_GUID, FROM_SIGHT, NONE, type ProcessTable, STARTED } from './process-table.ts';
import { startKeyOf } from './start-key.ts';
import { NO_TEXT } from './string-pool.ts';

/** Numbers of products as bits, for at most 31 products; more share the last bit. */
export class ProductBits {
  private readonly bits = new Map<number, number>();
  private last = -1;
  private lastBit = 0;

  bit(product: number): number {
    // Mostly the same as before.
    if (product === this.last) return this.lastBit;
    let bit = this.bits.get(product);
    if (bit === undefined) {
      bit = 1 << Math.min(this.bits.size, 30);
      this.bits.set(product, bit);
    }
    this.last = product;
    this.lastBit = bit;
    return bit;
  }
}

/** Reads what the GUID of a process tells into the table: its start where no event told it, its boot, its sequence. */
export function readGuidOf(
  process: number,
  observations: Observations,
  times: RelativeTimes,
  table: ProcessTable,
): void {
  const guid = observations.texts.text(table.guid[process] as number);
  const key = guid === undefined ? undefined : startKeyOf(guid);
  if (key === undefined) return;
  // Boot 0 is the few processes that the kernel makes itself: of any boot.
  table.boot[process] = key.boot === undefined || key.boot === 0 ? -1 : key.boot;
  table.sequence[process] = key.boot === undefined || key.boot === 0 ? -1 : (key.sequence ?? -1);
  if (!Number.isNaN(table.start[process] as number)) return;
  const start = times.ofSecond(key.second);
  if (start > (table.first[process] as number)) return;
  table.start[process] = start;
  table.startFrom[process] = FROM_GUID;
  table.first[process] = start;
}

/** Gives every observation whose process is decided to that process, in order of time. */
export function attachObservations(
  order: ArrayLike<number>,
  processOf: Int32Array,
  table: ProcessTable,
): void {
  for (let index = 0; index < order.length; index++) {
    const observation = order[index] as number;
    const process = processOf[observation] as number;
    if (process !== NONE) table.observe(process, observation);
  }
}

/** Fills in what the observations of a process say of it. */
export function describeProcess(
  process: number,
  observations: Observations,
  times: RelativeTimes,
  table: ProcessTable,
  products: ProductBits,
): void {
  const { kind, guid, product } = observations;
  let primary = NONE;
  let ending = NONE;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const begin = table.firstObservation[process] as number;
  for (let each = begin; each !== NONE; each = table.nextObservation[each] as number) {
    const at = times.at[each] as number;
    if (at < first) first = at;
    if ((times.until[each] as number) > last) last = times.until[each] as number;
    const bit = products.bit(product[each] as number);
    if (kind[each] === kindNumbers.start) {
      table.startProducts[process] = (table.startProducts[process] as number) | bit;
      if (primary === NONE || (guid[primary] === NO_TEXT && guid[each] !== NO_TEXT)) primary = each;
    } else if (kind[each] === kindNumbers.end) {
      table.endProducts[process] = (table.endProducts[process] as number) | bit;
      if (ending === NONE || (guid[ending] === NO_TEXT && guid[each] !== NO_TEXT)) ending = each;
    }
  }
  table.last[process] = last;
  if (primary !== NONE) {
    table.start[process] = times.at[primary] as number;
    table.first[process] = times.at[primary] as number;
    table.startFrom[process] = FROM_EVENT;
    table.basis[process] = STARTED;
  } else if (Number.isNaN(table.first[process] as number) || first < (table.first[process] as number)) {
    table.first[process] = first;
    table.startFrom[process] = FROM_SIGHT;
  }
  if (ending !== NONE) table.end[process] = times.at[ending] as number;
  describeTexts(process, observations, table, primary);
}

/** Of several starts of one sensor the last says what the process became; other sensors fill in what it does not say. */
function describeTexts(
  process: number,
  observations: Observations,
  table: ProcessTable,
  primary: number,
): void {
  const { kind, image, commandLine, logonId, user, product } = observations;
  for (
    let each = table.firstObservation[process] as number;
    each !== NONE;
    each = table.nextObservation[each] as number
  ) {
    const same = primary !== NONE && kind[each] === kindNumbers.start && product[each] === product[primary];
    if (image[each] !== NO_TEXT && (same || table.image[process] === NO_TEXT))
      table.image[process] = image[each] as number;
    if (commandLine[each] !== NO_TEXT && (same || table.commandLine[process] === NO_TEXT))
      table.commandLine[process] = commandLine[each] as number;
    if (table.logonId[process] === NO_TEXT) table.logonId[process] = logonId[each] as number;
    if (table.user[process] === NO_TEXT) table.user[process] = user[each] as number;
  }
}
