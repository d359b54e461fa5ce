import { parseIsoTicks, type Ticks, ticksOfMilliseconds } from '../../core/ticks.ts';

const dotNetDate = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;
const dayFirst = /^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})[ T,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP]M)?$/i;

/** A date and time as exports write them, and whether the text fixes the moment or is local time without a zone. */
export interface ClockReading {
  readonly time: Ticks;
  readonly local: boolean;
}

/**
 * Reads ISO 8601 (with a zone or without), .NET's `/Date(1692091431000)/`, and the local forms of Windows' own exports:
 * `2019/11/07 16:03:24`, `11/7/2019 4:03:24 PM` (month first), `7.11.2019 16:03:24` (day first where no AM or PM is
 * there). Undefined for anything else.
 */
export function readClock(text: string): ClockReading | undefined {
  const iso = parseIsoTicks(text);
  if (iso !== undefined) return { time: iso, local: !/(?:Z|UTC|[+-]\d{2}:?\d{2})$/i.test(text) };
  const dotNet = dotNetDate.exec(text);
  if (dotNet) return { time: ticksOfMilliseconds(Number(dotNet[1])), local: false };
  const found = dayFirst.exec(text);
  if (!found) return undefined;
  const [, first = '', second = '', third = '', hourText = '', minute = '', secondOfMinute = '00', half] =
    found;
  const yearFirst = first.length === 4;
  const year = yearFirst ? first : third;
  const monthFirst = !yearFirst && half !== undefined;
  const month = yearFirst || !monthFirst ? second : first;
  const day = yearFirst ? third : monthFirst ? second : first;
  let hour = Number(hourText);
  if (half !== undefined) hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const pad = (part: string) => part.padStart(2, '0');
  const time = parseIsoTicks(
    `${year}-${pad(month)}-${pad(day)} ${pad(String(hour))}:${minute}:${secondOfMinute}`,
  );
  return time === undefined ? undefined : { time, local: true };
}
