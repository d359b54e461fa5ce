import { setTimeout } from 'node:timers/promises';
import type { HostTrees } from './host-trees.ts';
import { openTree } from './open-tree.ts';

/** Hosts with fewer process starts are known at once anyway. */
const leastStarts = 20_000;

/** Most hosts that are read ahead, and process starts of all of them. */
const mostHosts = 2;
const mostStarts = 400_000;

/** The store's events must have stayed as they are for so long. Milliseconds. */
const quiet = 1_000;

/** The data for which hosts were read ahead, by the lineages that they are kept in. */
const done = new WeakMap<HostTrees, number>();

/**
 * Reads ahead what is known of the largest hosts, once for the same events: whoever opens the page is about to ask for one.
 * Failures are left to the request that asks.
 */
export async function warmUp(
  trees: HostTrees,
  stopping: AbortSignal,
  least: number = leastStarts,
): Promise<void> {
  const { version } = trees.changes;
  if (done.get(trees) === version) return;
  done.set(trees, version);
  try {
    await setTimeout(quiet, undefined, { signal: stopping });
    let starts = 0;
    const large = (await trees.summaries())
      .filter(({ processStarts }) => processStarts >= least)
      .toSorted((one, other) => other.processStarts - one.processStarts)
      .slice(0, mostHosts);
    for (const { host, processStarts } of large) {
      starts += processStarts;
      if (starts > mostStarts || trees.changes.version !== version || stopping.aborted) break;
      openTree(await trees.read(host, undefined), { kind: 'all' });
    }
  } catch {
    done.delete(trees);
  }
  // New events came meanwhile: the next one who opens the page starts again.
  if (trees.changes.version !== version) done.delete(trees);
}
