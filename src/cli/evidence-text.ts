import { terminalText } from '../core/terminal-text.ts';
import type { Ticks } from '../core/ticks.ts';
import type { Answer, AnswerKind } from '../coverage/answer.ts';
import { reasonTexts } from '../coverage/answer-text.ts';
import { type EvidenceClass, evidenceClasses } from '../evidence/evidence-class.ts';
import { matchReasonTexts } from '../evidence/match-reason.ts';
import type { ClassCount, EvidenceCounts, EvidenceEvent } from '../evidence/read-evidence.ts';
import { gradeMarks } from '../lineage/draw-tree.ts';
import type { Process } from '../lineage/process.ts';
import { lifeText } from '../lineage/process-notes.ts';
import { clockText } from '../views/clock-text.ts';
import { countText } from '../views/quantity-text.ts';

/** A process with its counts, ready to be written. */
export interface EvidenceView {
  readonly process: Process;
  readonly counts: EvidenceCounts;
  /** Classes to show, in order. */
  readonly classes: readonly EvidenceClass[];
  readonly answers: ReadonlyMap<EvidenceClass, Answer>;
  readonly asOf: Ticks | undefined;
  readonly timezone: string;
}

const gradeTexts: Readonly<Record<EvidenceEvent['grade'], string>> = {
  exact: 'the event names the process by what no other process has',
  probable: 'the event names its process id, at a time when the process alone had it',
  ambiguous: 'it may be of another process; the reasons are behind it',
};

const grades = Object.keys(gradeTexts) as readonly EvidenceEvent['grade'][];

const answerWords: Readonly<Record<AnswerKind, string>> = {
  yes: 'yes',
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
  yield* classLines(view, time);
  yield '';
  const used = grades.filter((grade) =>
    view.classes.some((each) => (view.counts.get(each)?.byGrade[grade] ?? 0) > 0),
  );
  for (const grade of used) yield `${gradeMarks[grade]} ${grade}: ${gradeTexts[grade]}`;
  if (used.length > 0) yield '';
}

/** What is to be said of a class: words, then the reasons for them. */
interface ClassLine {
  readonly evidenceClass: EvidenceClass;
  readonly figure: string;
  readonly words: string;
  readonly reasons: readonly string[];
}

/** A line a class; reasons that several classes share stand below, by number. */
function* classLines(view: EvidenceView, clock: (time: Ticks) => string): Generator<string> {
  const lines = view.classes.flatMap((each) => classLine(view, each, clock) ?? []);
  const uses = new Map<string, number>();
  for (const reason of lines.flatMap(({ reasons }) => reasons)) uses.set(reason, (uses.get(reason) ?? 0) + 1);
  const shared = [...uses].filter(([, count]) => count > 1).map(([reason]) => reason);
  const width = Math.max(1, ...lines.map(({ figure }) => figure.length));
  const labelWidth = Math.max(0, ...lines.map((line) => evidenceClasses[line.evidenceClass].label.length));
  for (const { evidenceClass, figure, words, reasons } of lines) {
    const own = reasons.filter((reason) => !shared.includes(reason));
    const numbers = reasons.flatMap((reason) => (shared.includes(reason) ? shared.indexOf(reason) + 1 : []));
    const told = own.length === 0 ? words : `${words}: ${own.join('; ')}`;
    const noted = numbers.length === 0 ? told : `${told} [${numbers.join(', ')}]`;
    yield `  ${figure.padStart(width)}  ${evidenceClasses[evidenceClass].label.padEnd(labelWidth)}  ${terminalText(noted)}`;
  }
  if (shared.length > 0) yield '';
  for (const [at, reason] of shared.entries()) yield `  [${at + 1}] ${terminalText(reason)}`;
}

/** Undefined for a class of which there is nothing to say. */
function classLine(
  view: EvidenceView,
  evidenceClass: EvidenceClass,
  clock: (time: Ticks) => string,
): ClassLine | undefined {
  const count = view.counts.get(evidenceClass);
  const answer = view.answers.get(evidenceClass);
  if (count !== undefined) {
    const losses = answer === undefined ? [] : reasonTexts(answer, clock, ['loss']);
    const words = losses.length === 0 ? countWords(count) : `${countWords(count)}; more may be missing`;
    return { evidenceClass, figure: countText(count.count), words, reasons: losses };
  }
  const { namesNoProcess } = evidenceClasses[evidenceClass];
  if (namesNoProcess !== undefined) return { evidenceClass, figure: '-', words: namesNoProcess, reasons: [] };
  if (answer === undefined) return undefined;
  const figure = answer.kind === 'no' ? '0' : '-';
  return { evidenceClass, figure, words: answerWords[answer.kind], reasons: reasonTexts(answer, clock) };
}

/** What recorded the events, and how many of them are in doubt. */
function countWords({ bySource, byGrade, count }: ClassCount): string {
  const sources = Object.entries(bySource).map(([source, events]) =>
    Object.keys(bySource).length === 1 ? source : `${source}: ${countText(events)}`,
  );
  const doubtful = byGrade.ambiguous ?? 0;
  const doubt =
    doubtful === 0 ? '' : doubtful === count ? '; ambiguous' : `; ${countText(doubtful)} ambiguous`;
  return `${sources.join(', ')}${doubt}`;
}

/** An event as one line. */
export function eventLine(event: EvidenceEvent, timezone: string): string {
  const { grade, reasons, summary } = event;
  const doubts =
    grade === 'ambiguous' ? `  (${reasons.map((each) => matchReasonTexts[each]).join('; ')})` : '';
  return `${clockText(event.time, timezone)} ${gradeMarks[grade]} ${terminalText(summary + doubts)}`;
}
