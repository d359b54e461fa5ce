import { parseIsoTicks, TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import type { ChosenTime } from '../chosen-time.ts';

/** A value by its place, from 1. */
export type At = (place: number) => string | undefined;

/** When the record was made, by the device's clock. */
export function generatedOf(at: At, offset: Zone): ChosenTime | undefined {
  const time = ticksOf(at(7)) ?? ticksOf(at(2));
  return time === undefined ? undefined : zoned(time, 'generated time', offset);
}

/** How far the device's clock is ahead of UTC. */
export type Zone = Ticks | undefined;

export function zoned(time: Ticks, source: string, offset: Zone): ChosenTime {
  if (offset === undefined) return { time, source: `${source} (local, zone unknown)` };
  return { time: time - offset, source: `${source} (zone by the high-resolution time)` };
}

const highResolution = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/;
const QUARTER = 900n * TICKS_PER_SECOND;

/** The zone that the high-resolution time has, which stands in one of the cells. */
export function zoneOf(cells: readonly string[], generated: string | undefined): Zone {
  const local = ticksOf(generated);
  const precise = cells.findLast((cell) => highResolution.test(cell));
  const moment = precise === undefined ? undefined : parseIsoTicks(precise);
  if (local === undefined || precise === undefined || moment === undefined) return undefined;
  // What it says itself must fit the time that the other fields have.
  const said = (parseIsoTicks(precise.slice(0, 23)) ?? moment) - moment;
  const difference = local - moment - said;
  return difference < QUARTER && difference > -QUARTER ? said : undefined;
}

export function ticksOf(text: string | undefined): Ticks | undefined {
  return text === undefined || !/^\d{4}\/\d\d\/\d\d /.test(text)
    ? undefined
    : parseIsoTicks(text.replaceAll('/', '-'));
}
