import { countChanges } from '../../lineage/difference.ts';
import { differencesBetween } from '../../views/difference-view.ts';
import { isoOrNull } from '../../views/reason-view.ts';
import { selectTree } from '../../views/select-tree.ts';
import type { TreeChanges } from '../contracts/tree.ts';
import type { HostTrees } from './host-trees.ts';
import type { OpenTree } from './open-tree.ts';

/** What has arrived since a tree was made. A tree of a past moment is compared with now, too. */
export async function treeChanges(
  trees: HostTrees,
  { knowledge, selection, tree }: OpenTree,
): Promise<TreeChanges> {
  const { host, scope, lineage } = knowledge;
  const none = { added: 0, removed: 0, changed: 0, relinked: 0, regraded: 0 };
  const now = await trees.scope(host, undefined);
  const base = {
    events: now.events - scope.events,
    since: isoOrNull(scope.arrived),
    asof: isoOrNull(now.arrived),
  };
  if (now.events === scope.events) return { ...base, ...none };
  const later = await trees.read(host, undefined);
  const family = tree.naive === undefined ? tree.family : selectTree(lineage, selection);
  const found = differencesBetween(lineage, later.lineage, family, selectTree(later.lineage, selection));
  const counts = countChanges(found);
  return {
    ...base,
    added: counts.added,
    removed: counts.removed,
    changed: counts.changed,
    relinked: counts['re-linked'],
    regraded: counts['re-graded'],
  };
}
