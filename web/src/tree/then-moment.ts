import type { TreeColumns } from './model/tree-columns.ts';
import type { TreeSelection } from './tree-link.ts';
import type { LoadedTree } from './view-state.ts';

const before = 5 * 60_000;

/**
 * What “then beside now” of a tree begins with: then is five minutes before the last start in the tree, so that there is
 * something to see however quiet the tree was since; now is the moment that the tree is as of.
 */
export function thenAndNow({ tree, columns }: LoadedTree, selection: TreeSelection) {
  const { asof, ...rest } = selection;
  const last = lastStart(columns);
  return {
    ...rest,
    mode: 'then' as const,
    from: last === undefined ? (tree.arrived ?? tree.now ?? '') : new Date(last - before).toISOString(),
    ...(asof !== undefined && { to: asof }),
  };
}

function lastStart({ start, origin, size }: TreeColumns): number | undefined {
  let last = Number.NaN;
  for (let at = 0; at < size; at += 1) {
    const each = start[at] ?? Number.NaN;
    if (!(each <= last)) last = Number.isNaN(each) ? last : each;
  }
  return Number.isNaN(last) ? undefined : origin + last;
}
