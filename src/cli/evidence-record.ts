import { formatTicks } from '../core/ticks.ts';
import { reasonTexts } from '../coverage/answer-text.ts';
import { evidenceClasses } from '../evidence/evidence-class.ts';
import { matchReasonTexts } from '../evidence/match-reason.ts';
import type { EvidenceEvent } from '../evidence/read-evidence.ts';
import type { Cell, Column } from '../store/store.ts';
import type { EvidenceView } from './evidence-text.ts';

/** The objects that stand before the events in JSON: the process, then its classes. Times are ISO 8601 in UTC. */
export function* evidenceRecords(view: EvidenceView): Generator<object> {
  const { process, asOf } = view;
  const { id, host, guid, pid, image, commandLine, user, start, end, startFrom, basis } = process;
  yield {
    kind: 'process',
    id,
    host,
    guid: guid ?? null,
    pid: pid ?? null,
    image: image ?? null,
    commandLine: commandLine ?? null,
    user: user ?? null,
    start: start === undefined ? null : formatTicks(start),
    startFrom: startFrom ?? null,
    end: end === undefined ? null : formatTicks(end),
    basis,
    asOf: asOf === undefined ? null : formatTicks(asOf),
  };
  for (const each of view.classes) {
    const count = view.counts.get(each);
    const answer = view.answers.get(each);
    const { label, namesNoProcess } = evidenceClasses[each];
    if (count !== undefined)
      yield {
        kind: 'class',
        class: each,
        label,
        answer: 'yes',
        count: count.count,
        byGrade: count.byGrade,
        bySource: count.bySource,
        first: formatTicks(count.first),
        last: formatTicks(count.last),
        mayBeMissing: answer === undefined ? [] : reasonTexts(answer, formatTicks, ['loss']),
      };
    else if (namesNoProcess !== undefined)
      yield {
        kind: 'class',
        class: each,
        label,
        answer: 'names-no-process',
        count: 0,
        reasons: [namesNoProcess],
      };
    else if (answer !== undefined)
      yield {
        kind: 'class',
        class: each,
        label,
        answer: answer.kind,
        count: 0,
        reasons: reasonTexts(answer, formatTicks),
      };
  }
}

/** An event in JSON. */
export function eventRecord(event: EvidenceEvent): object {
  const { id, evidenceClass, side, grade, reasons, product, eventCode, summary, fields } = event;
  return {
    kind: 'event',
    id,
    time: formatTicks(event.time),
    arrival: formatTicks(event.arrival),
    class: evidenceClass,
    side,
    grade,
    reasons: reasons.map((code) => ({ code, text: matchReasonTexts[code] })),
    product,
    eventCode: eventCode ?? null,
    summary,
    fields,
  };
}

const textColumns = ['class', 'grade', 'summary', 'product', 'event_code', 'side', 'reasons', 'event_id'];

/** Columns of an event in CSV. */
export const evidenceColumns: readonly Column[] = [
  { name: '_time', type: 'time' },
  ...textColumns.map((name): Column => ({ name, type: 'text' })),
];

export function eventRow(event: EvidenceEvent): readonly Cell[] {
  const { time, evidenceClass, grade, summary, product, eventCode, side, reasons, id } = event;
  const texts = reasons.map((code) => matchReasonTexts[code]);
  return [time, evidenceClass, grade, summary, product, eventCode ?? null, side, texts, id];
}
