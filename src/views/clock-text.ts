import { TICKS_PER_MILLISECOND, type Ticks } from '../core/ticks.ts';
import { localTime } from '../spl/zoned-time.ts';

/** A moment as a zone's clock shows it, to the millisecond: `2024-05-14 09:42:18.412`. */
export function clockText(moment: Ticks, timezone: string): string {
  const { year, month, day, hour, minute, second, ticks } = localTime(moment, timezone);
  const two = (part: number) => String(part).padStart(2, '0');
  const milliseconds = String(ticks / TICKS_PER_MILLISECOND).padStart(3, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}.${milliseconds}`;
}
