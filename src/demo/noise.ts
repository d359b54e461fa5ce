import { type CaseTime, DAY, HOUR, MINUTE } from './case-time.ts';
import { powerDown, powerOn } from './host-lifecycle.ts';
import type { HostSimulation } from './host-simulation.ts';
import { SERVER_ACTIVITIES, SYSTEM_ACTIVITIES } from './noise-system.ts';
import { DEVELOPER_ACTIVITIES, USER_ACTIVITIES } from './noise-user.ts';

/** How busy each hour of a day is, for a host that is always on, */
const ALWAYS_ON_HOURS = [2, 2, 2, 2, 2, 2, 3, 8, 30, 60, 60, 55, 35, 50, 60, 60, 50, 30, 8, 4, 3, 3, 2, 2];
/** and for one that is switched on in the morning and off in the evening. */
const OFFICE_HOURS = [0, 0, 0, 0, 0, 0, 0, 0, 20, 60, 60, 55, 35, 50, 60, 60, 50, 10, 0, 0, 0, 0, 0, 0];

/** The moment of the day by which a share (0 to 1) of its work is done. */
function timeOfWork(share: number, hours: readonly number[]): number {
  let left = share * hours.reduce((sum, weight) => sum + weight, 0);
  let hour = 0;
  for (const weight of hours) {
    if (left < weight) return (hour + left / weight) * HOUR;
    left -= weight;
    hour += 1;
  }
  return DAY;
}

export interface NoisePlan {
  readonly begin: CaseTime;
  readonly days: number;
  /** About how many events the host shall have in all, the story's included. */
  readonly events: number;
}

/** Lifetimes are natural up to this many events of a host in a day; beyond, they shrink so that memory stays bounded. */
const NATURAL_EVENTS = 20_000;

/**
 * Keeps a host as busy as the plan wants: whenever fewer events are on their way than the hour's share of the plan, it
 * does something more.
 */
export function keepBusy(host: HostSimulation, plan: NoisePlan): void {
  const perDay = plan.events / plan.days;
  const pace = Math.min(1, NATURAL_EVENTS / perDay);
  const { random } = host;
  const hours = bootsDaily(host, plan) ? OFFICE_HOURS : ALWAYS_ON_HOURS;
  const server = host.host.role === 'server';
  const userActivities = host.host.name === 'WS-ENG-03' ? DEVELOPER_ACTIVITIES : USER_ACTIVITIES;
  const step = (): void => {
    if (host.role('services')) {
      const user = host.role('explorer') !== undefined && !server;
      // At night the user sleeps; the programs that stay open do not.
      const hour = ((host.now - plan.begin) % DAY) / HOUR;
      const awake = hour > 8.3 && hour < 18.2;
      const kinds = server ? SERVER_ACTIVITIES : SYSTEM_ACTIVITIES;
      random.pickWeighted(user && awake && random.chance(0.65) ? userActivities : kinds)(host, pace);
    }
    const done = host.committed + random.exponential(3);
    const day = Math.floor(done / perDay);
    const next = plan.begin + day * DAY + timeOfWork((done - day * perDay) / perDay, hours);
    // While a host is off, what it could not do waits for the morning.
    host.at(Math.max(next, host.now + (host.role('services') ? 2000 : 5 * MINUTE)), step);
  };
  host.at(plan.begin + random.exponential(2 * MINUTE), step);
}

/** Fewer events than this a day, and a host is not worth switching on and off. */
const LEAST_FOR_BOOTS = 700;

/** True where the host is switched on every morning and off every evening. */
export function bootsDaily(host: HostSimulation, plan: NoisePlan): boolean {
  return !host.host.alwaysOn && plan.events / plan.days >= LEAST_FOR_BOOTS;
}

/** Switches the host on and off on every day of the plan. `firstMorning` fixes the first day's times for a story. */
export function switchDaily(
  host: HostSimulation,
  plan: NoisePlan,
  firstMorning: { readonly on: CaseTime; readonly off: CaseTime } | undefined,
): void {
  for (let day = 0; day < plan.days; day++) {
    const midnight = plan.begin + day * DAY;
    const fixed = day === 0 ? firstMorning : undefined;
    const on = fixed?.on ?? midnight + 7.7 * HOUR + host.random.whole(0, 50) * MINUTE;
    const off = fixed?.off ?? midnight + 17.5 * HOUR + host.random.whole(0, 70) * MINUTE;
    host.at(on, () => powerOn(host, 5 * MINUTE));
    host.at(off, () => powerDown(host));
  }
}
