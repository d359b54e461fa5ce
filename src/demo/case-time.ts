/** A moment of the case: whole microseconds since 1970. Exact in a double, and fine enough for every log it writes. */
export type CaseTime = number;

export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The first day of the case, a Tuesday. The logs begin at midnight UTC. */
export const FIRST_DAY: CaseTime = Date.UTC(2024, 4, 14) * 1000;

/** `09:42:18.412` on the first day of the case. */
export function onFirstDay(clock: string): CaseTime {
  const [hours = '0', minutes = '0', seconds = '0'] = clock.split(':');
  return FIRST_DAY + Number(hours) * HOUR + Number(minutes) * MINUTE + Math.round(Number(seconds) * SECOND);
}

let cachedSecond = Number.NaN;
let cachedText = '';

/** `2024-05-14T09:42:18`. */
function wholeSeconds(time: CaseTime): string {
  const second = Math.floor(time / SECOND);
  if (second !== cachedSecond) {
    cachedSecond = second;
    cachedText = new Date(second * 1000).toISOString().slice(0, 19);
  }
  return cachedText;
}

function microseconds(time: CaseTime): string {
  return (time % SECOND).toString().padStart(6, '0');
}

/** As Windows writes `TimeCreated`: `2024-05-14T09:42:18.412345600Z`; `tick` is the digit of 100 ns. */
export function systemTimeText(time: CaseTime, tick: number): string {
  return `${wholeSeconds(time)}.${microseconds(time)}${tick}00Z`;
}

/** As Sysmon writes `UtcTime`: `2024-05-14 09:42:18.412`. */
export function utcTimeText(time: CaseTime): string {
  return `${wholeSeconds(time).replace('T', ' ')}.${microseconds(time).slice(0, 3)}`;
}

/** `2024-05-14 09:42:18`. */
export function secondText(time: CaseTime): string {
  return wholeSeconds(time).replace('T', ' ');
}

/** ISO 8601 in UTC with seven digits of fraction. */
export function isoText(time: CaseTime): string {
  return `${wholeSeconds(time)}.${microseconds(time)}0Z`;
}
