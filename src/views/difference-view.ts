import type { Ticks } from '../core/ticks.ts';
import { differenceOf, type ProcessDifference } from '../lineage/difference.ts';
import type { Lineage } from '../lineage/process.ts';
import { type Family, matchProcesses, type ProcessQuery, selectFamily } from '../lineage/select-family.ts';

/** What changed in the lineage of a host between two moments, ready to be written in any form. */
export interface DifferenceView {
  readonly earlier: Lineage;
  readonly later: Lineage;
  readonly from: Ticks;
  readonly to: Ticks;
  readonly differences: readonly ProcessDifference[];
  /** What is drawn of the later lineage. */
  readonly family: Family;
  readonly calledBy: string | undefined;
  readonly timezone: string;
}

/** The differences that a query means: those of the families of what it matches at either moment. Undefined: no match. */
export function differencesIn(
  earlier: Lineage,
  later: Lineage,
  query: ProcessQuery,
): { differences: readonly ProcessDifference[]; family: Family } | undefined {
  const all = differenceOf(earlier, later);
  if (query.kind === 'all') {
    const changed = all.flatMap(({ after }) => after ?? []);
    // What did not change is left out, and counted.
    return {
      differences: all,
      family: selectFamily(later, changed, { ancestors: true, descendants: false }),
    };
  }
  const before = matchProcesses(earlier, query);
  const after = matchProcesses(later, query);
  if (before.length === 0 && after.length === 0) return undefined;
  const earlierFamily = selectFamily(earlier, before);
  const family = selectFamily(later, after);
  const differences = all.filter(
    ({ before: one, after: other }) =>
      (one !== undefined && earlierFamily.shows(one)) || (other !== undefined && family.shows(other)),
  );
  // A process that has left the family since is drawn where it hangs now.
  const moved = differences.flatMap((found) =>
    found.after !== undefined && !family.shows(found.after) ? [found.after] : [],
  );
  return {
    differences,
    family:
      moved.length === 0
        ? family
        : selectFamily(
            later,
            [...after, ...moved].sort((a, b) => a - b),
          ),
  };
}

/** The differences of which a family of either moment has the process; an undefined family is of no process. */
export function differencesBetween(
  earlier: Lineage,
  later: Lineage,
  familyBefore: Family | undefined,
  familyAfter: Family | undefined,
): readonly ProcessDifference[] {
  return differenceOf(earlier, later).filter(
    ({ before, after }) =>
      (before !== undefined && familyBefore?.shows(before) === true) ||
      (after !== undefined && familyAfter?.shows(after) === true),
  );
}
