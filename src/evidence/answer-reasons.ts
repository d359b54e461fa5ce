import type { Ticks } from '../core/ticks.ts';
import type { Answer, AnswerReason } from '../coverage/answer.ts';
import { answerText } from '../coverage/answer-text.ts';

/** The reasons of an answer, each as part of a sentence and once. Texts of logs in them are not made safe for a terminal. */
export function answerReasons(
  answer: Answer,
  clock: (time: Ticks) => string,
  kinds?: readonly AnswerReason['kind'][],
): readonly string[] {
  const wanted = answer.reasons.filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  return [
    ...new Set(wanted.map((reason) => withoutKind(answerText({ ...answer, reasons: [reason] }, clock)))),
  ];
}

/** `not certain: the sensor dropped …` without what stands before the colon. */
function withoutKind(sentence: string): string {
  return sentence.slice(sentence.indexOf(': ') + 2);
}
