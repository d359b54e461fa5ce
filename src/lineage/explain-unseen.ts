import type { Holders } from './holders.ts';
import type { LinkContext } from './link-context.ts';
import type { LossEvidence } from './loss.ts';
import type { LossModel } from './loss-model.ts';
import { FROM_GUID, NONE, STARTED } from './process-table.ts';
import { type ReasonMask, reasonBits } from './reason-bits.ts';

/** With fewer starts lost than this, a process of which nothing older is known was there before the log. */
const LITTLE = 0.02;

/** Why a parent was not seen being created, as far as it is known; 0 for one that was. */
export function explainUnseen(
  { table }: LinkContext,
  model: LossModel,
  loss: LossEvidence | undefined,
  previous: Int32Array,
  parent: number,
): ReasonMask {
  if (table.basis[parent] === STARTED) return 0;
  const unseen = reasonBits['not-seen-created'];
  const within = (from: number, to: number): boolean =>
    model.startWindows.some((window) => window.from <= to && window.to >= from);
  const known = table.startFrom[parent] === FROM_GUID;
  const before = previous[parent] as number;
  const from = known
    ? (table.start[parent] as number)
    : before === NONE
      ? model.since
      : (table.first[before] as number);
  // A GUID has whole seconds.
  if (known && from + 10_000_000 <= model.since) return unseen | reasonBits['before-the-log'];
  if (within(from, known ? from + 10_000_000 : (table.first[parent] as number)))
    return unseen | reasonBits['in-a-gap'];
  if (!known && before === NONE)
    return model.startsLost < LITTLE ? unseen | reasonBits['before-the-log'] : unseen;
  return loss === undefined ? unseen : unseen | reasonBits['not-collected'];
}

/** For every process, the one that bore its process id before it. */
export function previousHolders(size: number, holders: Holders): Int32Array {
  const previous = new Int32Array(size).fill(NONE);
  for (const list of holders.lists)
    for (let at = 1; at < list.length; at++) previous[list[at] as number] = list[at - 1] as number;
  return previous;
}
