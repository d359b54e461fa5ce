import { terminalText } from '../core/terminal-text.ts';
import type { Ticks } from '../core/ticks.ts';
import { overlaps } from '../coverage/answer.ts';
import { classNames, productName } from '../coverage/class-names.ts';
import type {
  ChannelLedger,
  FaultGroup,
  HostLedger,
  Lateness,
  Ledger,
  NeverSeen,
  SensorDrop,
  TimeSpan,
} from '../coverage/ledger.ts';
import { recordIdReasoning } from '../coverage/record-id-text.ts';
import { clockText } from './clock-text.ts';
import { countOf, countText } from './quantity-text.ts';
import { type StripMark, stripMarks, timeStrip } from './time-strip.ts';

/** Entries of one kind that are shown for a channel; the others are counted. */
const shownEntries = 10;

/** The ledger for people. All texts from logs are made safe for a terminal. */
export function coverageText(ledger: Ledger, timezone: string): string {
  const clock = (time: Ticks) => clockText(time, timezone);
  const hosts = ledger.hosts.map((host) => hostText(host, ledger.range, clock, timezone));
  const lines = ledger.faults.length === 0 ? [] : ['Sources of no host', ...faultLines(ledger.faults), ''];
  return `${[...hosts.flat(), ...lines].join('\n')}\n${legend}\n`;
}

const legend = [
  'Strips: · no event, ▁ few, █ most of that log (the root of the count). Below them: g record ids missing,',
  'd dropped by the sensor, c log cleared, s recording stopped, * several. "never seen" is not "did not happen".',
].join('\n');

type Clock = (time: Ticks) => string;

function hostText(host: HostLedger, range: TimeSpan, clock: Clock, timezone: string): readonly string[] {
  const { grid } = host;
  const ranged = range.from !== null || range.to !== null;
  const count = ranged
    ? `${countOf(host.events, 'event')} in this time, ${countText(host.eventsEver)} in all`
    : countOf(host.eventsEver, 'event');
  const end = grid.from + grid.width * BigInt(grid.parts);
  return [
    `${terminalText(host.host)}  ${count}, ${countOf(host.channels.filter(({ eventsEver }) => eventsEver > 0).length, 'log')}`,
    `  ${clock(grid.from)} to ${clock(ranged ? end : (host.last ?? end))} ${terminalText(timezone)}; one column is ${durationText(Number(grid.width) / 1e7)}`,
    '',
    ...host.channels
      .filter(({ eventsEver }) => eventsEver > 0)
      .flatMap((channel) => [...channelText(host, channel, range, clock), '']),
    ...clearedLines(host, range, clock),
    ...(host.faults.length === 0 ? [] : [...faultLines(host.faults), '']),
  ];
}

/** Logs that gave no event, but of which another log says that they were cleared. */
function clearedLines(host: HostLedger, range: TimeSpan, clock: Clock): readonly string[] {
  const lines = host.channels
    .filter(({ eventsEver }) => eventsEver === 0)
    .flatMap(({ channel, clears }) => moments(clears).map((clear) => ({ ...clear, channel })))
    .filter((clear) => overlaps(clear, range))
    .sort((one, other) => (one.time < other.time ? -1 : one.time > other.time ? 1 : 0))
    .map(({ time, user, channel }) => {
      const by = user === undefined ? '' : ` by ${terminalText(user)}`;
      return `    ${clock(time)}${by}  ${terminalText(channel)}`;
    });
  if (lines.length === 0) return [];
  const more = lines.length - shownEntries;
  return [
    '  Cleared logs of which there is no event',
    ...lines.slice(0, shownEntries),
    ...(more > 0 ? [`    and ${countText(more)} more; --format json has all`] : []),
    '',
  ];
}

