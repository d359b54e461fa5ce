import type { Ticks } from '../core/ticks.ts';
import { lossText, notJudgedText } from '../coverage/answer-text.ts';
import { productName } from '../coverage/class-names.ts';
import type { ChannelLedger, HostLedger } from '../coverage/ledger.ts';
import { type Loss, lossesOf } from '../coverage/losses.ts';
import { isJudged } from '../coverage/record-id-gaps.ts';
import { countText } from './quantity-text.ts';

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
  const channels = [...new Map(recorders.map(({ channel }) => [channel.channel, channel])).values()];
  const losses = channels.flatMap((channel) => startLosses(host, channel, clock));
  const unjudged = channels.filter(({ recordIds }) => !isJudged(recordIds));
  const known = losses.length === 0 ? '; nothing is known to be missing' : '';
  const more = losses.length > LISTED ? [`  … ${losses.length - LISTED} more (keizu coverage)`] : [];
  return [
    `coverage: process starts are recorded by ${by.join(' and ')}${withEnds ? '' : ', ends by nothing'}${known}`,
    ...losses.slice(0, LISTED).map((loss) => `  ${loss}`),
    ...more,
    ...unjudged.map(({ channel, recordIds }) => `  ${notJudgedText(channel, recordIds.verdict)}`),
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
