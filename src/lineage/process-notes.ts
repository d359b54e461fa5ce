import type { Ticks } from '../core/ticks.ts';
import { describeReason, reasonSides } from './describe-reason.ts';
import { processLabel } from './draw-tree.ts';
import type { Flag } from './flags/flag-process.ts';
import { imageName } from './image-name.ts';
import type { Candidate, Lineage, Process, Reason } from './process.ts';

/** Candidates that are told in full below a process. */
const CANDIDATES = 3;

/**
 * What a reader of the tree has to know of a process besides its line: flags, why its parent is in doubt and who else it
 * could be, what sensors disagree on, why it was not seen. Nothing for a process that is in order. Not yet escaped.
 */
export function* processNotes(
  lineage: Lineage,
  index: number,
  flags: readonly Flag[],
  timeText: (moment: Ticks) => string,
): Generator<string> {
  const process = lineage.process(index);
  const { earlierImages, disagreements, basis } = process;
  for (const { reason } of flags) yield `! ${reason}`;
  if (earlierImages.length > 0) yield `was ${earlierImages.map(imageName).join(', then ')} before (exec)`;
  if (process.start === undefined && process.end !== undefined)
    yield `known from its end, ${timeText(process.end)}`;
  for (const { field, values } of disagreements) {
    const said = values.map(({ value, event }) => `${value} (${event.product})`);
    yield `sensors disagree on ${field}: ${said.join(', ')}`;
  }
  if (basis === 'claimed') {
    const why = claimReasons(lineage, index);
    yield `: known only from what its children say${why.length === 0 ? '' : `; ${clauses(why)}`}`;
  }
  if (lineage.grade(index) === 'ambiguous') yield* doubtNotes(lineage, index, timeText);
}

function* doubtNotes(
  lineage: Lineage,
  index: number,
  timeText: (moment: Ticks) => string,
): Generator<string> {
  const { reasons, candidates, parent } = lineage.edge(index);
  const doubts = reasons.filter(({ code }) => reasonSides[code] === 'against');
  if (reasons.length > 0) yield `? the parent is in doubt: ${clauses(doubts.length > 0 ? doubts : reasons)}`;
  // A lone candidate is the one that is drawn, and its reasons were told.
  if (candidates.length < 2) return;
  for (const candidate of candidates.slice(0, CANDIDATES))
    yield `? ${candidate.process === parent ? 'drawn' : 'or'}: ${candidateText(lineage, candidate, timeText)}`;
  if (candidates.length > CANDIDATES)
    yield `? … ${candidates.length - CANDIDATES} more candidates (--format json has all)`;
}

function candidateText(lineage: Lineage, candidate: Candidate, timeText: (moment: Ticks) => string): string {
  const process = lineage.process(candidate.process);
  const speaks = [
    ...(candidate.for.length > 0 ? [`for it: ${clauses(candidate.for)}`] : []),
    ...(candidate.against.length > 0 ? [`against it: ${clauses(candidate.against)}`] : []),
  ];
  return [lifeText(process, timeText), ...speaks].join('; ');
}

/** `msedge.exe (7344), 09:12:20.118 to 10:02:10.615`. */
export function lifeText(process: Process, timeText: (moment: Ticks) => string): string {
  const { start, end } = process;
  const begun = start === undefined ? undefined : timeText(start);
  const life =
    begun !== undefined && end !== undefined
      ? `, ${begun} to ${timeText(end)}`
      : begun !== undefined
        ? `, since ${begun}`
        : end !== undefined
          ? `, until ${timeText(end)}`
          : '';
  return processLabel(process) + life;
}

/** Why a claimed process was not seen: what the edges of its children say of it. */
export function claimReasons(lineage: Lineage, index: number): readonly Reason[] {
  const found = new Map<string, Reason>();
  for (const child of lineage.children(index)) {
    const { grade, reasons } = lineage.edge(child);
    if (grade !== 'claimed') continue;
    for (const reason of reasons)
      if (tellsWhy(reason)) found.set(reason.code, found.get(reason.code) ?? reason);
  }
  return [...found.values()];
}

function tellsWhy({ code }: Reason): boolean {
  return code !== 'not-seen-created' && (reasonSides[code] === 'unseen' || code === 'loss-at-that-time');
}

function clauses(reasons: readonly Reason[]): string {
  return reasons.map(describeReason).join('; ');
}
