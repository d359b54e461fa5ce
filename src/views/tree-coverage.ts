import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { lossText } from '../coverage/answer-text.ts';
import { productName } from '../coverage/class-names.ts';
import type { ChannelLedger, HostLedger } from '../coverage/ledger.ts';
import { type Loss, lossesOf } from '../coverage/losses.ts';
import type { Family } from '../lineage/select-family.ts';
import { countOf, countText } from './quantity-text.ts';

/** Losses that are told in the header. */
const LISTED = 4;

/** The ends of a log are told by its span. */
const edges: ReadonlySet<Loss['kind']> = new Set(['before-log', 'after-log']);

/**
 * Lines on what recorded the process starts of a host, and when some may be missing. Not yet escaped. `clock` writes a moment.
 */
export function coverageLines(
  host: HostLedger | undefined,
  clock: (moment: Ticks) => string,
): readonly string[] {
  const recorders = (host?.channels ?? []).flatMap((channel) =>
    channel.classes
      .filter(({ eventClass, eventsEver }) => eventClass === 'process-start' && eventsEver > 0)
      .map((starts) => ({ channel, starts })),
  );
  if (host === undefined || recorders.length === 0) return ['coverage: nothing recorded process starts here'];
  const by = recorders.map(
    ({ starts }) => `${productName(starts.product)} (${countText(starts.eventsEver)})`,
  );
  const withEnds = host.channels.some(({ classes }) =>
    classes.some(({ eventClass, eventsEver }) => eventClass === 'process-end' && eventsEver > 0),
  );
  const losses = [...new Map(recorders.map(({ channel }) => [channel.channel, channel])).values()].flatMap(
    (channel) => startLosses(host, channel, clock),
  );
  const known = losses.length === 0 ? '; nothing is known to be missing' : '';
  const more = losses.length > LISTED ? [`  … ${losses.length - LISTED} more (keizu coverage)`] : [];
  return [
    `coverage: process starts are recorded by ${by.join(' and ')}${withEnds ? '' : ', ends by nothing'}${known}`,
    ...losses.slice(0, LISTED).map((loss) => `  ${loss}`),
    ...more,
  ];
}

function startLosses(
  host: HostLedger,
  channel: ChannelLedger,
  clock: (moment: Ticks) => string,
): readonly string[] {
  return lossesOf(host, channel, 'process-start')
    .filter(({ kind }) => !edges.has(kind))
    .map((loss) => lossText(loss, channel.channel, 'process starts', clock));
}

/** Events that take less are there at once. */
const promptSeconds = 1;

/** Nearer to now than this, a tree of what has arrived by now is taken to be looked at while events come in. */
const live = 86_400n * TICKS_PER_SECOND;

/**
 * Whether the tree, as of a moment, may still grow: processes that started within the host's usual lateness, and logs that
 * have been silent for longer than their events usually take. Empty where it is settled, or where the moment is long past the
 * last event.
 */
export function settlingLines(
  host: HostLedger | undefined,
  family: Family,
  moment: Ticks,
  clock: (moment: Ticks) => string,
): readonly string[] {
  if (host === undefined || host.last === null || moment - host.last > live) return [];
  const lines: string[] = [];
  for (const channel of host.channels) {
    if (!channel.classes.some(({ eventClass }) => eventClass === 'process-start')) continue;
    const { lateness, last } = channel;
    if (lateness.kind !== 'measured' || last === null) {
      lines.push(`${channel.channel}: how late its events arrive cannot be told from their arrivals`);
      continue;
    }
    const { p95, p99, most } = lateness;
    const usual = `95 % of its events arrive within ${secondsText(p95)}, 99 % within ${secondsText(p99)}, the latest so far took ${secondsText(most)}`;
    const since = moment - ticksOfSeconds(p99);
    const young = p99 < promptSeconds ? 0 : youngOf(family, since);
    if (young > 0)
      lines.push(
        `still settling: ${countOf(young, 'process', 'processes')} of this tree started later than ${clock(since)}; of ${channel.channel} ${usual}`,
      );
    if (moment - last > ticksOfSeconds(Math.max(p99, 60)))
      lines.push(
        `still settling: the last event of ${channel.channel} is of ${clock(last)}, ${secondsText(Number((moment - last) / TICKS_PER_SECOND))} before this moment; ${usual}`,
      );
  }
  return lines;
}

function youngOf({ lineage, shows }: Family, since: Ticks): number {
  let young = 0;
  for (let index = lineage.size - 1; index >= 0; index--) {
    if (!shows(index)) continue;
    const { start } = lineage.process(index);
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
