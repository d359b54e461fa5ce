import { type NaiveMethod, naiveLineage, naiveVerdict } from '../lineage/naive-lineage.ts';
import type { Lineage } from '../lineage/process.ts';
import { type Family, type ProcessQuery, selectFamily } from '../lineage/select-family.ts';
import type { NaiveView } from './tree-view.ts';

/** What is shown for a query: whole families, or everything. `whole`: the lineage is that of the whole host. */
export function familyOf(
  lineage: Lineage,
  query: ProcessQuery,
  matched: readonly number[],
  whole: boolean,
): Family {
  const relatives = query.kind !== 'all';
  return selectFamily(lineage, matched, { ancestors: relatives, descendants: relatives, whole });
}

/** The tree of a simple join, with what hangs elsewhere in it. */
export function naiveViewOf(
  lineage: Lineage,
  method: NaiveMethod,
  matched: readonly number[],
  query: ProcessQuery,
): NaiveView {
  const naive = naiveLineage(lineage, method);
  // What hangs elsewhere is shown there, too.
  const right = familyOf(lineage, query, matched, true);
  const wanted = new Set(matched);
  for (let index = 0; index < lineage.size; index++)
    if (right.shows(index) && ['moved', 'invented'].includes(naiveVerdict(lineage, naive, index)))
      wanted.add(index);
  const roots = new Set(naive.roots);
  const seen = [...wanted].filter((index) => naive.parent(index) >= 0 || roots.has(index));
  return {
    method,
    lineage: naive,
    family: familyOf(
      naive,
      query,
      seen.sort((one, other) => one - other),
      true,
    ),
  };
}
