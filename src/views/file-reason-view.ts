import { type FileReason, fileReasonText } from '../evidence/file-reason.ts';
import { answerReasonViews, type Clock, type ReasonView } from './reason-view.ts';

/** The reasons of an answer on a file, each text once. */
export function fileReasonViews(reasons: readonly FileReason[], clock: Clock): readonly ReasonView[] {
  const found = new Map<string, ReasonView>();
  for (const view of reasons.flatMap((reason) => viewsOf(reason, clock)))
    if (!found.has(view.text)) found.set(view.text, view);
  return [...found.values()];
}

function viewsOf(reason: FileReason, clock: Clock): readonly ReasonView[] {
  if (reason.kind === 'coverage') return answerReasonViews(reason.answer, clock);
  const { kind, ...values } = reason;
  return [{ code: `file.${kind}`, text: fileReasonText(reason), values }];
}
