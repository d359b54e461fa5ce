import { formatTicks, TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { HostLedger, Lateness } from '../coverage/ledger.ts';
import type { Family } from '../lineage/select-family.ts';
import { countOf } from './quantity-text.ts';
import type { Clock, ReasonView } from './reason-view.ts';

/** Whether a tree may still grow, and why. */
export interface Settling {
  /** Whether more is to be expected, as far as can be told. */
  readonly is: boolean;
  /** Since when processes may be missing; null where that cannot be told, or none may. */
  readonly since: Ticks | null;
  readonly reasons: ReasonView[];
  /** Of the log of process starts whose events take longest. */
  readonly lateness: Lateness;
}

/** Events that take less are there at once. */
const promptSeconds = 1;

/** Nearer to now than this, a tree of what has arrived by now is taken to be looked at while events come in. */
const live = 86_400n * TICKS_PER_SECOND;

/**
 * Whether the tree, as of a moment, may still grow: processes that started within the host's usual lateness, and logs that
 * have been silent for longer than their events usually take. Settled where the moment is long past the last event.
 */
export function settlingOf(
  host: HostLedger | undefined,
  family: Family,
  moment: Ticks,
  clock: Clock,
): Settling {
  const lateness = processLateness(host);
  const reasons: ReasonView[] = [];
  let since: Ticks | null = null;
  if (host === undefined || host.last === null || moment - host.last > live)
    return { is: false, since, reasons, lateness };
  for (const channel of host.channels) {
    if (!channel.classes.some(({ eventClass }) => eventClass === 'process-start')) continue;
    const { last, lateness } = channel;
    if (lateness.kind !== 'measured' || last === null) {
      reasons.push({
        code: 'settling.unknown',
        text: `${channel.channel}: how late its events arrive cannot be told from their arrivals`,
        values: { channel: channel.channel },
      });
      continue;
    }
    const { p95, p99, most } = lateness;
    const usual = `95 % of its events arrive within ${secondsText(p95)}, 99 % within ${secondsText(p99)}, the latest so far took ${secondsText(most)}`;
    const figures = { channel: channel.channel, p95, p99, most };
    const from = moment - ticksOfSeconds(p99);
    const young = p99 < promptSeconds ? 0 : youngOf(family, from);
    if (young > 0)
      reasons.push({
        code: 'settling.young',
        text: `still settling: ${countOf(young, 'process', 'processes')} of this tree started later than ${clock(from)}; of ${channel.channel} ${usual}`,
        values: { ...figures, count: young, since: formatTicks(from) },
      });
    const silent = moment - last > ticksOfSeconds(Math.max(p99, 60));
    if (silent)
      reasons.push({
        code: 'settling.silent',
        text: `still settling: the last event of ${channel.channel} is of ${clock(last)}, ${secondsText(Number((moment - last) / TICKS_PER_SECOND))} before this moment; ${usual}`,
        values: { ...figures, last: formatTicks(last) },
      });
    const begins = silent ? last : from;
    if ((young > 0 || silent) && (since === null || begins < since)) since = begins;
  }
  return { is: since !== null, since, reasons, lateness };
}

/**
 * Since when events of hosts may still arrive, by how late those of their logs usually do; null where none are to be expected,
 * or where arrivals tell nothing of it.
 */
export function settlesSince(hosts: readonly HostLedger[], moment: Ticks): Ticks | null {
  let since: Ticks | null = null;
  for (const { last: lastOfHost, channels } of hosts) {
    if (lastOfHost === null || moment - lastOfHost > live) continue;
    for (const { last, lateness } of channels) {
      if (lateness.kind !== 'measured' || last === null || lateness.p99 < promptSeconds) continue;
      const usual = moment - ticksOfSeconds(lateness.p99);
      const from = moment - last > ticksOfSeconds(Math.max(lateness.p99, 60)) ? last : usual;
      if (since === null || from < since) since = from;
    }
  }
  return since;
}

/** How late events of the process logs of a host arrive: those of the log that takes longest. */
export function processLateness(host: HostLedger | undefined): Lateness {
  let found: Lateness = { kind: 'unknown' };
  for (const { classes, lateness } of host?.channels ?? []) {
    if (!classes.some(({ eventClass }) => eventClass === 'process-start')) continue;
    const later = lateness.kind === 'measured' && (found.kind !== 'measured' || lateness.p99 > found.p99);
    if (later || found.kind === 'unknown') found = lateness;
  }
  return found;
}

function youngOf({ lineage, shows }: Family, since: Ticks): number {
  let young = 0;
  for (let index = lineage.size - 1; index >= 0; index--) {
    if (!shows(index)) continue;
    const { start } = lineage.outline(index);
    if (start !== undefined && start > since) young += 1;
  }
  return young;
}

function ticksOfSeconds(seconds: number): Ticks {
  return BigInt(Math.round(Math.max(0, seconds) * 1000)) * (TICKS_PER_SECOND / 1000n);
}

/** `4.2 s`, `31 min 5 s`, `2 h 10 min`. */
function secondsText(seconds: number): string {
  if (seconds < 10) return `${Math.max(0, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