function channelText(
  host: HostLedger,
  channel: ChannelLedger,
  range: TimeSpan,
  clock: Clock,
): readonly string[] {
  const { first, last, untimed } = channel;
  const span = first === null || last === null ? 'no event has a time' : `${clock(first)} to ${clock(last)}`;
  const noTime = untimed === 0 ? '' : `, ${countText(untimed)} without a time of their own`;
  const marks = stripMarks(host.grid.parts, channelMarks(host, channel));
  return [
    `  ${terminalText(channel.channel)}  ${countOf(channel.events, 'event')}${noTime}, ${span}`,
    `    ${timeStrip(channel.parts)}`,
    ...(marks === '' ? [] : [`    ${marks}`]),
    ...entry('record ids', [recordIdReasoning(channel.recordIds)]),
    ...entry(
      'gap',
      within(channel.recordIds.gaps, range, ({ firstMissing, lastMissing, missing, from, to }) => {
        const ids =
          missing === 1n
            ? `id ${firstMissing}`
            : `${missing.toLocaleString('en-US')} ids, ${firstMissing} to ${lastMissing},`;
        return `${ids} between ${clock(from)} and ${clock(to)}`;
      }),
    ),
    ...entry(
      'dropped',
      within(channel.drops, range, (drop) => dropText(drop, clock)),
    ),
    ...entry(
      'cleared',
      within(moments(channel.clears), range, ({ time, user, eventCode }) => {
        const by = user === undefined ? '' : ` by ${terminalText(user)}`;
        return `${clock(time)}${by} (event ${eventCode})`;
      }),
    ),
    ...entry(
      'sensor',
      within(moments(channel.states), range, ({ time, change, text, eventCode }) => {
        const said =
          change === 'started' || change === 'stopped' || text === '' ? '' : `: ${terminalText(text)}`;
        return `${clock(time)} ${change === 'other' ? `event ${eventCode}` : change}${said}`;
      }),
    ),
    ...entry(
      'not read',
      channel.reportsLeftOut === 0
        ? []
        : [`${countOf(channel.reportsLeftOut, 'older report')} of drops, clears and states`],
    ),
    ...entry('arrival', latenessLines(channel.lateness, clock)),
    ...entry('collected', collectedLines(channel)),
    ...entry('never seen', neverSeenLines(channel.neverSeen)),
  ];
}

function entry(label: string, texts: readonly string[]): readonly string[] {
  return texts.map((text, at) => `    ${(at === 0 ? label : '').padEnd(12)}${text}`);
}

interface Moment {
  readonly time: Ticks;
}

function moments<Value extends Moment>(values: readonly Value[]): readonly (Value & TimeSpan)[] {
  return values.map((value) => ({ ...value, from: value.time, to: value.time }));
}

/** Texts of what lies in the range, the first of them, and how many more there are. */
function within<Value extends TimeSpan>(
  values: readonly Value[],
  range: TimeSpan,
  text: (value: Value) => string,
): readonly string[] {
  const inside = values.filter((value) => overlaps(value, range));
  const texts = withoutRepeats(inside.map(text));
  const shown = texts.slice(0, shownEntries);
  const more = texts.length - shown.length;
  const outside = values.length - inside.length;
  return [
    ...shown,
    ...(more > 0 ? [`and ${countText(more)} more; --format json has all`] : []),
    ...(outside > 0 ? [`${shown.length > 0 ? 'and ' : ''}${countText(outside)} outside this time`] : []),
  ];
}

/** Lines that follow each other and are the same become one that says how often. */
function withoutRepeats(texts: readonly string[]): readonly string[] {
  const found: { readonly text: string; times: number }[] = [];
  for (const text of texts) {
    const last = found.at(-1);
    if (last?.text === text) last.times++;
    else found.push({ text, times: 1 });
  }
  return found.map(({ text, times }) => (times === 1 ? text : `${text} (${countText(times)} times)`));
}

function dropText(drop: SensorDrop, clock: Clock): string {
  const what =
    drop.counts.length === 0
      ? terminalText(drop.text) || `event ${drop.eventCode}`
      : drop.counts.map(({ type, count }) => `${countText(count)} ${terminalText(type)}`).join(', ');
  const since: Readonly<Record<SensorDrop['since'], string>> = {
    report: 'the report before',
    start: "the sensor's start",
    'first-event': "the log's first event",
    'event-before': 'an event before',
    unknown: '',
  };
  const from = drop.from === null ? 'before' : `between ${clock(drop.from)} (${since[drop.since]}) and`;
  return `${what}, ${from} ${clock(drop.to)}`;
}

