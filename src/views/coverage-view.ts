import { formatTicks, TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { answerQuestion, overlaps } from '../coverage/answer.ts';
import { classNames, productName } from '../coverage/class-names.ts';
import type { ChannelLedger, FaultGroup, HostLedger, Lateness, Ledger } from '../coverage/ledger.ts';
import { type Loss, lossesOf } from '../coverage/losses.ts';
import { recordableClasses } from '../coverage/recordable-classes.ts';
import type { EventClass } from '../events/event-class.ts';
import { absence, askedClasses, type ClassFact } from './class-facts.ts';
import {
  answerReasonViews,
  type Clock,
  isoOrNull,
  lossReason,
  type ReasonView,
  recordIdReason,
} from './reason-view.ts';
import { processLateness } from './settling.ts';

/** A time in which events may be missing, or still may come. */
export interface StretchView {
  readonly kind: Loss['kind'] | 'not-collected' | 'settling';
  readonly from: string | null;
  readonly to: string | null;
  readonly count: number | null;
  readonly reason: ReasonView;
  readonly eventId: string | null;
}

export interface MarkView {
  readonly kind: 'cleared' | 'started' | 'stopped' | 'configured' | 'error' | 'other';
  readonly time: string | null;
  readonly text: string;
  readonly user: string | null;
  readonly eventId: string;
}

export interface CoverageClassView {
  readonly class: EventClass;
  readonly label: string;
  readonly product: string | null;
  readonly events: number;
  readonly eventsEver: number;
  readonly dropped: number;
  readonly answer: ClassFact['answer'];
  readonly reasons: ReasonView[];
  readonly parts: number[];
  readonly stretches: StretchView[];
  readonly stretchesLeftOut: number;
}

/** The range that is shown, in equal parts. */
export interface CoverageAxis {
  readonly from: Ticks;
  readonly to: Ticks;
  readonly parts: number;
}

const mostStretches = 200;
const mostMarks = 200;
const mostLate = 100;

/** What stands in a channel besides what it records of the host. */
const reports: ReadonlySet<EventClass> = new Set([
  'sensor-drop',
  'sensor-state',
  'log-cleared',
  'boot',
  'other',
]);

const askedLabels: ReadonlyMap<EventClass, string> = new Map(askedClasses);

export function classLabel(eventClass: EventClass): string {
  const name = askedLabels.get(eventClass) ?? classNames[eventClass];
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** One host with all of its channels. */
export function coverageHost(ledger: Ledger, host: HostLedger, axis: CoverageAxis, now: Ticks, clock: Clock) {
  const lateness = processLateness(host);
  const answers = askedClasses.map(([eventClass, label]) => {
    const answer = answerQuestion(ledger, {
      host: host.host,
      eventClass,
      from: axis.from,
      to: axis.to,
      found: 0,
    });
    return { class: eventClass, label, answer: absence(answer), reasons: answerReasonViews(answer, clock) };
  });
  const channels = host.channels.map((channel) => channelView(host, channel, axis, now, clock));
  const parts = sumOf(host.channels.map((channel) => channel.parts));
  return {
    host: host.host,
    events: host.events,
    eventsEver: host.eventsEver,
    dropped: channels.reduce((sum, { dropped }) => sum + dropped, 0),
    first: isoOrNull(host.first),
    last: isoOrNull(host.last),
    lateness: lateness.kind === 'unknown' ? latestOf(host) : lateness,
    certain: answers.filter(({ answer }) => answer === 'no').length,
    of: answers.length,
    answers,
    parts,
    stretches: hostStretches(host, axis, clock),
    channels,
    faults: host.faults.map(faultView),
  };
}

export type CoverageHostView = ReturnType<typeof coverageHost>;

export function faultView({ origin, code, faults, message }: FaultGroup) {
  return { origin, code, faults, message };
}

/** Of a host without process starts: the log whose events take longest. */
function latestOf({ channels }: HostLedger): Lateness {
  let found: Lateness = { kind: 'unknown' };
  for (const { lateness } of channels) {
    if (lateness.kind === 'measured' && (found.kind !== 'measured' || lateness.p99 > found.p99))
      found = lateness;
    else if (found.kind === 'unknown') found = lateness;
  }
  return found;
}

function sumOf(all: readonly (readonly number[])[]): number[] {
  const sums: number[] = [];
  for (const parts of all) for (const [at, count] of parts.entries()) sums[at] = (sums[at] ?? 0) + count;
  return sums;
}

function channelView(host: HostLedger, channel: ChannelLedger, axis: CoverageAxis, now: Ticks, clock: Clock) {
  const { recordIds, lateness } = channel;
  const told = channel.classes.filter(({ eventClass }) => !reports.has(eventClass));
  // A log of nothing else is shown by what it has.
  const recorded = (told.length > 0 ? told : channel.classes).map((each) =>
    recordedClass(host, channel, each, axis, now, clock),
  );
  const missing = channel.neverSeen.map((never): CoverageClassView => {
    const reason = neverReason(host.host, channel.channel, never);
    return {
      class: never.eventClass,
      label: classLabel(never.eventClass),
      product: null,
      events: 0,
      eventsEver: 0,
      dropped: 0,
      answer: never.seldom && never.byDefault === 'on' ? 'not-certain' : 'not-collected',
      reasons: [reason],
      parts: [],
      stretches: [
        {
          kind: 'not-collected',
          from: formatTicks(axis.from),
          to: formatTicks(axis.to),
          count: null,
          reason,
          eventId: null,
        },
      ],
      stretchesLeftOut: 0,
    };
  });
  const marks = marksOf(channel);
  const late = lateness.kind === 'measured' ? lateness.late : [];
  return {
    channel: channel.channel,
    products: channel.products.map(productName),
    events: channel.events,
    eventsEver: channel.eventsEver,
    untimed: channel.untimed,
    dropped: channel.drops
      .filter((drop) => overlaps(drop, axis))
      .reduce((sum, { counts }) => sum + counts.reduce((all, { count }) => all + count, 0), 0),
    first: isoOrNull(channel.first),
    last: isoOrNull(channel.last),
    recordIds: {
      verdict: recordIds.verdict,
      reason: recordIdReason(recordIds),
      firstId: recordIds.figures.firstId,
      lastId: recordIds.figures.lastId,
    },
    lateness,
    late: late.slice(0, mostLate).map(({ from, to, firstArrival, lastArrival, events }) => ({
      from: isoOrNull(from),
      to: isoOrNull(to),
      firstArrival: isoOrNull(firstArrival),
      lastArrival: isoOrNull(lastArrival),
      events,
    })),
    lateLeftOut: Math.max(0, late.length - mostLate),
    parts: [...channel.parts],
    classes: [...recorded, ...missing].sort((one, other) => classRank(one.class) - classRank(other.class)),
    marks: marks.slice(0, mostMarks),
    marksLeftOut: Math.max(0, marks.length - mostMarks) + channel.reportsLeftOut,
  };
}

const classOrder: readonly EventClass[] = [
  ...askedClasses.map(([eventClass]) => eventClass),
  ...(Object.keys(classNames) as EventClass[]),
];

function classRank(eventClass: EventClass): number {
  return classOrder.indexOf(eventClass);
}

/** Whether "no" could be said by this channel alone. */
function recordedClass(
  host: HostLedger,
  channel: ChannelLedger,
  { eventClass, product, events, eventsEver, parts }: ChannelLedger['classes'][number],
  axis: CoverageAxis,
  now: Ticks,
  clock: Clock,
): CoverageClassView {
  const losses = lossesOf(host, channel, eventClass).filter((loss) => overlaps(loss, axis));
  const stretches = losses.map((loss) => stretchView(loss, channel.channel, eventClass, axis, clock));
  const settling = settlingStretch(channel, axis, now);
  const selection = recordableClasses(product, channel.channel).find(
    (each) => each.eventClass === eventClass,
  )?.selection;
  const audited: readonly ReasonView[] =
    selection === 'audited'
      ? [
          {
            code: 'recorded.audited',
            text: `${productName(product)} records ${classNames[eventClass]} only of objects that are audited`,
            values: { class: eventClass, product: productName(product), channel: channel.channel },
          },
        ]
      : [];
  const sound = losses.length === 0 && audited.length === 0;
  return {
    class: eventClass,
    label: classLabel(eventClass),
    product: productName(product),
    events,
    eventsEver,
    dropped: losses.reduce((sum, loss) => sum + (loss.kind === 'dropped' ? (loss.count ?? 0) : 0), 0),
    answer: sound ? 'no' : 'not-certain',
    reasons: sound
      ? [
          {
            code: 'recorded.all',
            text: `${productName(product)} records ${classNames[eventClass]} there, and nothing is known to be missing`,
            values: {
              class: eventClass,
              product: productName(product),
              channel: channel.channel,
              count: eventsEver,
            },
          },
        ]
      : [...stretches.map(({ reason }) => reason).slice(0, 20), ...audited],
    parts: [...parts],
    stretches: [...stretches.slice(0, mostStretches), ...(settling ? [settling] : [])],
    stretchesLeftOut: Math.max(0, stretches.length - mostStretches),
  };
}

function stretchView(
  loss: Loss,
  channel: string,
  eventClass: EventClass,
  axis: CoverageAxis,
  clock: Clock,
): StretchView {
  const count =
    loss.kind === 'gap' ? Number(loss.gap.missing) : loss.kind === 'dropped' ? (loss.count ?? null) : null;
  return {
    kind: loss.kind,
    from: formatTicks(loss.from === null || loss.from < axis.from ? axis.from : loss.from),
    to: formatTicks(loss.to === null || loss.to > axis.to ? axis.to : loss.to),
    count,
    reason: lossReason(loss, channel, eventClass, clock),
    eventId: loss.kind === 'dropped' ? loss.drop.eventId : null,
  };
}

/** Nearer to now than this, more is expected to come. */
const live = 86_400n * TICKS_PER_SECOND;

/** The end of the range in which events may still arrive. */
function settlingStretch(
  { lateness, last }: ChannelLedger,
  axis: CoverageAxis,
  now: Ticks,
): StretchView | undefined {
  if (lateness.kind !== 'measured' || last === null || now - last > live) return undefined;
  const since = now - BigInt(Math.round(lateness.p99 * 1000)) * (TICKS_PER_SECOND / 1000n);
  if (since >= axis.to || lateness.p99 < 1) return undefined;
  return {
    kind: 'settling',
    from: formatTicks(since < axis.from ? axis.from : since),
    to: formatTicks(axis.to),
    count: null,
    reason: {
      code: 'settling',
      text: `99 % of these events arrive within ${lateness.p99} s; some of this time may still come`,
      values: { p95: lateness.p95, p99: lateness.p99, most: lateness.most },
    },
    eventId: null,
  };
}

/** Losses of the classes that are asked for first, each once. */
function hostStretches(host: HostLedger, axis: CoverageAxis, clock: Clock): StretchView[] {
  const found = new Map<string, StretchView>();
  for (const channel of host.channels)
    for (const [eventClass] of askedClasses) {
      if (!channel.classes.some((each) => each.eventClass === eventClass && each.eventsEver > 0)) continue;
      for (const loss of lossesOf(host, channel, eventClass)) {
        if (!overlaps(loss, axis)) continue;
        const view = stretchView(loss, channel.channel, eventClass, axis, clock);
        const key = `${view.kind} ${view.from} ${view.to} ${channel.channel}`;
        const known = found.get(key);
        if (known === undefined) found.set(key, view);
        else if (
          known.count !== null &&
          view.count !== null &&
          view.count !== known.count &&
          loss.kind === 'dropped'
        )
          found.set(key, { ...known, count: known.count + view.count });
      }
    }
  return [...found.values()].slice(0, mostStretches);
}

function marksOf({ clears, states }: ChannelLedger): MarkView[] {
  const marks = [
    ...clears.map(({ time, user, eventId }) => ({
      at: time,
      mark: { kind: 'cleared' as const, time: formatTicks(time), text: '', user: user ?? null, eventId },
    })),
    ...states.map(({ time, change, text, eventId }) => ({
      at: time,
      mark: { kind: change, time: formatTicks(time), text, user: null, eventId },
    })),
  ];
  return marks
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
    .map(({ mark }) => mark);
}

function neverReason(
  host: string,
  channel: string,
  { eventClass, product, byDefault, seldom }: ChannelLedger['neverSeen'][number],
): ReasonView {
  const why = byDefault === 'off' ? 'off by default' : seldom ? 'perhaps there were none' : 'on by default';
  return {
    code: 'never-seen',
    text: `${productName(product)} never recorded ${classNames[eventClass]} on ${host} (${why})`,
    values: {
      class: eventClass,
      host,
      channel,
      product: productName(product),
      byDefault,
      seldom: seldom ? 1 : 0,
    },
  };
}
