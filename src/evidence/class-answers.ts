import type { Ticks } from '../core/ticks.ts';
import { type Answer, answerQuestion } from '../coverage/answer.ts';
import type { Ledger } from '../coverage/ledger.ts';
import type { Process } from '../lineage/process.ts';
import { type EvidenceClass, evidenceClasses } from './evidence-class.ts';
import type { EvidenceCounts } from './read-evidence.ts';

/**
 * For each class what the ledger says of it over the lifetime of a process: whether there were none, and where there are
 * events, whether some may be missing. Classes that no event class stands for alone are not asked for.
 */
export function classAnswers(
  ledger: Ledger,
  process: Process,
  counts: EvidenceCounts,
  classes: readonly EvidenceClass[],
  asOf?: Ticks,
): ReadonlyMap<EvidenceClass, Answer> {
  const answers = new Map<EvidenceClass, Answer>();
  for (const each of classes) {
    const { selectors, namesNoProcess } = evidenceClasses[each];
    const found = counts.get(each)?.count ?? 0;
    // A process starts and ends once: where that was recorded, nothing more of it can be missing.
    if (found > 0 && (each === 'start' || each === 'end')) continue;
    const whole = selectors.find(({ codes }) => codes === undefined);
    if (whole === undefined || namesNoProcess !== undefined) continue;
    answers.set(
      each,
      answerQuestion(ledger, {
        host: process.host,
        eventClass: whole.eventClass,
        from: process.start ?? null,
        to: process.end ?? asOf ?? null,
        found,
      }),
    );
  }
  return answers;
}
