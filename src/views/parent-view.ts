import { gradeMeanings } from '../lineage/describe-reason.ts';
import type { Grade, Lineage } from '../lineage/process.ts';
import { briefAt, deltaMs, type ProcessBriefView, processBrief } from './process-brief.ts';
import { linkReason, type ReasonView } from './reason-view.ts';

export interface CandidateView {
  readonly process: ProcessBriefView;
  readonly shown: boolean;
  readonly deltaMs: number | null;
  readonly for: ReasonView[];
  readonly against: ReasonView[];
}

/** The link of a process to its parent, with everybody who could be that. */
export interface ParentView {
  readonly grade: Grade;
  readonly meaning: string;
  readonly parent: ProcessBriefView | null;
  readonly deltaMs: number | null;
  readonly reasons: ReasonView[];
  readonly candidates: CandidateView[];
}

export function parentView(lineage: Lineage, index: number): ParentView {
  const child = lineage.process(index);
  const { grade, parent, reasons, candidates } = lineage.edge(index);
  return {
    grade,
    meaning: gradeMeanings[grade],
    parent: briefAt(lineage, parent ?? -1),
    deltaMs: parent === undefined ? null : deltaMs(lineage.process(parent), child),
    reasons: reasons.map(linkReason),
    candidates: candidates.map((candidate) => {
      const process = lineage.process(candidate.process);
      return {
        process: processBrief(process),
        shown: candidate.process === parent,
        deltaMs: deltaMs(process, child),
        for: candidate.for.map(linkReason),
        against: candidate.against.map(linkReason),
      };
    }),
  };
}

/** Ancestors that are listed; a chain that is longer is one of a hostile log. */
const mostAncestors = 500;

/** From the root down to the parent. */
export function ancestorsOf(lineage: Lineage, index: number): ProcessBriefView[] {
  const found: ProcessBriefView[] = [];
  for (let up = lineage.parent(index); up >= 0 && found.length < mostAncestors; up = lineage.parent(up))
    found.push(processBrief(lineage.process(up)));
  return found.reverse();
}

/** All processes below one. */
export function descendantsOf(lineage: Lineage, index: number): number[] {
  const found: number[] = [];
  const waiting = [...lineage.children(index)];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    found.push(at);
    for (const child of lineage.children(at)) waiting.push(child);
  }
  return found;
}
