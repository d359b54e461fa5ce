import { formatTicks, type Ticks } from '../core/ticks.ts';
import { overlaps } from '../coverage/answer.ts';
import { lossText } from '../coverage/answer-text.ts';
import { classNames, productName } from '../coverage/class-names.ts';
import type { ChannelLedger, HostLedger } from '../coverage/ledger.ts';
import { lossesOf } from '../coverage/losses.ts';
import { countOf } from './quantity-text.ts';

/** Why events of a host may be missing from a range, as sentences. */
export interface HostHoles {
  readonly host: string;
  readonly holes: readonly string[];
  /** Holes that are not listed. */
  readonly more: number;
}

/** Holes that are listed of one host. */
const mostHoles = 12;

/** What is missing of a host in a range; undefined where nothing is known to be. Null bounds are open. */
export function coverageHoles(
  host: HostLedger,
  range: { readonly earliest: Ticks | null; readonly latest: Ticks | null },
): HostHoles | undefined {
  const asked = { from: range.earliest, to: range.latest };
  const holes = new Set<string>();
  for (const channel of host.channels) {
    for (const hole of lossHoles(host, channel, asked)) holes.add(hole);
    for (const hole of neverHoles(channel)) holes.add(hole);
  }
  if (holes.size === 0) return undefined;
  return {
    host: host.host,
    holes: [...holes].slice(0, mostHoles),
    more: Math.max(0, holes.size - mostHoles),
  };
}

function lossHoles(
  host: HostLedger,
  channel: ChannelLedger,
  asked: { readonly from: Ticks | null; readonly to: Ticks | null },
): readonly string[] {
  const holes: string[] = [];
  let gaps = 0;
  let missing = 0n;
  const seen = new Set<unknown>();
  for (const { eventClass } of channel.classes) {
    for (const loss of lossesOf(host, channel, eventClass)) {
      const isEdge =
        (loss.kind === 'before-log' && asked.from === null) ||
        (loss.kind === 'after-log' && asked.to === null);
      if (isEdge || !overlaps(loss, asked)) continue;
      if (loss.kind === 'gap') {
        if (!seen.has(loss.gap)) {
          gaps++;
          missing += loss.gap.missing;
        }
        seen.add(loss.gap);
      } else {
        const things = classNames[eventClass];
        const text = lossText(loss, channel.channel, things, clock);
        holes.push(loss.kind === 'dropped' ? `${text} (${things})` : text);
      }
    }
  }
  if (gaps > 0)
    holes.unshift(
      `${countOf(gaps, 'gap')} in the record ids of ${channel.channel}: ${missing} ${missing === 1n ? 'event' : 'events'} missing`,
    );
  return holes;
}

function neverHoles({ channel, neverSeen }: ChannelLedger): readonly string[] {
  return (['off', 'on'] as const).flatMap((byDefault) => {
    const never = neverSeen.filter((each) => each.byDefault === byDefault && !each.seldom);
    const [first] = never;
    if (first === undefined) return [];
    const names = [...new Set(never.map(({ eventClass }) => classNames[eventClass]))].join(', ');
    return [`${productName(first.product)} never recorded ${names} in ${channel} (${byDefault} by default)`];
  });
}

function clock(time: Ticks): string {
  return formatTicks(time, 3);
}
