import { formatTicks, type Ticks } from '../core/ticks.ts';
import type { AnswerKind, AnswerReason } from '../coverage/answer.ts';
import { answerQuestion } from '../coverage/answer.ts';
import type { Ledger } from '../coverage/ledger.ts';
import type { Loss } from '../coverage/losses.ts';
import { type EvidenceClass, evidenceClasses, evidenceClassNames } from '../evidence/evidence-class.ts';
import type { EvidenceAxis } from '../evidence/evidence-parts.ts';
import type { EvidenceCounts } from '../evidence/read-evidence.ts';
import type { Process } from '../lineage/process.ts';
import { isSeenFromStart, notSeenFromStart, type SlotName, slotOf } from './evidence-slots.ts';
import { answerReasonViews, type Clock, isoOrNull, lossReason, type ReasonView } from './reason-view.ts';

export type StripKind =
  | 'gap'
  | 'dropped'
  | 'not-collected'
  | 'settling'
  | 'before-log'
  | 'after-log'
  | 'cleared'
  | 'stopped';

/** A stretch of the axis in which events of a class may be missing. */
export interface StripStretch {
  readonly kind: StripKind;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: ReasonView;
}

/** What a process did of one class, over its life. */
export interface ClassEvidenceView {
  readonly class: EvidenceClass;
  readonly label: string;
  readonly slot: SlotName | null;
  readonly answer: AnswerKind | 'names-no-process';
  readonly count: number;
  readonly atLeast: boolean;
  readonly byGrade: Record<string, number>;
  readonly bySource: Record<string, number>;
  readonly first: string | null;
  readonly last: string | null;
  readonly reasons: ReasonView[];
  readonly counts: number[];
  readonly stretches: StripStretch[];
}

export interface ClassEvidenceScope {
  readonly ledger: Ledger;
  readonly process: Process;
  readonly asOf: Ticks | undefined;
  readonly axis: EvidenceAxis;
  /** Since when events may still come; null where none are expected. */
  readonly settlingSince: Ticks | null;
  readonly clock: Clock;
}

/** Stretches of one strip; the losses that tell most come first. */
const mostStretches = 200;

/** Every class that has events, or of which can be said whether its absence is certain. */
export function classEvidence(
  scope: ClassEvidenceScope,
  counts: EvidenceCounts,
  parts: ReadonlyMap<EvidenceClass, number[]>,
): ClassEvidenceView[] {
  return evidenceClassNames.flatMap((name) => {
    const count = counts.get(name);
    const { label, namesNoProcess } = evidenceClasses[name];
    const base = {
      class: name,
      label,
      slot: slotOf(name),
      count: count?.count ?? 0,
      byGrade: { ...count?.byGrade },
      bySource: { ...count?.bySource },
      first: isoOrNull(count?.first),
      last: isoOrNull(count?.last),
      counts: parts.get(name) ?? [],
    };
    const answered = answerClass(scope, name, base.count);
    if (answered !== undefined) return [{ ...base, ...answered }];
    if (base.count > 0)
      return [{ ...base, answer: 'yes' as const, atLeast: false, reasons: [], stretches: [] }];
    if (namesNoProcess === undefined) return [];
    const reason = { code: 'names-no-process', text: namesNoProcess };
    return [
      { ...base, answer: 'names-no-process' as const, atLeast: false, reasons: [reason], stretches: [] },
    ];
  });
}

/** Undefined where coverage says nothing of the class: no event class stands for it alone. */
function answerClass(
  scope: ClassEvidenceScope,
  name: EvidenceClass,
  found: number,
): Pick<ClassEvidenceView, 'answer' | 'atLeast' | 'reasons' | 'stretches'> | undefined {
  const { ledger, process, asOf, clock } = scope;
  const { selectors, namesNoProcess } = evidenceClasses[name];
  // A process starts and ends once: where that was recorded, nothing more of it can be missing.
  if (found > 0 && (name === 'start' || name === 'end')) return undefined;
  const whole = selectors.find(({ codes }) => codes === undefined);
  if (whole === undefined || namesNoProcess !== undefined) return undefined;
  const seen = isSeenFromStart(process);
  const answer = answerQuestion(ledger, {
    host: process.host,
    eventClass: whole.eventClass,
    from: seen ? (process.start ?? null) : null,
    to: process.end ?? asOf ?? null,
    found,
  });
  const losses = answer.reasons.filter((reason) => reason.kind === 'loss');
  const stretches = stripStretches(scope, losses, whole.eventClass);
  const reasons = answerReasonViews(answer, clock);
  if (answer.kind === 'not-collected') stretches.unshift(...wholeAxis(scope, reasons));
  if (answer.kind === 'no' && !seen)
    return { answer: 'not-certain', atLeast: false, reasons: [notSeenFromStart, ...reasons], stretches };
  return {
    answer: answer.kind,
    atLeast: answer.kind === 'yes' && losses.length > 0,
    reasons: answer.kind === 'yes' ? reasons.filter(({ code }) => code.startsWith('loss.')) : reasons,
    stretches,
  };
}

const kinds: Readonly<Record<Loss['kind'], StripKind>> = {
  gap: 'gap',
  'gaps-not-listed': 'gap',
  dropped: 'dropped',
  cleared: 'cleared',
  stopped: 'stopped',
  'reports-not-read': 'dropped',
  'before-log': 'before-log',
  'after-log': 'after-log',
  'other-configuration': 'not-collected',
};

function stripStretches(
  { axis, settlingSince, clock }: ClassEvidenceScope,
  losses: readonly Extract<AnswerReason, { kind: 'loss' }>[],
  eventClass: Parameters<typeof lossReason>[2],
): StripStretch[] {
  const end = axis.from + axis.width * BigInt(axis.parts);
  const clipped = (from: Ticks | null, to: Ticks | null) => ({
    from: formatTicks(from === null || from < axis.from ? axis.from : from),
    to: formatTicks(to === null || to > end ? end : to),
  });
  const found: StripStretch[] = losses
    .filter(({ loss: { from, to } }) => (from === null || from <= end) && (to === null || to >= axis.from))
    .slice(0, mostStretches)
    .map(({ loss, channel }) => ({
      kind: kinds[loss.kind],
      ...clipped(loss.from, loss.to),
      reason: lossReason(loss, channel, eventClass, clock),
    }));
  if (settlingSince !== null && settlingSince < end)
    found.push({
      kind: 'settling',
      ...clipped(settlingSince, null),
      reason: { code: 'settling', text: 'events of this time may still arrive' },
    });
  return found;
}

function wholeAxis({ axis }: ClassEvidenceScope, [reason]: readonly ReasonView[]): StripStretch[] {
  if (reason === undefined) return [];
  const to = axis.from + axis.width * BigInt(axis.parts);
  return [{ kind: 'not-collected', from: formatTicks(axis.from), to: formatTicks(to), reason }];
}
