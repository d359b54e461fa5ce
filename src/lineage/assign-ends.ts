import { bootBetween } from './boots.ts';
import { HolderSweep, type Holders } from './holders.ts';
import type { LinkContext } from './link-context.ts';
import { kindNumbers } from './observation.ts';
import { FROM_SIGHT, NONE, SEEN } from './process-table.ts';
import { NO_TEXT } from './string-pool.ts';

/** Earlier holders of the process id that are considered. */
const LOOK_BACK = 8;
/** Windows writes its own record of an end by up to so much later than a sensor that is told of it at once. */
const ENDS_APART = 10 * 10_000_000;
/** One record of one event, written down by two shippers, may be rounded differently. */
const ROUNDING = 10_000;
/** An end whose process is not decided before other sensors' ends of that moment have theirs. */
const WAITS = -2;

/**
 * Gives ends and activities without a GUID to the process that bore the process id at that moment, where its program
 * agrees; else there was a process that was never seen being created, which is added.
 */
export function assignByPid(context: LinkContext, holders: Holders): void {
  const { observations, slots, processOf, table, times } = context;
  const { kind } = observations;
  for (let slot = 0; slot < slots.count; slot++) {
    let sweep: HolderSweep | undefined;
    let list = -1;
    const waiting: number[] = [];
    for (let at = slots.offsets[slot] as number; at < (slots.offsets[slot + 1] as number); at++) {
      const observation = slots.items[at] as number;
      const each = kind[observation] as number;
      if (processOf[observation] !== NONE) continue;
      if (each !== kindNumbers.end && each !== kindNumbers.activity) continue;
      if (sweep === undefined) {
        list = holders.slot(observations.pid[observation] as number);
        sweep = new HolderSweep(table, holders.lists[list] as number[], context.acrossSensors);
      }
      const moment = times.at[observation] as number;
      while (
        waiting.length > 0 &&
        (times.at[waiting[0] as number] as number) + context.acrossSensors < moment
      )
        assign(context, sweep, waiting.shift() as number, true);
      sweep.advance(moment);
      if (!assign(context, sweep, observation, false)) waiting.push(observation);
    }
    if (sweep === undefined) continue;
    for (const observation of waiting) assign(context, sweep, observation, true);
    holders.lists[list] = sweep.finish();
  }
}

/** Gives an observation to its process; false where that has to wait, which it does not if it is `decided` now. */
function assign(context: LinkContext, sweep: HolderSweep, observation: number, decided: boolean): boolean {
  const found = holderAt(context, sweep.seen, observation, decided);
  if (found === WAITS) return false;
  give(context, found === NONE ? unseen(context, sweep, observation) : found, observation);
  return true;
}

/**
 * The process that bore the process id at the moment of an end or an activity. An end told of the very moment in which a
 * holder began is rather of the one before it, where another sensor tells an end of that one then: the process id was
 * taken again at once.
 */
function holderAt(
  context: LinkContext,
  seen: readonly number[],
  observation: number,
  decided: boolean,
): number {
  const { observations, times, images, table, products, sameSensor, acrossSensors, boots } = context;
  const { first, end } = table;
  const at = times.at[observation] as number;
  const bit = products.bit(observations.product[observation] as number);
  const isEnd = observations.kind[observation] === kindNumbers.end;
  const resolution = context.resolutions.get(observations.product[observation] as number) ?? 0;
  let early = NONE;
  let begunThen = NONE;
  for (let place = seen.length - 1, looked = 0; place >= 0 && looked < LOOK_BACK; place--, looked++) {
    const process = seen[place] as number;
    const sameClock = ((table.startProducts[process] as number) & bit) !== 0;
    const tolerance = sameClock ? sameSensor : acrossSensors;
    const began = first[process] as number;
    // On one clock nothing ends before it begins, or in the moment in which it does, unless the moment is a whole second.
    const notYet =
      sameClock && isEnd
        ? startTold(context, process, observation) >= at + resolution
        : began > at + tolerance;
    if (notYet) continue;
    const agrees = images.agree(observations.image[observation] as number, table.image[process] as number);
    if (agrees !== false && !bootBetween(boots, began, at)) {
      const ended = end[process] as number;
      if (Number.isNaN(ended)) {
        const then =
          isEnd &&
          (sameClock ? startTold(context, process, observation) : began) >
            at - (sameClock ? resolution : tolerance);
        // Of two that fit, none ends in the moment in which it began.
        if (began >= at) early = early === NONE ? process : early;
        else if (begunThen !== NONE) break;
        else if (then) begunThen = process;
        else return process;
      } else if (!isEnd) {
        if (at <= ended + tolerance) return process;
      } else {
        const apart = Math.abs(at - ended);
        const told = ((table.endProducts[process] as number) & bit) !== 0;
        // A sensor that saw the start, and no other since, tells the end of that one however late it is.
        const within = sameClock && begunThen === NONE ? ENDS_APART : acrossSensors;
        if (told ? endsTogether(context, process, observation) : apart <= within) return process;
      }
    }
    // Whoever bore the id before had ended when this one began.
    if (began < at - tolerance) break;
  }
  if (begunThen === NONE) return early;
  return decided ? begunThen : WAITS;
}

