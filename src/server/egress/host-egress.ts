import type { Ticks } from '../../core/ticks.ts';
import { destinationKey } from '../../egress/destinations.ts';
import { type Egress, type JoinedConnection, readEgress } from '../../egress/read-egress.ts';
import type { Lineage } from '../../lineage/process.ts';
import { SizedCache } from '../sized-cache.ts';
import type { HostTrees } from '../trees/host-trees.ts';

/** The proxies' records of a host as of a moment, joined to its processes. */
export interface KnownEgress {
  readonly egress: Egress;
  /** Of the host: its processes are the first of the egress', in the same order. */
  readonly lineage: Lineage;
  /** The processes by their ids. */
  readonly indexes: ReadonlyMap<string, number>;
  /** The connections by destination. */
  readonly byDestination: ReadonlyMap<string, readonly JoinedConnection[]>;
}

/** Connections and processes of all hosts and moments that are kept at once. */
const mostKept = 1_000_000;

/** The egress of hosts, read once and kept while the store's events stay as they are. */
export class HostEgress {
  readonly #trees: HostTrees;
  readonly #kept = new SizedCache<KnownEgress>(
    mostKept,
    ({ egress }) => egress.connections.length + egress.events.processes.length,
  );
  #version = -1;

  constructor(trees: HostTrees) {
    this.#trees = trees;
  }

  /** `host` as the store names it. */
  read(host: string, asOf: Ticks | undefined): Promise<KnownEgress> {
    const { version } = this.#trees.changes;
    if (this.#version !== version) {
      this.#version = version;
      this.#kept.clear();
    }
    return this.#kept.getOrMake(`${asOf ?? ''} ${host}`, () => readKnown(this.#trees, host, asOf));
  }
}

async function readKnown(trees: HostTrees, host: string, asOf: Ticks | undefined): Promise<KnownEgress> {
  const { lineage } = await trees.read(host, asOf);
  const egress = await readEgress(trees.store, {
    host,
    earliest: null,
    latest: null,
    asOf,
    lineageOf: async () => lineage,
  });
  const byDestination = new Map<string, JoinedConnection[]>();
  for (const each of egress.connections) {
    const key = destinationKey(each);
    const known = byDestination.get(key);
    if (known === undefined) byDestination.set(key, [each]);
    else known.push(each);
  }
  return {
    egress,
    lineage,
    indexes: new Map(egress.events.processes.map(({ id }, at) => [id, at])),
    byDestination,
  };
}

const shared = new WeakMap<HostTrees, HostEgress>();

/** What all routes of a server share. */
export function hostEgressOf(trees: HostTrees): HostEgress {
  const known = shared.get(trees);
  if (known) return known;
  const made = new HostEgress(trees);
  shared.set(trees, made);
  return made;
}
