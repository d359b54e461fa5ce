import type { Ticks } from '../core/ticks.ts';
import type { EventClass } from '../events/event-class.ts';
import type { ChannelLedger, HostLedger, RecordIdGap, SensorDrop, TimeSpan } from './ledger.ts';
import { isJudged } from './record-id-gaps.ts';
import { droppedOfClass } from './sensor-drops.ts';

/** A time in which events of a class may be missing from a channel, and why. Null ends are open. */
export type Loss = TimeSpan &
  (
    | { readonly kind: 'gap'; readonly gap: RecordIdGap }
    | { readonly kind: 'gaps-not-listed'; readonly gaps: number }
    | { readonly kind: 'dropped'; readonly drop: SensorDrop; readonly count: number | undefined }
    | { readonly kind: 'cleared'; readonly at: Ticks }
    | { readonly kind: 'stopped'; readonly at: Ticks }
    | { readonly kind: 'reports-not-read'; readonly reports: number }
    | { readonly kind: 'before-log'; readonly first: Ticks }
    | { readonly kind: 'after-log'; readonly last: Ticks }
    | { readonly kind: 'other-configuration'; readonly configured: Ticks }
  );

/** All times in which events of a class may be missing from a channel that records it, the most telling first. */
export function lossesOf(host: HostLedger, channel: ChannelLedger, eventClass: EventClass): readonly Loss[] {
  return [
    ...dropLosses(channel, eventClass),
    ...gapLosses(channel),
    ...clearLosses(channel),
    ...stopLosses(host, channel),
    ...edgeLosses(host, channel),
    ...configurationLosses(channel, eventClass),
  ];
}

function gapLosses({ recordIds }: ChannelLedger): readonly Loss[] {
  const losses: Loss[] = recordIds.gaps.map((gap) => ({ kind: 'gap', from: gap.from, to: gap.to, gap }));
  if (recordIds.gapsLeftOut > 0)
    losses.push({ kind: 'gaps-not-listed', from: null, to: null, gaps: recordIds.gapsLeftOut });
  return losses;
}

function dropLosses({ drops, reportsLeftOut }: ChannelLedger, eventClass: EventClass): readonly Loss[] {
  const losses = drops.flatMap((drop): readonly Loss[] => {
    const dropped = droppedOfClass(drop, eventClass);
    return dropped === undefined
      ? []
      : [{ kind: 'dropped', from: drop.from, to: drop.to, drop, count: dropped.count }];
  });
  if (reportsLeftOut === 0) return losses;
  const oldest = drops[0]?.to ?? null;
  return [...losses, { kind: 'reports-not-read', from: null, to: oldest, reports: reportsLeftOut }];
}

/** A clear takes what was not yet read. Where the record ids go on without a gap, nothing was lost by it. */
function clearLosses({ clears, recordIds, first }: ChannelLedger): readonly Loss[] {
  return clears
    .filter(({ time }) => !isJudged(recordIds) || first === null || first >= time)
    .map(({ time }) => ({ kind: 'cleared', from: null, to: time, at: time }));
}

function stopLosses(host: HostLedger, channel: ChannelLedger): readonly Loss[] {
  return channel.states.flatMap(({ time, change }, at): readonly Loss[] => {
    if (change !== 'stopped') return [];
    const started = channel.states.slice(at + 1).find((state) => state.change === 'started')?.time;
    return [{ kind: 'stopped', from: time, to: started ?? resumed(host, channel, time), at: time }];
  });
}

/** When a channel had events again after a moment, as exactly as the grid tells; null where it had none. */
function resumed({ grid }: HostLedger, { parts, last }: ChannelLedger, after: Ticks): Ticks | null {
  if (last === null || last <= after) return null;
  const next = parts.findIndex((events, at) => events > 0 && grid.from + grid.width * BigInt(at) > after);
  return next < 0 ? last : grid.from + grid.width * BigInt(next + 1);
}

/**
 * Before a channel's first event and after its last. A channel that is silent for long may be silent so long there too
 * without anything being lost.
 */
function edgeLosses(host: HostLedger, channel: ChannelLedger): readonly Loss[] {
  const { first, last } = channel;
  if (first === null || last === null) return [];
  const silence = host.grid.width * BigInt(longestSilence(channel.parts));
  return [
    { kind: 'before-log', from: null, to: first - silence - 1n, first },
    { kind: 'after-log', from: last + silence + 1n, to: null, last },
  ];
}

/** Parts without events between two that have some, at most. */
function longestSilence(parts: readonly number[]): number {
  let longest = 0;
  let before: number | undefined;
  for (const [at, events] of parts.entries()) {
    if (events === 0) continue;
    if (before !== undefined) longest = Math.max(longest, at - before - 1);
    before = at;
  }
  return longest;
}

/** Between two changes of the sensor's configuration no event of the class was recorded, but under others there were. */
function configurationLosses({ states, classes }: ChannelLedger, eventClass: EventClass): readonly Loss[] {
  const found = classes.filter((each) => each.eventClass === eventClass);
  const changes = states.filter(({ change }) => change === 'configured').map(({ time }) => time);
  const [change] = changes;
  if (change === undefined || found.length === 0) return [];
  const firsts = found.flatMap(({ first }) => (first === null ? [] : [first]));
  const lasts = found.flatMap(({ last }) => (last === null ? [] : [last]));
  const losses: Loss[] = [];
  const begun = changes.findLast((time) => firsts.every((first) => first >= time));
  if (begun !== undefined)
    losses.push({ kind: 'other-configuration', from: null, to: begun, configured: begun });
  const ended = changes.find((time) => lasts.every((last) => last < time));
  if (ended !== undefined)
    losses.push({ kind: 'other-configuration', from: ended, to: null, configured: ended });
  return losses;
}
