import type { Ticks } from '../core/ticks.ts';
import type { ChannelLedger, HostLedger } from '../coverage/ledger.ts';
import { lossesOf } from '../coverage/losses.ts';
import { recordableClasses } from '../coverage/recordable-classes.ts';
import type { EventClass } from '../events/event-class.ts';
import { askedClasses } from './class-facts.ts';
import type { CoverageAxis } from './coverage-view.ts';

/** How much of the hosts' time a class was collected in without a gap. */
export interface ClassShare {
  readonly class: EventClass;
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  /** Hosts that it is a share of. */
  readonly hosts: number;
}

/**
 * By class the share of time in which its absence is certain, over the hosts with any log of processes: elsewhere nobody expects
 * an answer.
 */
export function coverageShares(hosts: readonly HostLedger[], axis: CoverageAxis): ClassShare[] {
  const asked = hosts.filter(hasProcessLog);
  return askedClasses.map(([eventClass, label]) => {
    const shares = asked.map((host) => hostShare(host, eventClass, axis));
    const share = shares.length === 0 ? 0 : shares.reduce((sum, each) => sum + each, 0) / shares.length;
    return { class: eventClass, label, share, hosts: asked.length };
  });
}

export function hasProcessLog({ channels }: HostLedger): boolean {
  return channels.some(({ classes }) => classes.some(({ eventClass }) => eventClass === 'process-start'));
}

/** Time in which at least one channel records the class and nothing of it is known to be missing. */
function hostShare(host: HostLedger, eventClass: EventClass, axis: CoverageAxis): number {
  const length = axis.to - axis.from;
  if (length <= 0n) return 0;
  let missing: readonly Span[] = [{ from: axis.from, to: axis.to }];
  for (const channel of host.channels) {
    if (!records(channel, eventClass)) continue;
    missing = intersection(missing, lostSpans(host, channel, eventClass, axis));
  }
  const lost = missing.reduce((sum, { from, to }) => sum + (to - from), 0n);
  return Number(length - lost) / Number(length);
}

function records(channel: ChannelLedger, eventClass: EventClass): boolean {
  return channel.classes.some(
    (each) =>
      each.eventClass === eventClass &&
      each.eventsEver > 0 &&
      recordableClasses(each.product, channel.channel).find((one) => one.eventClass === eventClass)
        ?.selection !== 'audited',
  );
}

interface Span {
  readonly from: Ticks;
  readonly to: Ticks;
}

/** Spans in order, none touching another. */
function lostSpans(
  host: HostLedger,
  channel: ChannelLedger,
  eventClass: EventClass,
  axis: CoverageAxis,
): readonly Span[] {
  const spans = lossesOf(host, channel, eventClass)
    .map(({ from, to }) => ({
      from: from === null || from < axis.from ? axis.from : from,
      to: to === null || to > axis.to ? axis.to : to,
    }))
    .filter(({ from, to }) => to > from)
    .sort((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0));
  const joined: { from: Ticks; to: Ticks }[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last === undefined || span.from > last.to) joined.push({ ...span });
    else if (span.to > last.to) last.to = span.to;
  }
  return joined;
}

function intersection(one: readonly Span[], other: readonly Span[]): readonly Span[] {
  const found: Span[] = [];
  let at = 0;
  for (const { from, to } of one) {
    while (at > 0 && (other[at]?.from ?? to) > from) at--;
    for (; at < other.length; at++) {
      const next = other[at];
      if (next === undefined || next.from >= to) break;
      const begin = next.from > from ? next.from : from;
      const end = next.to < to ? next.to : to;
      if (end > begin) found.push({ from: begin, to: end });
    }
  }
  return found;
}
