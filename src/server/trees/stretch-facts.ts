import type { Ticks } from '../../core/ticks.ts';
import { answerQuestion } from '../../coverage/answer.ts';
import { classNames, productName } from '../../coverage/class-names.ts';
import { readLedger } from '../../coverage/read-ledger.ts';
import type { EventClass } from '../../events/event-class.ts';
import type { Lineage } from '../../lineage/process.ts';
import { absence } from '../../views/class-facts.ts';
import { classLabel } from '../../views/coverage-view.ts';
import { processBrief } from '../../views/process-brief.ts';
import { answerReasonViews, type Clock, isoOrNull, recordIdReason } from '../../views/reason-view.ts';
import type { StretchFacts } from '../contracts/coverage.ts';
import type { HostTrees } from './host-trees.ts';

/** Processes that are named. */
const mostNamed = 20;

export interface StretchScope {
  readonly host: string;
  readonly eventClass: EventClass;
  readonly from: Ticks | undefined;
  readonly to: Ticks | undefined;
  readonly asOf: Ticks | undefined;
}

/** What a stretch of time without certain coverage means: for which processes, and what else covers it. */
export async function stretchFacts(
  trees: HostTrees,
  { host, eventClass, from, to, asOf }: StretchScope,
  clock: Clock,
): Promise<StretchFacts> {
  const [ledger, knowledge] = await Promise.all([
    readLedger(trees.store, {
      hosts: [host],
      earliest: from ?? null,
      latest: to ?? null,
      asOf: asOf ?? null,
    }),
    trees.read(host, asOf),
  ]);
  const answer = answerQuestion(ledger, { host, eventClass, from: from ?? null, to: to ?? null, found: 0 });
  const channels = ledger.hosts.find((each) => each.host === host)?.channels ?? [];
  const living = livingIn(knowledge.lineage, from, to);
  return {
    host,
    class: eventClass,
    label: classLabel(eventClass),
    from: isoOrNull(from),
    to: isoOrNull(to),
    answer: absence(answer),
    reasons: answerReasonViews(answer, clock),
    processes: {
      count: living.length,
      first: living.slice(0, mostNamed).map((index) => processBrief(knowledge.lineage.process(index))),
    },
    others: channels.flatMap(({ channel, classes }) =>
      classes
        .filter((each) => each.eventClass === eventClass && each.events > 0)
        .map(({ product, events }) => ({
          channel,
          events,
          reason: {
            code: 'covered-by',
            text: `${productName(product)} (${channel}) has ${events} ${classNames[eventClass]} of that time`,
            values: { channel, product: productName(product), class: eventClass, count: events },
          },
        })),
    ),
    recordIds: channels
      .filter(({ classes }) => classes.some((each) => each.eventClass === eventClass))
      .map(({ channel, recordIds }) => ({ channel, reason: recordIdReason(recordIds) })),
  };
}

/** Processes that may have lived between two moments; one whose end no event tells may still run. */
function livingIn(lineage: Lineage, from: Ticks | undefined, to: Ticks | undefined): readonly number[] {
  const found: number[] = [];
  for (let index = 0; index < lineage.size; index++) {
    const { start, end } = lineage.outline(index);
    if (to !== undefined && start !== undefined && start > to) continue;
    if (from !== undefined && end !== undefined && end < from) continue;
    found.push(index);
  }
  return found;
}
