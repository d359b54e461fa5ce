import type { Ticks } from '../core/ticks.ts';
import { type AnswerKind, answerQuestion } from '../coverage/answer.ts';
import type { Ledger } from '../coverage/ledger.ts';
import { readLedger } from '../coverage/read-ledger.ts';
import type { Store } from '../store/store.ts';
import type { AskCollection } from './file-answers.ts';

/** Answers questions on files from the ledgers of hosts, each read when it is first asked for. */
export function askLedger(store: Store, asOf?: Ticks): AskCollection {
  const ledgers = new Map<string, Promise<Ledger>>();
  return async ({ host, eventClasses, from, to }) => {
    const known = ledgers.get(host) ?? readLedger(store, { hosts: [host], asOf: asOf ?? null });
    ledgers.set(host, known);
    const ledger = await known;
    const answers = eventClasses.map((eventClass) =>
      answerQuestion(ledger, { host, eventClass, from, to, found: 0 }),
    );
    // Any of the classes would have told: all must say no, and where one cannot be asked the whole is in doubt.
    const same = (wanted: AnswerKind) => answers.every(({ kind }) => kind === wanted);
    const kind = same('no') ? 'no' : same('not-collected') ? 'not-collected' : 'not-certain';
    const telling = answers.filter((answer) => kind === 'no' || answer.kind !== 'no');
    return { kind, reasons: telling.map((answer) => ({ kind: 'coverage', answer })) };
  };
}
