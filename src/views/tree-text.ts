import { terminalText } from '../core/terminal-text.ts';
import type { Ticks } from '../core/ticks.ts';
import { gradeMeanings } from '../lineage/describe-reason.ts';
import { drawTree, gradeMarks } from '../lineage/draw-tree.ts';
import { type NaiveMethod, naiveVerdict } from '../lineage/naive-lineage.ts';
import type { Grade } from '../lineage/process.ts';
import { lifeText, processNotes } from '../lineage/process-notes.ts';
import { clockText } from './clock-text.ts';
import { countOf } from './quantity-text.ts';
import { flagsOf, type NaiveView, type TreeView } from './tree-view.ts';

const grades = Object.keys(gradeMarks) as readonly Grade[];

/** The tree as an analyst pastes it into a ticket: header, legend, lines. */
export function* treeText(view: TreeView): Generator<string> {
  yield* headerText(view);
  yield '';
  const { family, naive } = view;
  const timeText = (moment: Ticks) => clockText(moment, view.timezone);
  if (naive) yield 'The graded tree';
  yield* drawTree(family, {
    timeText,
    ...(naive && {
      mark: (index) => (naiveVerdict(family.lineage, naive.lineage, index) === 'same' ? ' ' : '≠'),
    }),
    notes: (index) => [
      ...processNotes(family.lineage, index, flagsOf(view, index), timeText),
      ...(naive ? compareNotes(view, naive, index, timeText) : []),
      ...(view.facts?.notes(index) ?? []),
    ],
  });
  yield* legendText(view);
  if (naive) yield* naiveText(view, naive, timeText);
}

function* headerText(view: TreeView): Generator<string> {
  const { family, scope, calledBy, asOf, timezone } = view;
  const { lineage, matched, size, hostSize } = family;
  const called = calledBy === undefined ? '' : ` (called ${calledBy})`;
  const span =
    scope.first === null || scope.last === null
      ? 'no events'
      : `${clockText(scope.first, timezone)} to ${clockText(scope.last, timezone)} ${timezone}`;
  yield `${terminalText(lineage.host + called)}: ${countOf(scope.events, 'event')}, ${span}`;
  yield asOf === undefined
    ? 'as of now: everything that has arrived'
    : `as of ${clockText(asOf, timezone)} ${timezone}: what had arrived by then`;
  const whole = size === hostSize;
  const counts = new Map<Grade, number>();
  for (let index = 0; index < lineage.size; index++)
    if (family.shows(index)) {
      const grade = lineage.grade(index);
      counts.set(grade, (counts.get(grade) ?? 0) + 1);
    }
  const parents = grades.flatMap((grade) => {
    const count = counts.get(grade) ?? 0;
    return count === 0 ? [] : [`${count.toLocaleString('en-US')} ${grade}`];
  });
  yield `${whole ? '' : `${countOf(matched.size, 'process', 'processes')} matched; shown with families: `}${countOf(size, 'process', 'processes')}${whole || hostSize === undefined ? '' : ` of ${hostSize.toLocaleString('en-US')}`}; parents: ${parents.join(', ')}`;
  for (const line of view.coverage) yield terminalText(line);
}

function* legendText({ family }: TreeView): Generator<string> {
  const { lineage } = family;
  const used = new Set<string>();
  const signs = new Set<string>();
  for (let index = 0; index < lineage.size; index++) {
    if (!family.shows(index)) continue;
    used.add(lineage.grade(index));
    const { basis, startFrom, start } = lineage.process(index);
    if (basis !== 'started') signs.add('unseen');
    if (start !== undefined && startFrom !== undefined && startFrom !== 'start-event') signs.add(startFrom);
  }
  yield '';
  for (const grade of grades)
    if (used.has(grade) && grade !== 'none') yield `${gradeMarks[grade]} ${grade}: ${gradeMeanings[grade]}`;
  if (signs.has('unseen')) yield '╎ dashed lines hang on a process that no event saw being created';
  if (signs.has('seen-since')) yield '≤ the process was already running then';
  if (signs.has('guid')) yield '≈ the second of the start is told by the GUID';
}

const methods: Readonly<Record<NaiveMethod, string>> = {
  first: 'each process hangs under the first one that was seen with the process id of its parent',
  holder:
    'each process hangs under the one that bore the process id of its parent last, which may have started after it',
  latest: 'each process hangs under the latest one that started before it with the process id of its parent',
};

function* compareNotes(
  { family: { lineage } }: TreeView,
  naive: NaiveView,
  index: number,
  timeText: (moment: Ticks) => string,
): Generator<string> {
  const taken = naive.lineage.parent(index);
  const under = taken < 0 ? '' : lifeText(lineage.process(taken), timeText);
  switch (naiveVerdict(lineage, naive.lineage, index)) {
    case 'same':
      return;
    case 'moved':
      yield `≠ the naive tree has it under ${under}`;
      return;
    case 'invented':
      yield `≠ the naive tree invents a parent: ${under}`;
      return;
    case 'cut':
      yield '≠ the naive tree begins here';
  }
}

function* naiveText(
  { family: { lineage } }: TreeView,
  naive: NaiveView,
  timeText: (moment: Ticks) => string,
): Generator<string> {
  yield '';
  yield `The naive tree: ${methods[naive.method]}`;
  yield* drawTree(naive.family, {
    timeText,
    grades: false,
    mark: (index) => (naiveVerdict(lineage, naive.lineage, index) === 'same' ? ' ' : '≠'),
    notes: (index) => {
      const verdict = naiveVerdict(lineage, naive.lineage, index);
      const right = lineage.parent(index);
      if (verdict === 'same' || verdict === 'cut' || right < 0) return [];
      return [`≠ wrong: its parent is ${lifeText(lineage.process(right), timeText)}`];
    },
  });
  const counts = { moved: 0, invented: 0, cut: 0, same: 0 };
  for (let index = 0; index < lineage.size; index++) counts[naiveVerdict(lineage, naive.lineage, index)] += 1;
  yield '';
  yield `of all ${countOf(lineage.size, 'process', 'processes')} of the host, the naive tree hangs ${counts.moved.toLocaleString('en-US')} under another parent, invents a parent for ${counts.invented.toLocaleString('en-US')}, and has none for ${counts.cut.toLocaleString('en-US')} that have one`;
}