function latenessLines(lateness: Lateness, clock: Clock): readonly string[] {
  switch (lateness.kind) {
    case 'unknown':
      return [];
    case 'at-once':
      return [
        `tells nothing: events of ${countOf(lateness.moments, 'minute')} arrived in ${countOf(lateness.arrivals, 'minute')}, with the ingest or a file (see ingest --arrival)`,
      ];
    case 'measured': {
      const { median, p95, p99, most, late } = lateness;
      const shown = late.slice(0, shownEntries).map((delivery) => {
        const { events, from, to, firstArrival } = delivery;
        return `late: ${countOf(events, 'event')} of ${clock(from)} to ${clock(to)} came at ${clock(firstArrival)}`;
      });
      return [
        `half of the events within ${durationText(median)}, 95 % ${durationText(p95)}, 99 % ${durationText(p99)}, the last ${durationText(most)}`,
        ...shown,
        ...(late.length > shown.length
          ? [`and ${countText(late.length - shown.length)} more late deliveries`]
          : []),
      ];
    }
  }
}

function collectedLines({ classes }: ChannelLedger): readonly string[] {
  const counts = new Map<string, number>();
  for (const { eventClass, events } of classes) {
    const name = terminalText(classNames[eventClass] ?? eventClass);
    counts.set(name, (counts.get(name) ?? 0) + events);
  }
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  const some = sorted.filter(([, count]) => count > 0).map(([name, count]) => `${name} ${countText(count)}`);
  const only = sorted.filter(([, count]) => count === 0).map(([name]) => name);
  return [
    ...(some.length === 0 ? [] : [some.join(', ')]),
    ...(only.length === 0 ? [] : [`not in this time: ${only.join(', ')}`]),
  ];
}

function neverSeenLines(never: readonly NeverSeen[]): readonly string[] {
  const names = (wanted: (each: NeverSeen) => boolean) =>
    never.filter(wanted).map(({ eventClass }) => classNames[eventClass]);
  const products = [...new Set(never.map(({ product }) => productName(product)))].join(', ');
  const off = names(({ byDefault }) => byDefault === 'off');
  const on = names(({ byDefault }) => byDefault === 'on');
  return [
    ...(off.length === 0 ? [] : [`off by default in ${terminalText(products)}: ${off.join(', ')}`]),
    ...(on.length === 0 ? [] : [`on by default: ${on.join(', ')}`]),
  ];
}

function channelMarks({ grid }: HostLedger, channel: ChannelLedger): readonly StripMark[] {
  const part = (time: Ticks | null, open: number): number =>
    time === null ? open : Number((time - grid.from) / grid.width) - (time < grid.from ? 1 : 0);
  const mark = (span: TimeSpan, sign: string): StripMark => ({
    from: part(span.from, 0),
    to: part(span.to, grid.parts - 1),
    sign,
  });
  return [
    ...moments(channel.clears).map((clear) => mark(clear, 'c')),
    ...moments(channel.states.filter(({ change }) => change === 'stopped')).map((state) => mark(state, 's')),
    ...channel.recordIds.gaps.map((gap) => mark(gap, 'g')),
    // The report's time is sure; since when is in the text.
    ...channel.drops.map(({ to }) => mark({ from: to, to }, 'd')),
  ];
}

function faultLines(faults: readonly FaultGroup[]): readonly string[] {
  const shown = faults.slice(0, shownEntries);
  return [
    '  Faults at ingest (in the quarantine)',
    ...shown.map(
      ({ origin, code, faults: count, message }) =>
        `    ${countText(count)} × ${code} in ${terminalText(origin)}: ${terminalText(message)}`,
    ),
    ...(faults.length > shown.length
      ? [`    and ${countOf(faults.length - shown.length, 'more group')}`]
      : []),
  ];
}

/** `11 min 51 s`, `0.4 s`, `-2 s`. */
export function durationText(seconds: number): string {
  if (seconds < 0) return `-${durationText(-seconds)}`;
  if (seconds < 60) return `${Number(seconds.toFixed(seconds < 10 ? 1 : 0))} s`;
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ] as const;
  let rest = Math.round(seconds);
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(' ');
}
