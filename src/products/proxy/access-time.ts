import { formatTicks, parseIsoTicks, TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import { isPlausible } from '../chosen-time.ts';
import type { Fields } from '../fields.ts';

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const clfPattern = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{4})$/;

/** The moment of an access log's `21/Nov/2026:18:13:12 +0000`. */
export function clfTicks(text: string): Ticks | undefined {
  const found = clfPattern.exec(text);
  if (!found) return undefined;
  const [, day, name = '', year, clock, zone] = found;
  const month = months.indexOf(name);
  if (month < 0 || month % 3 !== 0) return undefined;
  return parseIsoTicks(`${year}-${String(month / 3 + 1).padStart(2, '0')}-${day}T${clock}${zone}`);
}

/** The moment of a count of seconds since 1970, with or without a fraction. */
export function epochTicks(text: string): Ticks | undefined {
  const found = /^(\d{1,11})(?:\.(\d{1,9}))?$/.exec(text);
  if (!found) return undefined;
  const ticks =
    BigInt(found[1] as string) * TICKS_PER_SECOND + BigInt((found[2] ?? '').slice(0, 7).padEnd(7, '0'));
  return isPlausible(ticks) ? ticks : undefined;
}

/** Says when it ended. */
export function putEnd(fields: Fields, end: Ticks): void {
  fields.end_time = formatTicks(end, end % 10_000n === 0n ? 3 : 6);
}
