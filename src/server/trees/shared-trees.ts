import type { ServerContext } from '../context.ts';
import { HostTrees } from './host-trees.ts';

/** What routes over lineages need of the server. */
export type TreeContext = Pick<ServerContext, 'store' | 'changes'>;

const shared = new WeakMap<object, HostTrees>();

/** The lineages that all routes of a server share. */
export function hostTreesOf({ store, changes }: TreeContext): HostTrees {
  const known = shared.get(store);
  if (known) return known;
  const made = new HostTrees(store, changes);
  shared.set(store, made);
  return made;
}
