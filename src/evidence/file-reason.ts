import type { Ticks } from '../core/ticks.ts';
import type { Answer } from '../coverage/answer.ts';
import { reasonTexts } from '../coverage/answer-text.ts';

/** Why a question on a file has its answer. */
export type FileReason =
  /** What the ledger says of one class of events. */
  | { readonly kind: 'coverage'; readonly answer: Answer }
  | { readonly kind: 'coverage-not-asked' }
  /** No product records renames; only the content of other files can tell of one. */
  | { readonly kind: 'renames-not-recorded' }
  | { readonly kind: 'same-content'; readonly path: string; readonly hash: string }
  /** So many events name the file in a command line or a setting. */
  | { readonly kind: 'only-named'; readonly events: number }
  | { readonly kind: 'used-but-not-created' }
  /** So many events name the file beside a web address. */
  | { readonly kind: 'named-beside-address'; readonly events: number }
  /** Programs that download need not say so. */
  | { readonly kind: 'not-marked' };

/** The reasons as parts of a sentence, each once. `clock` writes a moment. Not made safe for a terminal. */
export function fileReasonTexts(
  reasons: readonly FileReason[],
  clock: (time: Ticks) => string,
): readonly string[] {
  const texts = reasons.flatMap((reason) =>
    reason.kind === 'coverage' ? reasonTexts(reason.answer, clock) : fileReasonText(reason),
  );
  return [...new Set(texts)];
}

export function fileReasonText(reason: Exclude<FileReason, { readonly kind: 'coverage' }>): string {
  switch (reason.kind) {
    case 'coverage-not-asked':
      return 'what was collected has not been checked';
    case 'renames-not-recorded':
      return 'no source records renames; a renamed file appears without a creation';
    case 'same-content':
      return `${reason.path} has the same content (${reason.hash})`;
    case 'only-named':
      return `${reason.events} ${reason.events === 1 ? 'event names' : 'events name'} it in a command line or a setting, which may have run it`;
    case 'used-but-not-created':
      return 'it was there when it was used, but no event tells of its creation';
    case 'named-beside-address':
      return `${reason.events} ${reason.events === 1 ? 'event names' : 'events name'} it beside a web address, and only browsers and the like mark what they download`;
    case 'not-marked':
      return 'no mark of a download was written, but only browsers and the like write one: PowerShell, bitsadmin and others leave none';
  }
}
