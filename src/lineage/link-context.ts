import type { GuidAdoption } from './adopt-guid.ts';
import { type Boots, bootBetween } from './boots.ts';
import type { RelativeTimes } from './clock.ts';
import { sameCommandLine } from './content.ts';
import type { ProductBits, StartKeys } from './describe-processes.ts';
import type { ImageAgreement } from './image-agreement.ts';
import { kindNumbers, type Observations } from './observation.ts';
import type { PidSlots } from './pid-slots.ts';
import { NONE, type ProcessTable } from './process-table.ts';
import { type ReasonMask, reasonBit } from './reason-bits.ts';
import { NO_TEXT } from './string-pool.ts';

export const GRADE_NONE = 0;
export const GRADE_CLAIMED = 1;
export const GRADE_AMBIGUOUS = 2;
export const GRADE_PROBABLE = 3;
export const GRADE_EXACT = 4;

/** A process that could be the parent, with what speaks for and against it. */
export interface FoundCandidate {
  readonly process: number;
  readonly reasons: ReasonMask;
}

/** The edges while they are made, by child. */
export interface EdgeTable {
  readonly grade: Uint8Array;
  readonly parent: Int32Array;
  readonly reasons: Uint32Array;
  /** Where there are several candidates. */
  readonly candidates: Map<number, readonly FoundCandidate[]>;
}

/** All that linking works on. */
export interface LinkContext {
  readonly observations: Observations;
  readonly times: RelativeTimes;
  readonly order: ArrayLike<number>;
  readonly slots: PidSlots;
  readonly images: ImageAgreement;
  readonly table: ProcessTable;
  readonly keys: StartKeys;
  readonly products: ProductBits;
  readonly ofGuid: Map<number, number>;
  readonly processOf: Int32Array;
  readonly adoption: GuidAdoption;
  readonly sameSensor: number;
  readonly acrossSensors: number;
  readonly edges: EdgeTable;
  boots: Boots;
}

/** How far the clocks of what told the start of one process and that of another may be apart. */
export function toleranceOf(
  { table, sameSensor, acrossSensors }: LinkContext,
  one: number,
  other: number,
): number {
  const products = table.startProducts[one] as number;
  return products !== 0 && products === table.startProducts[other] ? sameSensor : acrossSensors;
}

/** How far the clocks of what told the end of a process and the start of another may be apart. */
export function endTolerance(
  { table, sameSensor, acrossSensors }: LinkContext,
  ended: number,
  started: number,
): number {
  const both = (table.endProducts[ended] as number) & (table.startProducts[started] as number);
  return both !== 0 ? sameSensor : acrossSensors;
}

/** Why a process cannot be the parent of another whatever is claimed; 0 where it can, with what agrees in `agrees`. */
export function impossible(context: LinkContext, parent: number, child: number): ReasonMask {
  const { table, keys, boots } = context;
  if (parent === child) return reasonBit('self-parent');
  const begin = table.start[child] as number;
  const ended = (table.end[parent] as number) < begin - endTolerance(context, parent, child);
  let against = ended ? reasonBit('ended-before') : 0;
  const boot = keys.boot[parent] as number;
  const childBoot = keys.boot[child] as number;
  // The order of the kernel's own numbers needs no clock.
  if (boot >= 0 && childBoot >= 0) {
    if (boot !== childBoot) return against | reasonBit('other-boot');
    const before = (keys.sequence[parent] as number) < (keys.sequence[child] as number);
    return before ? against : against | reasonBit('sequence-contradicts');
  }
  const start = table.start[parent] as number;
  if (start > begin + toleranceOf(context, parent, child)) against |= reasonBit('started-after');
  if (bootBetween(boots, table.first[parent] as number, begin)) against |= reasonBit('other-boot');
  return against;
}

/** What the GUIDs of two processes say for their being parent and child. */
export function keysAgree({ keys }: LinkContext, parent: number, child: number): ReasonMask {
  const boot = keys.boot[parent] as number;
  if (boot < 0 || boot !== keys.boot[child]) return 0;
  return reasonBit('same-boot') | reasonBit('sequence-agrees');
}

/** How the claim of a child agrees with a process, in its program, any it was before, and its command line. */
export function agreement(
  { observations, images, table }: LinkContext,
  claim: number,
  process: number,
): { readonly image: boolean | undefined; readonly commandLine: boolean | undefined } {
  const { parentImage, parentCommandLine, texts, kind, image, commandLine } = observations;
  const claimedImage = parentImage[claim] as number;
  const claimedCommand = parentCommandLine[claim] as number;
  const imageAgrees = images.agree(claimedImage, table.image[process] as number);
  const commandAgrees = sameCommandLine(texts, claimedCommand, table.commandLine[process] as number);
  if (imageAgrees !== false && commandAgrees !== false)
    return { image: imageAgrees, commandLine: commandAgrees };
  for (
    let each = table.firstObservation[process] as number;
    each !== NONE;
    each = table.nextObservation[each] as number
  ) {
    if (kind[each] !== kindNumbers.start) continue;
    const earlierImage = images.agree(claimedImage, image[each] as number);
    const earlierCommand = sameCommandLine(texts, claimedCommand, commandLine[each] as number);
    if (earlierImage !== false && earlierCommand !== false)
      return { image: earlierImage, commandLine: earlierCommand };
  }
  return { image: imageAgrees, commandLine: commandAgrees };
}

/** What an agreement and the logon sessions say, as reasons. */
export function agreementReasons(
  context: LinkContext,
  agrees: { readonly image: boolean | undefined; readonly commandLine: boolean | undefined },
  parent: number,
  child: number,
): ReasonMask {
  const { table } = context;
  let reasons = 0;
  if (agrees.image !== undefined) reasons |= reasonBit(agrees.image ? 'image-agrees' : 'image-differs');
  if (agrees.commandLine !== undefined)
    reasons |= reasonBit(agrees.commandLine ? 'command-line-agrees' : 'command-line-differs');
  const logon = table.logonId[parent] as number;
  if (logon !== NO_TEXT && logon === table.logonId[child]) reasons |= reasonBit('logon-agrees');
  const begin = table.start[child] as number;
  const end = table.end[parent] as number;
  if (Number.isNaN(end)) reasons |= reasonBit('end-unknown');
  else if (
    end >= begin - endTolerance(context, parent, child) &&
    (table.first[parent] as number) <= begin + toleranceOf(context, parent, child)
  )
    reasons |= reasonBit('alive-at-start');
  return reasons;
}
