import { TICKS_PER_SECOND } from '../core/ticks.ts';
import { kindNumbers, type Observations } from './observation.ts';

/** Fewer events at whole seconds may be there by chance. */
const FEWEST = 2;
const SECOND = Number(TICKS_PER_SECOND);

/**
 * Products whose times were cut to whole seconds on their way (shippers that write a date without a fraction), by the number
 * of the product: what they stamp happened in the second that begins then, and in that second their times tell no order.
 */
export type ClockResolutions = ReadonlyMap<number, number>;

/**
 * Products all of whose events are at whole seconds, with the ticks of a second. Activities do not count: of many, one is read,
 * or none.
 */
export function clockResolutions({ kind, product, time, length }: Observations): ClockResolutions {
  const events = new Map<number, number>();
  const fine = new Set<number>();
  for (let at = 0; at < length; at++) {
    if (kind[at] === kindNumbers.activity) continue;
    const each = product[at] as number;
    if (fine.has(each)) continue;
    if ((time[at] as bigint) % TICKS_PER_SECOND === 0n) events.set(each, (events.get(each) ?? 0) + 1);
    else fine.add(each);
  }
  const coarse = new Map<number, number>();
  for (const [each, count] of events) if (count >= FEWEST && !fine.has(each)) coarse.set(each, SECOND);
  return coarse;
}
