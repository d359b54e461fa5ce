import type { TFunction } from 'i18next';
import { AtSign, FilePen, KeySquare, type LucideIcon, Network, Puzzle, Syringe } from 'lucide-react';
import type { ReasonMessage } from '../../../src/server/contracts/reason.ts';
import type { EvidenceSlot, EvidenceSlotName, TreeRow } from '../../../src/server/contracts/tree.ts';
import { count } from '../text/quantity.ts';

export const slotNames = ['files', 'registry', 'network', 'dns', 'modules', 'injected'] as const;

export const slotIcons: Readonly<Record<EvidenceSlotName, LucideIcon>> = {
  files: FilePen,
  registry: KeySquare,
  network: Network,
  dns: AtSign,
  modules: Puzzle,
  injected: Syringe,
};

export const slotWords = {
  files: 'slotFiles',
  registry: 'slotRegistry',
  network: 'slotNetwork',
  dns: 'slotDns',
  modules: 'slotModules',
  injected: 'slotInjected',
} as const satisfies Record<EvidenceSlotName, string>;

/** `3`, `3+`, `·`, `?`; empty where hatching says "not collected". */
export function slotText(slot: EvidenceSlot): string {
  if (slot.answer === 'yes') return slot.atLeast ? `${short(slot.count)}+` : short(slot.count);
  if (slot.answer === 'no') return '·';
  return slot.answer === 'not-certain' ? '?' : '';
}

/** A slot is too narrow for more than three digits. */
function short(value: number): string {
  if (value < 1000) return String(value);
  return value < 10_000 ? `${(Math.floor(value / 100) / 10).toFixed(1)}k` : `${Math.floor(value / 1000)}k`;
}

function slotClass(slot: EvidenceSlot, name: EvidenceSlotName): string {
  if (slot.answer === 'yes') {
    if (name === 'injected') return 'yes hot';
    return slot.atLeast ? 'un yes' : 'yes';
  }
  return { no: 'no', 'not-certain': 'un', 'not-collected': 'nc' }[slot.answer];
}

const answerWords = {
  yes: 'answerYes',
  no: 'answerNo',
  'not-certain': 'answerNotCertain',
  'not-collected': 'answerNotCollected',
} as const;

interface Props {
  readonly evidence: TreeRow['evidence'];
  readonly t: TFunction<'tree'>;
  readonly reason: (reason: ReasonMessage) => string;
}

/** The six slots of a row: what the process did, and where that cannot be said. */
export function EvidenceSlots({ evidence, t, reason }: Props) {
  return slotNames.map((name) => {
    const slot = evidence[name];
    const said = slot.answer === 'yes' ? count(slot.count) : t(answerWords[slot.answer]);
    const why =
      slot.reasons[0] && (slot.atLeast || slot.answer !== 'yes') ? `. ${reason(slot.reasons[0])}` : '';
    const unsure = slot.answer === 'yes' && slot.atLeast ? `, ${t('answerNotCertain')}` : '';
    return (
      <i key={name} className={slotClass(slot, name)} title={`${t(slotWords[name])}: ${said}${unsure}${why}`}>
        {slotText(slot)}
      </i>
    );
  });
}

/** What a screen reader is told of the slots that say more than "no". */
export function slotsLabel(
  evidence: TreeRow['evidence'],
  word: (key: (typeof slotWords)[EvidenceSlotName]) => string,
  answer: (key: (typeof answerWords)[keyof typeof answerWords]) => string,
): string {
  return slotNames
    .filter((name) => evidence[name].answer !== 'no')
    .map((name) => {
      const slot = evidence[name];
      const said =
        slot.answer === 'yes' ? `${slot.count}${slot.atLeast ? '+' : ''}` : answer(answerWords[slot.answer]);
      return `${word(slotWords[name])} ${said}`;
    })
    .join(', ');
}
