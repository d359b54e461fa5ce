import type { GuidAdoption } from './adopt-guid.ts';
import { type Boots, bootBetween } from './boots.ts';
import type { RelativeTimes } from './clock.ts';
import type { ClockResolutions } from './clock-resolution.ts';
import { sameCommandLine } from './content.ts';
import type { ProductBits } from './describe-processes.ts';
import type { ImageAgreement } from './image-agreement.ts';
import { kindNumbers, type Observations } from './observation.ts';
import type { ParentClaims } from './parent-claims.ts';
import type { PidSlots } from './pid-slots.ts';
import { NONE, type ProcessTable } from './process-table.ts';
import { type ReasonMask, reasonBits } from './reason-bits.ts';
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

/** All that linking works on. */
export interface LinkContext {
  readonly observations: Observations;
  readonly times: RelativeTimes;
  readonly resolutions: ClockResolutions;
  readonly order: ArrayLike<number>;
  readonly slots: PidSlots;
  readonly images: ImageAgreement;
  readonly table: ProcessTable;
  readonly products: ProductBits;
  readonly ofGuid: Int32Array;
  /** By the GUID of a process: those by which other sensors name it. */
  readonly otherGuids: ReadonlyMap<number, readonly number[]>;
  readonly processOf: Int32Array;
  readonly adoption: GuidAdoption;
  readonly sameSensor: number;
  readonly acrossSensors: number;
  readonly claims: ParentClaims;
  /** The candidates of children that have several. */
  readonly candidates: Map<number, readonly FoundCandidate[]>;
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
  const { table, boots } = context;
  if (parent === child) return reasonBits['self-parent'];
  const begin = table.start[child] as number;
  const ended = (table.end[parent] as number) < begin - endTolerance(context, parent, child);
  let against = ended ? reasonBits['ended-before'] : 0;
  const boot = table.boot[parent] as number;
  const childBoot = table.boot[child] as number;
  // The order of the kernel's own numbers needs no clock.
  if (boot >= 0 && childBoot >= 0) {
    if (boot !== childBoot) return against | reasonBits['other-boot'];
    const before = (table.sequence[parent] as number) < (table.sequence[child] as number);
    return before ? against : against | reasonBits['sequence-contradicts'];
  }
  const start = table.start[parent] as number;
  if (start > begin + toleranceOf(context, parent, child)) against |= reasonBits['started-after'];
  if (bootBetween(boots, table.first[parent] as number, begin)) against |= reasonBits['other-boot'];
  return against;
}

/** What the GUIDs of two processes say for their being parent and child. */
export function keysAgree({ table }: LinkContext, parent: number, child: number): ReasonMask {
  const boot = table.boot[parent] as number;
  if (boot < 0 || boot !== table.boot[child]) return 0;
  return reasonBits['same-boot'] | reasonBits['sequence-agrees'];
}

/** How the claim of a child agrees with a process, in its program, any it was before, and its command line. */
export function agreement(context: LinkContext, claim: number, process: number): ReasonMask {
  const { observations, table } = context;
  const { kind, image, commandLine } = observations;
  const last = agreeing(context, claim, table.image[process] as number, table.commandLine[process] as number);
  if ((last & DIFFERS) === 0) return last;
  for (
    let each = table.firstObservation[process] as number;
    each !== NONE;
    each = table.nextObservation[each] as number
  ) {
    if (kind[each] !== kindNumbers.start) continue;
    const earlier = agreeing(context, claim, image[each] as number, commandLine[each] as number);
    if ((earlier & DIFFERS) === 0) return earlier;
  }
  return last;
}

function agreeing(
  { observations, images }: LinkContext,
  claim: number,
  image: number,
  commandLine: number,
): ReasonMask {
  const { parentImage, parentCommandLine, texts } = observations;
  return (
    imageReasons(images.agree(parentImage[claim] as number, image)) |
    commandReasons(sameCommandLine(texts, parentCommandLine[claim] as number, commandLine))
  );
}

const DIFFERS = reasonBits['image-differs'] | reasonBits['command-line-differs'];

function imageReasons(agree: boolean | undefined): ReasonMask {
  return agree === undefined ? 0 : reasonBits[agree ? 'image-agrees' : 'image-differs'];
}

function commandReasons(agree: boolean | undefined): ReasonMask {
  return agree === undefined ? 0 : reasonBits[agree ? 'command-line-agrees' : 'command-line-differs'];
}

/** What logon sessions and lives say of two processes as parent and child. */
export function livesAgree(context: LinkContext, parent: number, child: number): ReasonMask {
  const { table } = context;
  let reasons = 0;
  const logon = table.logonId[parent] as number;
  if (logon !== NO_TEXT && logon === table.logonId[child]) reasons |= reasonBits['logon-agrees'];
  const begin = table.start[child] as number;
  const end = table.end[parent] as number;
  if (Number.isNaN(end)) return reasons | reasonBits['end-unknown'];
  const alive =
    end >= begin - endTolerance(context, parent, child) &&
    (table.first[parent] as number) <= begin + toleranceOf(context, parent, child);
  return alive ? reasons | reasonBits['alive-at-start'] : reasons;
}
