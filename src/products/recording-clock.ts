import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';

const MINUTE = 60n * TICKS_PER_SECOND;
const QUARTER = 15n * MINUTE;
const HALF_DAY = 720n * MINUTE;
const MAXIMUM_HOSTS = 10_000;

interface Observation {
  readonly written: Ticks;
  readonly utc: Ticks;
  /** UTC minus the recorded clock: whole quarters of an hour, as zones are. */
  readonly offset: Ticks;
}

/**
 * What one recording (a file) tells of its own clock. Some recordings write local time without a zone, or mark local time on a
 * 12-hour clock as UTC. Their Sysmon events carry UtcTime beside it, and so give the offset for the events of the same host
 * that carry nothing. Made anew for each file and fed in the order of the file, so that the same file gives the same times.
 */
export class RecordingClock {
  readonly #hosts = new Map<string, Observation>();

  /** Learns from an event whose UTC is known. A difference that is no zone's is passed over. */
  observe(host: string, written: Ticks, utc: Ticks): void {
    const difference = utc - written;
    const quarters = (difference + (difference < 0n ? -QUARTER : QUARTER) / 2n) / QUARTER;
    const offset = quarters * QUARTER;
    const rest = difference - offset;
    if (rest > MINUTE || rest < -MINUTE) return;
    if (this.#hosts.size >= MAXIMUM_HOSTS && !this.#hosts.has(host)) return;
    this.#hosts.set(host, { written, utc, offset });
  }

  /**
   * The UTC of a recorded time by the latest observation on that host; undefined where there is none. On a clock that may have
   * twelve hours, the half of the day that is nearest to the observed moment is taken.
   */
  correct(host: string, written: Ticks, mayHaveTwelveHours: boolean): Ticks | undefined {
    const seen = this.#hosts.get(host);
    if (seen === undefined) return undefined;
    const utc = written + seen.offset;
    // A clock that agrees with UTC is no 12-hour clock of a zone.
    if (!mayHaveTwelveHours || seen.offset === 0n) return utc;
    const late = utc - seen.utc;
    if (late > HALF_DAY / 2n) return utc - HALF_DAY;
    return late < -HALF_DAY / 2n ? utc + HALF_DAY : utc;
  }
}
