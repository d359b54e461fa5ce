import { terminalText } from '../core/terminal-text.ts';
import type { Ticks } from '../core/ticks.ts';
import { type EvidenceClass, evidenceClasses } from '../evidence/evidence-class.ts';
import { matchReasonTexts } from '../evidence/match-reason.ts';
import type { ClassCount, EvidenceCounts, EvidenceEvent } from '../evidence/read-evidence.ts';
import { gradeMarks } from '../lineage/draw-tree.ts';
import type { Grade, Process } from '../lineage/process.ts';
import { lifeText } from '../lineage/process-notes.ts';
import { clockText } from './clock-text.ts';
import { countText } from './quantity-text.ts';

/** What is known of a class without events. */
export interface ClassAnswer {
  readonly answer: 'no' | 'not-collected' | 'not-certain';
  readonly reasons: readonly string[];
}

/** A process with its counts, ready to be written. */
export interface EvidenceView {
  readonly process: Process;
  readonly counts: EvidenceCounts;
  /** Classes to show, in order. */
  readonly classes: readonly EvidenceClass[];
  readonly answers: ReadonlyMap<EvidenceClass, ClassAnswer>;
  readonly asOf: Ticks | undefined;
  readonly timezone: string;
}

const grades: readonly Grade[] = ['exact', 'probable', 'ambiguous'];

const gradeTexts: Readonly<Record<'exact' | 'probable' | 'ambiguous', string>> = {
  exact: 'the event names the process by what no other process has',
  probable: 'the event names its process id, at a time when the process alone had it',
  ambiguous: 'it may be of another process; the reasons are behind it',
};

const answerTexts: Readonly<Record<ClassAnswer['answer'], string>> = {
  no: 'no',
  'not-collected': 'not collected',
  'not-certain': 'not certain',
};

/** What stands above the events: who it is, counts by class, and what is known of classes without events. */
export function* evidenceHead(view: EvidenceView): Generator<string> {
  const { process, timezone, asOf } = view;
  const time = (moment: Ticks) => clockText(moment, timezone);
  const user = process.user === undefined ? '' : `, ${process.user}`;
  yield terminalText(`${lifeText(process, time)} ${timezone}${user}, on ${process.host}`);
  if (process.commandLine !== undefined) yield `  ${terminalText(process.commandLine)}`;
  if (process.guid !== undefined) yield `  GUID ${terminalText(process.guid)}`;
  if (asOf !== undefined) yield `  as of ${time(asOf)} ${timezone}: what had arrived by then`;
  yield '';
  const shown = view.classes.filter((each) => view.counts.has(each));
  const widths = shown.map((each) => countText(view.counts.get(each)?.count ?? 0).length);
  const width = Math.max(1, ...widths);
  const labelWidth = Math.max(0, ...view.classes.map((each) => evidenceClasses[each].label.length));
  for (const each of view.classes) {
    const count = view.counts.get(each);
    const answer = count === undefined ? answerText(each, view.answers.get(each)) : countDetail(count);
    if (answer === undefined) continue;
    const figure = count === undefined ? '-' : countText(count.count);
    yield `  ${figure.padStart(width)}  ${evidenceClasses[each].label.padEnd(labelWidth)}  ${answer}`.trimEnd();
  }
  yield '';
  const used = grades.filter((grade) => shown.some((each) => view.counts.get(each)?.byGrade[grade]));
  for (const grade of used)
    yield `${gradeMarks[grade]} ${grade}: ${gradeTexts[grade as keyof typeof gradeTexts]}`;
  if (used.length > 0) yield '';
}

function countDetail({ bySource, byGrade, count }: ClassCount): string {
  const sources = Object.entries(bySource).map(([source, events]) =>
    Object.keys(bySource).length === 1 ? source : `${source}: ${countText(events)}`,
  );
  const doubtful = byGrade.ambiguous ?? 0;
  const doubt =
    doubtful === 0 ? '' : doubtful === count ? '; ambiguous' : `; ${countText(doubtful)} ambiguous`;
  return terminalText(`${sources.join(', ')}${doubt}`);
}

/** Nothing for a class of which there is nothing to say. */
function answerText(evidenceClass: EvidenceClass, answer: ClassAnswer | undefined): string | undefined {
  const { namesNoProcess } = evidenceClasses[evidenceClass];
  if (namesNoProcess !== undefined) return namesNoProcess;
  if (answer === undefined) return undefined;
  const reasons = answer.reasons.length === 0 ? '' : `: ${answer.reasons.join('; ')}`;
  return terminalText(`${answerTexts[answer.answer]}${reasons}`);
}

/** An event as one line. */
export function eventLine(event: EvidenceEvent, timezone: string): string {
  const { grade, reasons, summary } = event;
  const doubts =
    grade === 'ambiguous' ? `  (${reasons.map((each) => matchReasonTexts[each]).join('; ')})` : '';
  return `${clockText(event.time, timezone)} ${gradeMarks[grade]} ${terminalText(summary + doubts)}`;
}
