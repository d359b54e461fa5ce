import { formatTicks, type Ticks } from '../core/ticks.ts';
import type { Answer, AnswerReason } from '../coverage/answer.ts';
import { lossText, reasonTexts } from '../coverage/answer-text.ts';
import { classNames, productName } from '../coverage/class-names.ts';
import type { RecordIds } from '../coverage/ledger.ts';
import type { Loss } from '../coverage/losses.ts';
import { recordIdReasoning } from '../coverage/record-id-text.ts';
import { type MatchReasonCode, matchReasonTexts } from '../evidence/match-reason.ts';
import { describeReason } from '../lineage/describe-reason.ts';
import type { Reason } from '../lineage/process.ts';

/**
 * A reason that can be worded in any language: `values` are what its wording names, moments among them as ISO 8601 in UTC.
 * `text` is the English wording. Both may hold texts of logs as recorded.
 */
export interface ReasonView {
  readonly code: string;
  readonly text: string;
  readonly values?: Record<string, string | number | null>;
}

/** Writes a moment on the reader's clock. */
export type Clock = (moment: Ticks) => string;

/** Why an edge has its grade, or what speaks for or against a candidate. */
export function linkReason(reason: Reason): ReasonView {
  const { code, detail } = reason;
  return { code, text: describeReason(reason), ...(detail !== undefined && { values: { detail } }) };
}

/** Why an event is taken for a process's. */
export function matchReason(code: MatchReasonCode): ReasonView {
  return { code, text: matchReasonTexts[code] };
}

/** The reasons of an answer on coverage, each text once. */
export function answerReasonViews(answer: Answer, clock: Clock): ReasonView[] {
  const found = new Map<string, ReasonView>();
  for (const reason of answer.reasons) {
    const [text = ''] = reasonTexts({ ...answer, reasons: [reason] }, clock);
    if (!found.has(text))
      found.set(text, { code: answerCode(reason), text, values: answerValues(answer, reason) });
  }
  return [...found.values()];
}

function answerCode(reason: AnswerReason): string {
  if (reason.kind === 'loss') return `loss.${reason.loss.kind}`;
  if (reason.kind === 'recorded') return `recorded.${reason.selection}`;
  if (reason.kind === 'ids-not-judged') return `ids-not-judged.${reason.verdict}`;
  return reason.kind;
}

function answerValues({ question }: Answer, reason: AnswerReason): NonNullable<ReasonView['values']> {
  const about = { class: question.eventClass, host: question.host };
  switch (reason.kind) {
    case 'found':
      return { ...about, count: reason.events };
    case 'no-host':
    case 'no-product':
      return about;
    case 'never-seen': {
      const { product, byDefault, seldom } = reason.never;
      return {
        ...about,
        channel: reason.channel,
        product: productName(product),
        byDefault,
        seldom: seldom ? 1 : 0,
      };
    }
    case 'recorded':
      return {
        ...about,
        channel: reason.channel,
        product: productName(reason.product),
        count: reason.events,
      };
    case 'ids-not-judged':
      return { ...about, channel: reason.channel };
    case 'loss':
      return {
        ...about,
        channel: reason.channel,
        product: productName(reason.product),
        ...lossValues(reason.loss),
      };
  }
}

/** Why events of a class may be missing from a channel. */
export function lossReason(
  loss: Loss,
  channel: string,
  eventClass: keyof typeof classNames,
  clock: Clock,
): ReasonView {
  return {
    code: `loss.${loss.kind}`,
    text: lossText(loss, channel, classNames[eventClass], clock),
    values: { class: eventClass, channel, ...lossValues(loss) },
  };
}

function lossValues(loss: Loss): Record<string, string | number | null> {
  const span = { from: isoOrNull(loss.from), to: isoOrNull(loss.to) };
  switch (loss.kind) {
    case 'gap': {
      const { missing, firstMissing, lastMissing } = loss.gap;
      return { ...span, count: Number(missing), firstMissing, lastMissing };
    }
    case 'gaps-not-listed':
      return { ...span, count: loss.gaps };
    case 'dropped':
      return { ...span, count: loss.count ?? null, since: loss.drop.since, said: loss.drop.text };
    case 'cleared':
    case 'stopped':
      return { ...span, at: formatTicks(loss.at) };
    case 'reports-not-read':
      return { ...span, count: loss.reports };
    case 'before-log':
      return { ...span, at: formatTicks(loss.first) };
    case 'after-log':
      return { ...span, at: formatTicks(loss.last) };
    case 'other-configuration':
      return { ...span, at: formatTicks(loss.configured) };
  }
}

/** What can be said of the record ids of a channel, with the figures that it rests on. */
export function recordIdReason(recordIds: RecordIds): ReasonView {
  const { verdict, figures } = recordIds;
  return {
    code: `record-ids.${verdict}`,
    text: recordIdReasoning(recordIds),
    values: {
      ids: figures.ids,
      first: figures.firstId,
      last: figures.lastId,
      gaps: figures.gaps,
      smallGaps: figures.smallGaps,
      missing: Number(figures.missing),
      withId: figures.withId,
      events: figures.events,
      backward: figures.backward,
      repeated: figures.repeated,
    },
  };
}

/** `null` where there is no moment. */
export function isoOrNull(moment: Ticks | null | undefined): string | null {
  return moment == null ? null : formatTicks(moment);
}
