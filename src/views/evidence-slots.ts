import type { Ticks } from '../core/ticks.ts';
import { type AnswerKind, answerQuestion } from '../coverage/answer.ts';
import type { Ledger } from '../coverage/ledger.ts';
import type { EventClass } from '../events/event-class.ts';
import type { EvidenceClass } from '../evidence/evidence-class.ts';
import type { EvidenceCounts } from '../evidence/read-evidence.ts';
import type { Process } from '../lineage/process.ts';
import { answerReasonViews, type Clock, type ReasonView } from './reason-view.ts';

/** The slots of a row: what a process did, in six words. */
export type SlotName = 'files' | 'registry' | 'network' | 'dns' | 'modules' | 'injected';

interface Slot {
  /** Classes of evidence that it counts. */
  readonly counts: readonly EvidenceClass[];
  /** The class of events whose absence it tells. */
  readonly asks: EventClass;
}

export const slots: Readonly<Record<SlotName, Slot>> = {
  files: {
    counts: [
      'file-created',
      'file-executable',
      'file-deleted',
      'file-time-changed',
      'file-stream',
      'file-blocked',
    ],
    asks: 'file-create',
  },
  registry: { counts: ['registry'], asks: 'registry' },
  network: { counts: ['network'], asks: 'network' },
  dns: { counts: ['dns'], asks: 'dns' },
  modules: { counts: ['module'], asks: 'module-load' },
  injected: { counts: ['thread-made'], asks: 'remote-thread' },
};

const slotOfClass = new Map<EvidenceClass, SlotName>(
  (Object.keys(slots) as SlotName[]).flatMap((name) =>
    slots[name].counts.map((each) => [each, name] as const),
  ),
);

/** The slot that counts a class of evidence. */
export function slotOf(evidenceClass: EvidenceClass): SlotName | null {
  return slotOfClass.get(evidenceClass) ?? null;
}

export interface EvidenceSlotView {
  readonly answer: AnswerKind;
  readonly count: number;
  /** Some may be missing. */
  readonly atLeast: boolean;
  readonly reasons: ReasonView[];
}

/** What is not known of a process that was not seen from its start. */
export const notSeenFromStart: ReasonView = {
  code: 'not-seen-from-start',
  text: 'it ran before it was first seen, and what it did then is not known',
};

/** Whether everything that a process did lies within the time in which it is known. */
export function isSeenFromStart({ startFrom }: Process): boolean {
  return startFrom === 'start-event' || startFrom === 'guid';
}

/** The six slots of a process. `asOf`: the moment for which is asked, where it may still run. */
export function evidenceSlots(
  ledger: Ledger,
  process: Process,
  counts: EvidenceCounts,
  asOf: Ticks | undefined,
  clock: Clock,
): Record<SlotName, EvidenceSlotView> {
  const slot = (name: SlotName): EvidenceSlotView => {
    const { counts: classes, asks } = slots[name];
    const count = classes.reduce((sum, each) => sum + (counts.get(each)?.count ?? 0), 0);
    return slotAnswer(ledger, process, asks, count, asOf, clock);
  };
  return {
    files: slot('files'),
    registry: slot('registry'),
    network: slot('network'),
    dns: slot('dns'),
    modules: slot('modules'),
    injected: slot('injected'),
  };
}

/** The answer for a class of events of a process; where there are some, whether some may be missing. */
export function slotAnswer(
  ledger: Ledger,
  process: Process,
  eventClass: EventClass,
  count: number,
  asOf: Ticks | undefined,
  clock: Clock,
): EvidenceSlotView {
  const seen = isSeenFromStart(process);
  const answer = answerQuestion(ledger, {
    host: process.host,
    eventClass,
    from: seen ? (process.start ?? null) : null,
    to: process.end ?? asOf ?? null,
    found: count,
  });
  const reasons = answerReasonViews(answer, clock);
  if (answer.kind === 'yes') {
    const losses = reasons.filter(({ code }) => code.startsWith('loss.'));
    return { answer: 'yes', count, atLeast: losses.length > 0, reasons: losses };
  }
  const doubtful = answer.kind === 'no' && !seen;
  return {
    answer: doubtful ? 'not-certain' : answer.kind,
    count,
    atLeast: false,
    reasons: doubtful ? [notSeenFromStart, ...reasons] : reasons,
  };
}
