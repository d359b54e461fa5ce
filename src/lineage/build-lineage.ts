import { finish, type Steps } from '../core/steps.ts';
import { cutLoops } from './cut-loops.ts';
import { explainUnseen, previousHolders } from './explain-unseen.ts';
import { figuresOf, type HostFigures, knownOfHost } from './host-figures.ts';
import {
  type FoundCandidate,
  GRADE_AMBIGUOUS,
  GRADE_CLAIMED,
  GRADE_NONE,
  GRADE_PROBABLE,
  type LinkContext,
} from './link-context.ts';
import { linkSteps } from './link-observations.ts';
import { LinkedLineage } from './linked-lineage.ts';
import type { LossEvidence } from './loss.ts';
import { lossFigures } from './loss-figures.ts';
import { LossModel } from './loss-model.ts';
import type { Observations } from './observation.ts';
import type { Lineage } from './process.ts';
import { NONE } from './process-table.ts';
import { reasonBits } from './reason-bits.ts';
import type { SampleSize } from './sample-pids.ts';
import { defaultTolerance, type Tolerance } from './tolerance.ts';

export interface LineageOptions {
  /** What is known of missing events of this host. */
  readonly loss?: LossEvidence;
  readonly tolerance?: Tolerance;
  /** Of the host, where the observations are a part of it. */
  readonly figures?: HostFigures | undefined;
  /** How much is counted of a large host where no figures are given. */
  readonly sample?: SampleSize | undefined;
}

/**
 * Builds the lineage of one host: a function of the observations, whatever the order in which they were added. Which edges
 * are made, and with which grade, is said in the lineage document; `docs/lineage.md` explains it to analysts.
 */
export function buildLineage(observations: Observations, options: LineageOptions = {}): Lineage {
  return finish(lineageSteps(observations, options));
}

/** The same in steps, so that a large host does not keep everybody else waiting. */
export function* lineageSteps(observations: Observations, options: LineageOptions = {}): Steps<Lineage> {
  const { tolerance = defaultTolerance, loss } = options;
  const figures = options.figures ?? figuresOf(observations, tolerance, options.sample);
  const known = figures && knownOfHost(figures, observations);
  yield;
  const { context, holders, refuted } = yield* linkSteps(observations, tolerance, known);
  yield;
  const { table } = context;
  const losses = figures?.losses ?? lossFigures(context, holders);
  const model = new LossModel(context, losses, loss, figures?.firstStart);
  const previous = previousHolders(table.size, holders);
  yield;
  for (let child = 0; child < table.size; child++) {
    const parent = table.parent[child] as number;
    if (parent === NONE) continue;
    const reasons = table.reasons[child] as number;
    if (table.grade[child] === GRADE_CLAIMED) {
      table.reasons[child] = reasons | explainUnseen(context, model, loss, previous, parent);
    } else if (table.grade[child] === GRADE_PROBABLE && model.isDoubtful(parent, child, reasons)) {
      table.grade[child] = GRADE_AMBIGUOUS;
      table.reasons[child] = reasons | reasonBits['loss-at-that-time'];
    }
  }
  for (const [child, candidate] of refuted) refute(context, child, candidate);
  cutLoops(table);
  return new LinkedLineage(context);
}

/** A child names a parent that cannot be it: what was found in its place is doubtful, and both are kept. */
function refute({ table, candidates }: LinkContext, child: number, candidate: FoundCandidate): void {
  const parent = table.parent[child] as number;
  if (parent === NONE) {
    table.grade[child] = GRADE_NONE;
    table.reasons[child] = candidate.reasons;
    return;
  }
  table.grade[child] = GRADE_AMBIGUOUS;
  const found = candidates.get(child) ?? [{ process: parent, reasons: table.reasons[child] as number }];
  candidates.set(child, [...found, candidate]);
  table.reasons[child] = candidate.reasons | reasonBits['several-candidates'];
}
