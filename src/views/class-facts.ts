import type { Ticks } from '../core/ticks.ts';
import { type Answer, answerQuestion } from '../coverage/answer.ts';
import type { Ledger } from '../coverage/ledger.ts';
import type { EventClass } from '../events/event-class.ts';
import { answerReasonViews, type Clock, type ReasonView } from './reason-view.ts';

/** The classes of events that an analyst asks of first, and what they are called in a heading. */
export const askedClasses = [
  ['process-start', 'Process start'],
  ['process-end', 'Process exit'],
  ['file-create', 'Files'],
  ['registry', 'Registry'],
  ['network', 'Network'],
  ['dns', 'DNS'],
  ['module-load', 'Modules'],
  ['remote-thread', 'Injected threads'],
] as const satisfies readonly (readonly [EventClass, string])[];

/** Whether "no" can be said for a class of events. */
export interface ClassFact {
  readonly class: EventClass;
  readonly label: string;
  readonly answer: 'no' | 'not-certain' | 'not-collected';
  readonly certain: boolean;
  readonly reasons: ReasonView[];
}

/** For each of the classes whether its absence between two moments would be certain. Null ends are those of the log. */
export function classFacts(
  ledger: Ledger,
  host: string,
  span: { readonly from: Ticks | null; readonly to: Ticks | null },
  clock: Clock,
): ClassFact[] {
  return askedClasses.map(([eventClass, label]) => {
    const answer = answerQuestion(ledger, { host, eventClass, ...span, found: 0 });
    const word = absence(answer);
    return {
      class: eventClass,
      label,
      answer: word,
      certain: word === 'no',
      reasons: answerReasonViews(answer, clock),
    };
  });
}

/** The answer to a question in which nothing was found, which is never `yes`. */
export function absence({ kind }: Answer): ClassFact['answer'] {
  return kind === 'yes' ? 'not-certain' : kind;
}
