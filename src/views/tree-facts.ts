import type { Ticks } from '../core/ticks.ts';
import { type Answer, answerQuestion } from '../coverage/answer.ts';
import { answerText } from '../coverage/answer-text.ts';
import { classNames } from '../coverage/class-names.ts';
import type { Ledger } from '../coverage/ledger.ts';
import type { EventClass } from '../events/event-class.ts';
import { type EvidenceClass, eventClassesOf, evidenceClasses } from '../evidence/evidence-class.ts';
import { countEvidence, type EvidenceCounts, readEvidence } from '../evidence/read-evidence.ts';
import { subjectsPerStatement } from '../evidence/subject.ts';
import type { Family } from '../lineage/select-family.ts';
import type { Store } from '../store/store.ts';
import { countText } from './quantity-text.ts';
import type { ProcessFacts } from './tree-view.ts';

/** What a process did to the world: these events are listed below it; others are counted. */
const listedClasses: readonly EvidenceClass[] = [
  'file-created',
  'file-executable',
  'file-deleted',
  'file-time-changed',
  'file-stream',
  'file-blocked',
  'registry',
  'network',
  'dns',
  'thread-made',
  'thread-received',
  'tampering',
  'service',
  'scheduled-task',
];

/** Events of one class that are listed for one process, and events that are listed at most. */
const LISTED = 5;
const READ = 20_000;

/** The tree itself tells of these. */
const toldByTree: ReadonlySet<EvidenceClass> = new Set(['start', 'end', 'child']);

/** Classes of events whose absence is told below each process. */
const asked: readonly EventClass[] = [
  'file-create',
  'file-delete',
  'registry',
  'network',
  'dns',
  'module-load',
  'remote-thread',
  'process-access',
];

export interface FactsOptions {
  readonly asOf: Ticks | undefined;
  readonly clock: (moment: Ticks) => string;
}

/** Reads what the processes of a family did, and for what they did not do whether that is certain. */
export async function readFacts(
  store: Store,
  family: Family,
  ledger: Ledger,
  { asOf, clock }: FactsOptions,
): Promise<ProcessFacts> {
  const { lineage } = family;
  const shown = Array.from({ length: lineage.size }, (_, index) => index).filter(family.shows);
  const processes = shown.map((index) => lineage.process(index));
  const options = asOf === undefined ? {} : { asOf };
  const counted = await countEvidence(store, processes, options);
  const counts = new Map(shown.map((index, at) => [index, counted[at] ?? new Map()] as const));
  const lists = new Map<number, Map<EvidenceClass, string[]>>();
  if (processes.length <= subjectsPerStatement) {
    const { events } = await readEvidence(store, processes, {
      ...options,
      classes: listedClasses,
      perClass: LISTED,
      limit: READ,
    });
    for (const { process, evidenceClass, summary, time } of events) {
      const index = shown[process] ?? -1;
      const byClass = lists.get(index) ?? new Map<EvidenceClass, string[]>();
      lists.set(index, byClass);
      const list = byClass.get(evidenceClass) ?? [];
      byClass.set(evidenceClass, list);
      list.push(`${clock(time)} ${summary}`);
    }
  }
  const answers = (index: number): ReadonlyMap<EventClass, Answer> => {
    const { host, start, end, basis } = lineage.process(index);
    const found = counts.get(index) ?? new Map();
    // What a process did before the log began is asked of nobody.
    if (basis === 'claimed') return new Map();
    return new Map(
      asked
        .filter((eventClass) => eventsOf(found, eventClass) === 0)
        .map((eventClass) => [
          eventClass,
          answerQuestion(ledger, {
            host,
            eventClass,
            from: start ?? null,
            to: end ?? asOf ?? null,
            found: 0,
          }),
        ]),
    );
  };
  return {
    counts: (index) =>
      Object.fromEntries([...(counts.get(index) ?? [])].map(([name, { count }]) => [name, count])),
    coverage: (index) =>
      Object.fromEntries(
        [...answers(index)].map(([name, answer]) => [
          name,
          { answer: answer.kind, reason: answerText(answer, clock) },
        ]),
      ),
    notes: (index) => {
      const count = counts.get(index) ?? new Map();
      // Ancestors are there to say where it came from: what they did is only counted.
      return family.isContext(index)
        ? [...countNotes(count, undefined)]
        : [...countNotes(count, lists.get(index)), ...doubtNotes(answers(index), clock)];
    },
  };
}

function eventsOf(counts: EvidenceCounts, eventClass: EventClass): number {
  let events = 0;
  for (const [name, { count }] of counts) if (eventClassesOf(name).includes(eventClass)) events += count;
  return events;
}

function* countNotes(
  counts: EvidenceCounts,
  lists: ReadonlyMap<EvidenceClass, readonly string[]> | undefined,
): Generator<string> {
  const others: string[] = [];
  for (const [name, { count }] of counts) {
    if (toldByTree.has(name)) continue;
    const { label } = evidenceClasses[name];
    const list = lists?.get(name);
    if (list === undefined) {
      others.push(`${label}: ${countText(count)}`);
      continue;
    }
    yield `+ ${label}: ${countText(count)}`;
    for (const line of list) yield `    ${line}`;
    if (count > list.length) yield `    … ${countText(count - list.length)} more`;
  }
  if (others.length > 0) yield `+ ${others.join('; ')}`;
}

/** What is not certain, by its reasons. What nothing records on the host is told once, see `notCollectedLine`. */
function* doubtNotes(
  answers: ReadonlyMap<EventClass, Answer>,
  clock: (moment: Ticks) => string,
): Generator<string> {
  const classesOf = new Map<string, string[]>();
  for (const [eventClass, answer] of answers) {
    if (answer.kind !== 'not-certain') continue;
    for (const reason of answer.reasons) {
      const text = answerText({ ...answer, reasons: [reason] }, clock);
      const classes = classesOf.get(text) ?? [];
      classesOf.set(text, classes);
      if (!classes.includes(classNames[eventClass])) classes.push(classNames[eventClass]);
    }
  }
  for (const [text, classes] of [...classesOf].sort(([, one], [, other]) => one.length - other.length))
    yield `? ${classes.join(', ')}: ${text}`;
}

/** The classes that nothing records on a host, as a line for the header; undefined where there are none. */
export function notCollectedLine(ledger: Ledger, host: string): string | undefined {
  const missing = asked.filter((eventClass) => {
    const { kind } = answerQuestion(ledger, { host, eventClass, from: null, to: null, found: 0 });
    return kind === 'not-collected';
  });
  return missing.length === 0
    ? undefined
    : `not collected on this host: ${missing.map((eventClass) => classNames[eventClass]).join(', ')}`;
}
