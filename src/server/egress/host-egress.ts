import type { Ticks } from '../../core/ticks.ts';
import { destinationKey } from '../../egress/destinations.ts';
import { type Egress, type JoinedConnection, readEgress } from '../../egress/read-egress.ts';
import type { HostTrees } from '../trees/host-trees.ts';

/** The proxies' records of a host as of a moment, joined to its processes. */
export interface KnownEgress {
  readonly egress: Egress;
  /** The processes by their ids. */
  readonly indexes: ReadonlyMap<string, number>;
  /** The connections by destination. */
  readonly byDestination: ReadonlyMap<string, readonly JoinedConnection[]>;
}

interface Kept {
  readonly known: Promise<KnownEgress>;
  size: number;
}

/** Connections and processes of all hosts and moments that are kept at once. */
const mostKept = 1_000_000;

/** The egress of hosts, read once and kept while the store's events stay as they are. */
export class HostEgress {
  readonly #trees: HostTrees;
  /** The least recently used first. */
  readonly #kept = new Map<string, Kept>();
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
    const key = `${asOf ?? ''} ${host}`;
    const kept = this.#kept.get(key) ?? this.#start(key, host, asOf);
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.known;
  }

  #start(key: string, host: string, asOf: Ticks | undefined): Kept {
    const kept: Kept = { known: readKnown(this.#trees, host, asOf), size: 0 };
    kept.known.then(
      ({ egress }) => {
        kept.size = egress.connections.length + egress.events.processes.length;
        this.#makeRoom(kept);
      },
      () => {
        if (this.#kept.get(key) === kept) this.#kept.delete(key);
      },
    );
    return kept;
  }

  #makeRoom(newest: Kept): void {
    let size = 0;
    for (const kept of this.#kept.values()) size += kept.size;
    for (const [key, kept] of this.#kept) {
      if (size <= mostKept) return;
      if (kept === newest || kept.size === 0) continue;
      this.#kept.delete(key);
      size -= kept.size;
    }
  }
}

async function readKnown(trees: HostTrees, host: string, asOf: Ticks | undefined): Promise<KnownEgress> {
  const egress = await readEgress(trees.store, {
    host,
    earliest: null,
    latest: null,
    asOf,
    lineageOf: async (name) => (await trees.read(name, asOf)).lineage,
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
