import type { Ticks } from '../core/ticks.ts';
import type { Ledger } from '../coverage/ledger.ts';
import type { EvidenceCounts } from '../evidence/read-evidence.ts';
import type { Lineage } from '../lineage/process.ts';
import { claimReasons } from '../lineage/process-notes.ts';
import { type EvidenceSlotView, evidenceSlots, type SlotName } from './evidence-slots.ts';
import { type FlagView, flagViews } from './flag-view.ts';
import { type Clock, isoOrNull, linkReason, type ReasonView } from './reason-view.ts';

/** Events that a row names. */
const mostEvents = 8;

/** A text that may have been cut. */
export interface CutText {
  readonly text: string;
  /** Of the whole, in UTF-16 units. */
  readonly length: number;
}

/** What a row of a tree shows of a process beyond its columns. */
export interface TreeRowView {
  readonly position: number;
  readonly id: string;
  readonly pid: number | null;
  readonly guid: string | null;
  readonly image: string | null;
  readonly earlierImages: string[];
  readonly commandLine: CutText | null;
  readonly user: string | null;
  readonly integrityLevel: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly events: string[];
  readonly evidence: Record<SlotName, EvidenceSlotView>;
  readonly flags: FlagView[];
  readonly link: ReasonView[];
  readonly unseen: ReasonView[];
}

export interface TreeRowScope {
  readonly lineage: Lineage;
  readonly ledger: Ledger;
  readonly asOf: Ticks | undefined;
  readonly clock: Clock;
  /** Longest text of a log, in UTF-16 units. */
  readonly longest: number;
}

export function treeRow(
  { lineage, ledger, asOf, clock, longest }: TreeRowScope,
  position: number,
  index: number,
  counts: EvidenceCounts,
): TreeRowView {
  const process = lineage.process(index);
  const short = (text: string) => cutAt(text, longest).text;
  return {
    position,
    id: process.id,
    pid: process.pid ?? null,
    guid: process.guid ?? null,
    image: process.image === undefined ? null : short(process.image),
    earlierImages: process.earlierImages.map(short),
    commandLine: process.commandLine === undefined ? null : cutAt(process.commandLine, longest),
    user: process.user === undefined ? null : short(process.user),
    integrityLevel: process.integrityLevel ?? null,
    start: isoOrNull(process.start),
    end: isoOrNull(process.end),
    events: process.seenBy.slice(0, mostEvents).map(({ id }) => id),
    evidence: shortened(evidenceSlots(ledger, process, counts, asOf, clock)),
    flags: flagViews(lineage, index),
    link: lineage.edge(index).reasons.map(linkReason),
    unseen: unseenReasons(lineage, index),
  };
}

/** Slots with the most telling of their reasons: the panel has all. */
function shortened(slots: Record<SlotName, EvidenceSlotView>): Record<SlotName, EvidenceSlotView> {
  const short = (slot: EvidenceSlotView) => ({ ...slot, reasons: slot.reasons.slice(0, 1) });
  const { files, registry, network, dns, modules, injected } = slots;
  return {
    files: short(files),
    registry: short(registry),
    network: short(network),
    dns: short(dns),
    modules: short(modules),
    injected: short(injected),
  };
}

/** Why a process was not seen being created; empty where it was. */
export function unseenReasons(lineage: Lineage, index: number): ReasonView[] {
  return lineage.process(index).basis === 'claimed' ? claimReasons(lineage, index).map(linkReason) : [];
}

/** A text cut to so many UTF-16 units, not within a character. */
export function cutAt(text: string, longest: number): CutText {
  if (text.length <= longest) return { text, length: text.length };
  const last = text.charCodeAt(longest - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? longest - 1 : longest;
  return { text: text.slice(0, end), length: text.length };
}
