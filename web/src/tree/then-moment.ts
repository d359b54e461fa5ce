import type { Tree } from '../../../src/server/contracts/tree.ts';
import type { TreeSelection } from './tree-link.ts';

const before = 5 * 60_000;

/**
 * What “then beside now” of a tree begins with: then is five minutes before the last start in the tree, so that there is
 * something to see however quiet the tree was since; now is the moment that the tree is as of.
 */
export function thenAndNow(tree: Tree, selection: TreeSelection) {
  const { asof, ...rest } = selection;
  return { ...rest, mode: 'then' as const, from: thenOf(tree), ...(asof !== undefined && { to: asof }) };
}

export function thenOf({ columns, base, arrived, now }: Tree): string {
  let last = Number.NEGATIVE_INFINITY;
  for (const start of columns.start) if (start !== null && start > last) last = start;
  return Number.isFinite(last)
    ? new Date(Date.parse(base) + last - before).toISOString()
    : (arrived ?? now ?? '');
}
