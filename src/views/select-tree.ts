import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { Lineage } from '../lineage/process.ts';
import { type Family, matchProcesses, type ProcessQuery, selectFamily } from '../lineage/select-family.ts';
import { familyOf } from './family-view.ts';

/** Which part of a host's lineage is shown. */
export type TreeSelection =
  | ProcessQuery
  /** The family of the process with this id. */
  | { readonly kind: 'id'; readonly id: string }
  /** The process with this id as the root, and all below it. */
  | { readonly kind: 'focus'; readonly id: string }
  /** What started or ended within so many minutes of a moment, with its ancestors. */
  | { readonly kind: 'around'; readonly at: Ticks; readonly minutes: number };

/** The part of a lineage that a selection means; undefined where it means no process. */
export function selectTree(lineage: Lineage, selection: TreeSelection): Family | undefined {
  const matched = matchedBy(lineage, selection);
  if (matched.length === 0) return undefined;
  switch (selection.kind) {
    case 'focus':
      return selectFamily(lineage, matched, { ancestors: false, descendants: true });
    case 'around':
      return selectFamily(lineage, matched, { ancestors: true, descendants: false });
    case 'id':
      return selectFamily(lineage, matched);
    default:
      return familyOf(lineage, selection, matched, true);
  }
}

function matchedBy(lineage: Lineage, selection: TreeSelection): readonly number[] {
  switch (selection.kind) {
    case 'id':
    case 'focus': {
      const found = lineage.find(selection.id);
      return found === undefined ? [] : [found];
    }
    case 'around':
      return aroundMoment(lineage, selection.at, selection.minutes);
    default:
      return matchProcesses(lineage, selection);
  }
}

function aroundMoment(lineage: Lineage, at: Ticks, minutes: number): readonly number[] {
  const reach = BigInt(Math.round(minutes * 60)) * TICKS_PER_SECOND;
  const near = (moment: Ticks | undefined) =>
    moment !== undefined && moment >= at - reach && moment <= at + reach;
  const found: number[] = [];
  for (let index = 0; index < lineage.size; index++) {
    const { start, end } = lineage.outline(index);
    if (near(start) || near(end)) found.push(index);
  }
  return found;
}