/** When the sensor of an observation, which told the start of a process, says that it began. */
function startTold(
  { observations, times, table }: LinkContext,
  process: number,
  observation: number,
): number {
  const { kind, product } = observations;
  for (
    let each = table.firstObservation[process] as number;
    each !== NONE;
    each = table.nextObservation[each] as number
  )
    if (kind[each] === kindNumbers.start && product[each] === product[observation])
      return times.at[each] as number;
  return table.first[process] as number;
}

/** Whether the same end was told by the same sensor: one record, written down by two shippers. */
function endsTogether(
  { observations, times, table }: LinkContext,
  process: number,
  observation: number,
): boolean {
  const { kind, product } = observations;
  const at = times.at[observation] as number;
  for (
    let each = table.firstObservation[process] as number;
    each !== NONE;
    each = table.nextObservation[each] as number
  )
    if (
      kind[each] === kindNumbers.end &&
      product[each] === product[observation] &&
      Math.abs((times.at[each] as number) - at) < ROUNDING
    )
      return true;
  return false;
}

function unseen(context: LinkContext, sweep: HolderSweep, observation: number): number {
  const { observations, times, table } = context;
  const process = table.add(SEEN, observations.pid[observation] as number, NO_TEXT);
  table.first[process] = firstMoment(context, sweep.seen, observation);
  table.last[process] = times.until[observation] as number;
  table.startFrom[process] = FROM_SIGHT;
  table.image[process] = observations.image[observation] as number;
  table.user[process] = observations.user[observation] as number;
  table.logonId[process] = observations.logonId[observation] as number;
  sweep.insert(process);
  return process;
}

/**
 * When a process that only its end tells of was there: then, or before a holder that began about then and had not ended,
 * since that one took over the process id.
 */
function firstMoment(context: LinkContext, seen: readonly number[], observation: number): number {
  const { observations, times, table, products, acrossSensors } = context;
  const at = times.at[observation] as number;
  if (observations.kind[observation] !== kindNumbers.end) return at;
  const bit = products.bit(observations.product[observation] as number);
  let moment = at;
  for (let place = seen.length - 1, looked = 0; place >= 0 && looked < LOOK_BACK; place--, looked++) {
    const process = seen[place] as number;
    const began = table.first[process] as number;
    const tolerance = ((table.startProducts[process] as number) & bit) !== 0 ? ROUNDING : acrossSensors;
    if (began < at - tolerance) break;
    if (began <= at && !((table.end[process] as number) <= at)) moment = Math.min(moment, began - 1);
  }
  return moment;
}

function give(context: LinkContext, process: number, observation: number): void {
  const { observations, times, table, products, processOf } = context;
  processOf[observation] = process;
  table.observe(process, observation);
  const until = times.until[observation] as number;
  if (!((table.last[process] as number) >= until)) table.last[process] = until;
  if (table.image[process] === NO_TEXT) table.image[process] = observations.image[observation] as number;
  if (observations.kind[observation] !== kindNumbers.end) return;
  const product = observations.product[observation] as number;
  table.endProducts[process] = (table.endProducts[process] as number) | products.bit(product);
  if (!Number.isNaN(table.end[process] as number)) return;
  // A time that was cut to the second may lie before the start.
  const at = times.at[observation] as number;
  const began = table.start[process] as number;
  table.end[process] = at < began ? began : at;
}
