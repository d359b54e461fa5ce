import { TICKS_PER_MILLISECOND } from '../core/ticks.ts';
import { imageName } from '../lineage/image-name.ts';
import type { Lineage, Process } from '../lineage/process.ts';
import { isoOrNull } from './reason-view.ts';

/** A process in few words. */
export interface ProcessBriefView {
  readonly id: string;
  readonly pid: number | null;
  /** Empty where its program is not known. */
  readonly name: string;
  readonly image: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly basis: Process['basis'];
}

export function processBrief({ id, pid, image, start, end, basis }: Process): ProcessBriefView {
  return {
    id,
    pid: pid ?? null,
    name: image === undefined ? '' : imageName(image),
    image: image ?? null,
    start: isoOrNull(start),
    end: isoOrNull(end),
    basis,
  };
}

/** The process at an index, null for -1. */
export function briefAt(lineage: Lineage, index: number): ProcessBriefView | null {
  return index < 0 ? null : processBrief(lineage.process(index));
}

/**
 * Milliseconds from the start of a parent to that of its child, negative where the parent started later; null where a start is
 * not known, or only that the parent was there before.
 */
export function deltaMs(parent: Process | undefined, child: Process): number | null {
  if (parent?.start === undefined || child.start === undefined || parent.startFrom === 'seen-since')
    return null;
  return Number(child.start - parent.start) / Number(TICKS_PER_MILLISECOND);
}
