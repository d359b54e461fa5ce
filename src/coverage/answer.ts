import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { EventClass } from '../events/event-class.ts';
import type { ChannelLedger, HostLedger, Ledger, NeverSeen, RecordIdVerdict, TimeSpan } from './ledger.ts';
import { type Loss, lossesOf } from './losses.ts';
import { isJudged } from './record-id-gaps.ts';
import { type RecordableClass, recordableClasses } from './recordable-classes.ts';

/** Did a thing of a class happen on a host between two moments? `found` are the events that the asker has. */
export interface Question {
  readonly host: string;
  readonly eventClass: EventClass;
  /** Null: as long as there is a log. */
  readonly from: Ticks | null;
  readonly to: Ticks | null;
  readonly found: number;
}

/**
 * `yes`: there are events. `no`: the class is recorded there, and nothing is known to be missing. `not-collected`: nothing
 * records it there. `not-certain`: it is recorded, but what is asked for may be missing.
 */
export type AnswerKind = 'yes' | 'no' | 'not-collected' | 'not-certain';

export type AnswerReason =
  | { readonly kind: 'found'; readonly events: number }
  | { readonly kind: 'no-host' }
  /** No log of the host can have such events. */
  | { readonly kind: 'no-product' }
  | { readonly kind: 'never-seen'; readonly channel: string; readonly never: NeverSeen }
  | {
      readonly kind: 'recorded';
      readonly channel: string;
      readonly product: string;
      readonly selection: RecordableClass['selection'];
      readonly events: number;
    }
  | { readonly kind: 'ids-not-judged'; readonly channel: string; readonly verdict: RecordIdVerdict }
  | { readonly kind: 'loss'; readonly channel: string; readonly product: string; readonly loss: Loss };

export interface Answer {
  readonly kind: AnswerKind;
  readonly question: Question;
  readonly reasons: readonly AnswerReason[];
}

/** Answers from the ledger alone. A ledger of a range or of a moment (`asOf`) answers for that. */
export function answerQuestion(ledger: Ledger, question: Question): Answer {
  const answer = (kind: AnswerKind, reasons: readonly AnswerReason[]): Answer => ({
    kind,
    question,
    reasons,
  });
  const host = ledger.hosts.find((each) => each.host === question.host);
  if (host === undefined)
    return question.found > 0
      ? answer('yes', [{ kind: 'found', events: question.found }])
      : answer('not-collected', [{ kind: 'no-host' }]);
  const recorders = recordersOf(host, question.eventClass);
  const losses = recorders.map((recorder) => lossReasons(host, recorder, question));
  if (question.found > 0) return answer('yes', [{ kind: 'found', events: question.found }, ...losses.flat()]);
  if (recorders.length === 0) return neverRecorded(host, question);
  const whole = recorders.filter(({ selection }) => selection !== 'audited');
  const sound = recorders.find((recorder, at) => whole.includes(recorder) && losses[at]?.length === 0);
  if (sound !== undefined) return answer('no', [recordedReason(sound), ...idReasons(sound.channel)]);
  return answer('not-certain', [
    ...losses.flat(),
    ...(whole.length === 0 ? recorders.map(recordedReason) : []),
  ]);
}

interface Recorder {
  readonly channel: ChannelLedger;
  readonly product: string;
  readonly selection: RecordableClass['selection'];
  readonly events: number;
}

function recordersOf(host: HostLedger, eventClass: EventClass): readonly Recorder[] {
  return host.channels.flatMap((channel) => [
    ...channel.classes
      .filter((each) => each.eventClass === eventClass && each.eventsEver > 0)
      .map(({ product, eventsEver }) => ({
        channel,
        product,
        // What a product that is not known by class leaves out is not known either.
        selection:
          recordableClasses(product, channel.channel).find((each) => each.eventClass === eventClass)
            ?.selection ?? 'rules',
        events: eventsEver,
      })),
    ...droppedOnly(channel, eventClass),
  ]);
}

/** A sensor that dropped events of a class records it, even if none came through. */
function droppedOnly(channel: ChannelLedger, eventClass: EventClass): readonly Recorder[] {
  if (channel.classes.some((each) => each.eventClass === eventClass)) return [];
  const drops = channel.drops.some(({ counts }) =>
    counts.some(({ classes }) => classes.includes(eventClass)),
  );
  const [product] = channel.products;
  return drops && product !== undefined ? [{ channel, product, selection: 'rules', events: 0 }] : [];
}

function neverRecorded(host: HostLedger, question: Question): Answer {
  const reasons = host.channels.flatMap(({ channel, neverSeen }) =>
    neverSeen
      .filter(({ eventClass }) => eventClass === question.eventClass)
      .map((never): AnswerReason => ({ kind: 'never-seen', channel, never })),
  );
  if (reasons.length === 0) return { kind: 'not-collected', question, reasons: [{ kind: 'no-product' }] };
  const maybeNothing = reasons.some(
    (reason) => reason.kind === 'never-seen' && reason.never.seldom && reason.never.byDefault === 'on',
  );
  return { kind: maybeNothing ? 'not-certain' : 'not-collected', question, reasons };
}

function lossReasons(host: HostLedger, recorder: Recorder, question: Question): readonly AnswerReason[] {
  const { channel, product, events } = recorder;
  // Where no event of the class ever came through, one drop makes every time uncertain.
  const always = (loss: Loss): boolean => events === 0 && loss.kind === 'dropped';
  return lossesOf(host, channel, question.eventClass)
    .filter((loss) => (overlaps(loss, question) && !isEdgeOfOpenQuestion(loss, question)) || always(loss))
    .map((loss) => ({ kind: 'loss', channel: channel.channel, product, loss }));
}

/** Times of neighbours in a log are out of order by so much: clocks and queues. */
const slack = 3n * TICKS_PER_SECOND;

export function overlaps(one: TimeSpan, other: TimeSpan): boolean {
  const before = (end: Ticks | null, start: Ticks | null): boolean =>
    end !== null && start !== null && end + slack < start;
  return !before(one.to, other.from) && !before(other.to, one.from);
}

/** Who asks for as long as there is a log does not ask for what lies outside it. */
function isEdgeOfOpenQuestion(loss: Loss, { from, to }: Question): boolean {
  return (loss.kind === 'before-log' && from === null) || (loss.kind === 'after-log' && to === null);
}

function recordedReason({ channel, product, selection, events }: Recorder): AnswerReason {
  return { kind: 'recorded', channel: channel.channel, product, selection, events };
}

function idReasons({ channel, recordIds }: ChannelLedger): readonly AnswerReason[] {
  return isJudged(recordIds) ? [] : [{ kind: 'ids-not-judged', channel, verdict: recordIds.verdict }];
}
