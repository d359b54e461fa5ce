import { setTimeout as sleep } from 'node:timers/promises';
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
  { leastStarts: least = leastStarts, isBusy = () => false }: Partial<WarmUpLimits> = {},
): Promise<void> {
  const { version } = trees.changes;
  if (done.get(trees) === version) return;
  done.set(trees, version);
  try {
    await sleep(quiet, undefined, { signal: stopping });
    let starts = 0;
    const large = (await trees.summaries())
      .filter(({ processStarts }) => processStarts >= least)
      .toSorted((one, other) => other.processStarts - one.processStarts)
      .slice(0, mostHosts);
    for (const { host, processStarts } of large) {
      // Linking a large host holds the only thread for seconds: whoever watches a search would see it stand still.
      while (isBusy()) await sleep(quiet, undefined, { signal: stopping });
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

/** How much is read ahead, and how often. */
export interface WarmUpLimits {
  /** Hosts with fewer process starts are known at once anyway. */
  readonly leastStarts: number;
  /** What changes while nobody looks is read at most so often. Milliseconds. */
  readonly pause: number;
  /** Whether somebody waits for what needs the server now: reading ahead waits until it is over. */
  readonly isBusy?: () => boolean;
}

/**
 * Reads ahead when a server starts, and again when events have changed and then stayed as they are, until it stops. A request
 * that comes meanwhile waits for what is being read rather than reading it again.
 */
export function stayWarm(
  trees: HostTrees,
  stopping: AbortSignal,
  { leastStarts: least = leastStarts, pause = 60_000, isBusy = () => false }: Partial<WarmUpLimits> = {},
): void {
  if (stopping.aborted) return;
  let waiting: NodeJS.Timeout | undefined;
  let last = Number.NEGATIVE_INFINITY;
  const read = () => {
    last = performance.now();
    void warmUp(trees, stopping, { leastStarts: least, isBusy });
  };
  const silence = trees.changes.listen(() => {
    clearTimeout(waiting);
    waiting = setTimeout(read, Math.max(quiet, last + pause - performance.now())).unref();
  });
  const end = () => {
    clearTimeout(waiting);
    silence();
  };
  stopping.addEventListener('abort', end, { once: true });
  read();
}
