import { terminalText } from '../core/terminal-text.ts';
import type { Ticks } from '../core/ticks.ts';
import { gradeMeanings } from '../lineage/describe-reason.ts';
import {
  type Change,
  type ComparedField,
  countChanges,
  type ProcessDifference,
} from '../lineage/difference.ts';
import { drawTree, gradeMarks } from '../lineage/draw-tree.ts';
import type { Grade, Process } from '../lineage/process.ts';
import { lifeText } from '../lineage/process-notes.ts';
import { clockText } from './clock-text.ts';
import type { DifferenceView } from './difference-view.ts';
import { countOf, countText } from './quantity-text.ts';

/** Marks in front of processes; of several changes the first here is marked. */
const changeMarks: readonly (readonly [Change['kind'], string, string])[] = [
  ['added', '+', 'was not known then'],
  ['removed', '-', 'is not known any more'],
  ['re-linked', '>', 'has another parent'],
  ['re-graded', '^', 'its parent is surer or less sure'],
  ['changed', '*', 'more, or something else, is known of it'],
];

const fieldNames: Readonly<Record<ComparedField, string>> = {
  basis: 'known from',
  image: 'program',
  commandLine: 'command line',
  user: 'user',
  pid: 'process id',
  guid: 'GUID',
  start: 'start',
  end: 'end',
  integrityLevel: 'integrity level',
};

/** What changed, drawn on the later tree, and below it what is not there any more. */
export function* differenceText(view: DifferenceView): Generator<string> {
  const { earlier, later, differences, family, timezone, calledBy } = view;
  const timeText = (moment: Ticks) => clockText(moment, timezone);
  const called = calledBy === undefined ? '' : ` (called ${calledBy})`;
  yield `${terminalText(later.host + called)}: from ${timeText(view.from)} to ${timeText(view.to)} ${timezone}`;
  yield `${countOf(earlier.size, 'process', 'processes')} then, ${countText(later.size)} now`;
  const counts = countChanges(differences);
  yield changeMarks.map(([kind]) => `${countText(counts[kind])} ${kind}`).join(', ');
  yield '';
  const byIndex = new Map(
    differences.flatMap((found) => (found.after === undefined ? [] : [[found.after, found]])),
  );
  yield* drawTree(family, {
    timeText,
    mark: (index) => markOf(byIndex.get(index)),
    notes: (index) =>
      (byIndex.get(index)?.changes ?? []).flatMap((change) => changeNote(change, view, timeText)),
  });
  const removed = differences.filter(({ after }) => after === undefined);
  if (removed.length > 0) yield 'not known any more:';
  for (const { before } of removed)
    if (before !== undefined) yield `- ${lifeText(earlier.process(before), timeText)}`;
  yield '';
  for (const [kind, mark, meaning] of changeMarks) if (counts[kind] > 0) yield `${mark} ${kind}: ${meaning}`;
  const grades = new Set<Grade>();
  for (let index = 0; index < later.size; index++) if (family.shows(index)) grades.add(later.grade(index));
  for (const grade of Object.keys(gradeMarks) as Grade[])
    if (grade !== 'none' && grades.has(grade)) yield `${gradeMarks[grade]} ${grade}: ${gradeMeanings[grade]}`;
}

function markOf(difference: ProcessDifference | undefined): string {
  const kinds = new Set(difference?.changes.map(({ kind }) => kind));
  return changeMarks.find(([kind]) => kinds.has(kind))?.[1] ?? ' ';
}

function changeNote(
  change: Change,
  { earlier, later }: DifferenceView,
  timeText: (moment: Ticks) => string,
): readonly string[] {
  switch (change.kind) {
    case 'added':
    case 'removed':
      return [];
    case 're-graded':
      return [`^ its parent was ${change.before}, is now ${change.after}`];
    case 're-linked': {
      const before =
        change.before === undefined ? 'none' : lifeText(earlier.process(change.before), timeText);
      const after = change.after === undefined ? 'none' : lifeText(later.process(change.after), timeText);
      return [`> its parent was ${before}`, `> its parent is  ${after}`];
    }
    case 'changed':
      return [
        `* ${fieldNames[change.field]}: ${valueText(change.before, timeText)} → ${valueText(change.after, timeText)}`,
      ];
  }
}

function valueText(value: Process[ComparedField], timeText: (moment: Ticks) => string): string {
  if (value === undefined) return 'not known';
  return typeof value === 'bigint' ? timeText(value) : String(value);
}
