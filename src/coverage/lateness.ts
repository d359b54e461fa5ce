import type { LateDelivery, Lateness } from './ledger.ts';

/** What the arrivals of a channel's events are like. Seconds are arrival − time. */
export interface ArrivalFigures {
  readonly events: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly most: number;
  /** Different minutes in which events happened, and in which they arrived. */
  readonly eventMinutes: number;
  readonly arrivalMinutes: number;
}

/** An event that arrives later than this is told of. Seconds. */
export const lateAfter = 300;

/** Where events that happened within fewer minutes than these came later than this, it was an ingest, not a delivery. */
const shortLog = 4;
const promptSeconds = 600;

/**
 * Whether arrivals follow the events. An ingest of a file, or of a case, gives all events the few moments in which it ran:
 * they say nothing of how late events came. So the minutes of arrival must be at least a quarter as many as those of the
 * events; in a short log, most events must have come at once.
 */
export function judgeLateness(figures: ArrivalFigures | undefined, late: readonly LateDelivery[]): Lateness {
  if (figures === undefined || figures.events === 0) return { kind: 'unknown' };
  const { eventMinutes, arrivalMinutes, median, p95, p99, most } = figures;
  const follows =
    eventMinutes < shortLog
      ? Math.abs(median) <= promptSeconds
      : arrivalMinutes * 4 >= eventMinutes && Math.abs(median) <= 86_400;
  if (!follows) return { kind: 'at-once', arrivals: arrivalMinutes, moments: eventMinutes };
  return { kind: 'measured', median, p95, p99, most, late };
}
