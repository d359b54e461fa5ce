import type { Ticks } from '../core/ticks.ts';
import type { Answer, AnswerKind, AnswerReason } from './answer.ts';
import { classNames, productName } from './class-names.ts';
import type { RecordIdVerdict, SensorDrop } from './ledger.ts';
import type { Loss } from './losses.ts';
import { recordIdNotes } from './record-id-text.ts';

const kinds: Readonly<Record<AnswerKind, string>> = {
  yes: 'yes',
  no: 'no',
  'not-collected': 'not collected',
  'not-certain': 'not certain',
};

/** The answer as a sentence. `clock` writes a moment. Texts of logs in it are not made safe for a terminal. */
export function answerText(answer: Answer, clock: (time: Ticks) => string): string {
  return `${kinds[answer.kind]}: ${reasonTexts(answer, clock).join('; ')}`;
}

/** The reasons of an answer (or those of some kinds), each as part of a sentence and once. Not made safe for a terminal. */
export function reasonTexts(
  answer: Answer,
  clock: (time: Ticks) => string,
  wanted?: readonly AnswerReason['kind'][],
): readonly string[] {
  const reasons = answer.reasons.filter(({ kind }) => wanted === undefined || wanted.includes(kind));
  return [...new Set(reasons.map((reason) => reasonText(answer, reason, clock)))];
}

function reasonText({ question }: Answer, reason: AnswerReason, clock: (time: Ticks) => string): string {
  const things = classNames[question.eventClass];
  switch (reason.kind) {
    case 'found':
      return `${reason.events} ${reason.events === 1 ? 'event' : 'events'}`;
    case 'no-host':
      return `there is no log of ${question.host}`;
    case 'no-product':
      return `none of the logs of ${question.host} can have ${things}`;
    case 'never-seen': {
      const { byDefault, product, seldom } = reason.never;
      const why =
        byDefault === 'off' ? 'off by default' : seldom ? 'perhaps there were none' : 'on by default';
      return `${productName(product)} never recorded ${things} on ${question.host} (${why})`;
    }
    case 'recorded':
      return `${recordedText(reason, things)}`;
    case 'ids-not-judged':
      return notJudgedText(reason.channel, reason.verdict);
    case 'loss':
      return lossText(reason.loss, reason.channel, things, clock);
  }
}

/** That a log's record ids tell nothing of losses, and why. */
export function notJudgedText(channel: string, verdict: RecordIdVerdict): string {
  return `whether events of ${channel} were lost cannot be told: ${recordIdNotes[verdict]}`;
}

function recordedText(reason: AnswerReason & { kind: 'recorded' }, things: string): string {
  const recorded = `${productName(reason.product)} records ${things} there`;
  switch (reason.selection) {
    case 'all':
      return `${recorded}, and nothing is known to be missing`;
    case 'rules':
      return `${recorded}, and nothing is known to be missing but what its rules leave out`;
    case 'audited':
      return `${recorded} only of objects that are audited`;
  }
}

/** Why events may be missing, as part of a sentence. */
export function lossText(
  loss: Loss,
  channel: string,
  things: string,
  clock: (time: Ticks) => string,
): string {
  switch (loss.kind) {
    case 'gap': {
      const { missing, firstMissing, lastMissing, from, to } = loss.gap;
      const ids =
        missing === 1n
          ? `1 event (record id ${firstMissing})`
          : `${missing} events (record ids ${firstMissing} to ${lastMissing})`;
      return `${ids} of ${channel} between ${clock(from)} and ${clock(to)} ${missing === 1n ? 'is' : 'are'} missing`;
    }
    case 'gaps-not-listed':
      return `${channel} has ${loss.gaps} more gaps in its record ids than are listed`;
    case 'dropped': {
      const count =
        loss.count === undefined
          ? 'events, perhaps of this type,'
          : `${loss.count} ${loss.count === 1 ? 'event' : 'events'} of this type`;
      return `the sensor dropped ${count} between ${sinceText(loss.drop, clock)} and ${clock(loss.drop.to)}`;
    }
    case 'cleared':
      return `${channel} was cleared at ${clock(loss.at)}, and what it held before may not have been read`;
    case 'stopped':
      return loss.to === null
        ? `recording of ${channel} was stopped at ${clock(loss.at)}`
        : `recording of ${channel} was stopped from ${clock(loss.at)} to about ${clock(loss.to)}`;
    case 'reports-not-read':
      return `${channel} has ${loss.reports} more reports of the sensor about itself than were read`;
    case 'before-log':
      return `the log ${channel} begins at ${clock(loss.first)}`;
    case 'after-log':
      return `the log ${channel} ends at ${clock(loss.last)}`;
    case 'other-configuration':
      return loss.from === null
        ? `no ${things} were recorded before the sensor's configuration was changed at ${clock(loss.configured)}`
        : `no ${things} were recorded since the sensor's configuration was changed at ${clock(loss.configured)}`;
  }
}

const since: Readonly<Record<SensorDrop['since'], string>> = {
  report: ' (its report before)',
  start: ' (its start)',
  'first-event': ' (its first event)',
  'event-before': ' (an event before)',
  unknown: '',
};

function sinceText(drop: SensorDrop, clock: (time: Ticks) => string): string {
  return drop.from === null ? 'an unknown time' : `${clock(drop.from)}${since[drop.since]}`;
}
