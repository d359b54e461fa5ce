import { TICKS_PER_MILLISECOND, TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { zoneFormat } from '../core/zone-format.ts';

/** Whether a text names a zone: `UTC`, `+09:00`, `Asia/Tokyo`. */
export function isZone(zone: string): boolean {
  if (fixedOffset(zone) !== undefined) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    // That is how a zone is found not to be one.
    return false;
  }
}

/** What clocks in a zone show. */
export class LocalZone {
  readonly name: string;
  readonly #offset: number | undefined;

  /** The zone must be one, as `isZone` tells. */
  constructor(zone: string) {
    this.name = zone;
    this.#offset = fixedOffset(zone);
  }

  /**
   * The moment at which clocks in the zone show a time, which is given as if it were UTC. Of the hour that comes twice when
   * clocks are put back, the second.
   */
  momentOf(shown: Ticks): Ticks {
    if (this.#offset !== undefined) return shown - BigInt(this.#offset) * 60n * TICKS_PER_SECOND;
    // The offset at the moment itself, which is found in two steps: once the clocks are changed, the first guess is off.
    const first = shown - this.#offsetAt(shown);
    return shown - this.#offsetAt(first);
  }

  #offsetAt(moment: Ticks): Ticks {
    const milliseconds = Number(moment / TICKS_PER_MILLISECOND);
    if (!Number.isSafeInteger(milliseconds) || Math.abs(milliseconds) > 8e15) return 0n;
    const shown: Record<string, number> = {};
    for (const { type, value } of zoneFormat(this.name).formatToParts(milliseconds))
      shown[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
    const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
    return BigInt(seconds - Math.floor(milliseconds / 1000)) * TICKS_PER_SECOND;
  }
}

/** Minutes east of Greenwich of `UTC` and `+09:00`. */
function fixedOffset(zone: string): number | undefined {
  if (zone === 'UTC' || zone === 'Z') return 0;
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!found || Number(found[2]) > 14 || Number(found[3]) > 59) return undefined;
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
}
