import type { Ticks } from '../../core/ticks.ts';
import { findHost, readHostNames } from '../../lineage/find-host.ts';
import { type HostScope, readHostScope } from '../../lineage/host-scope.ts';
import type { Store } from '../../store/store.ts';
import { type HostSummaryView, readHostSummaries } from '../../views/host-summaries.ts';
import { ApiFailure } from '../api-failure.ts';
import type { DataChanges } from '../data-changes.ts';
import { SizedCache } from '../sized-cache.ts';
import { HostKnowledge } from './host-knowledge.ts';
import type { Reading } from './reading.ts';

/** Processes of all hosts and moments that are kept at once. */
const mostProcesses = 1_500_000;

/** Hosts that a message names. */
const namedHosts = 12;

/** A host as the store names it. */
export interface NamedHost {
  readonly name: string;
  /** What it was called by, where that was its short name. */
  readonly calledBy: string | undefined;
  /** Hosts that may be the same computer under another name. */
  readonly alike: readonly string[];
}

/** What was asked of the store, until its events change. */
interface Remembered<Value> {
  readonly version: number;
  readonly value: Promise<Value>;
}

/** What is being read ahead. */
interface Ahead {
  readonly host: string;
  readonly key: string;
  readonly reading: Reading;
  readonly value: Promise<HostKnowledge>;
}

/**
 * The lineages of hosts as of moments, kept while they are asked for. What is kept is named by how many events of the host had
 * arrived, so that new events make a new one, and a tree that is open stays what it was.
 */
export class HostTrees {
  readonly store: Store;
  readonly changes: DataChanges;
  readonly #kept = new SizedCache<HostKnowledge>(mostProcesses, ({ lineage }) => lineage.size);
  readonly #scopes = new Map<string, Remembered<HostScope>>();
  #names: Remembered<readonly string[]> | undefined;
  #ahead: Ahead | undefined;
  #summaries: Remembered<readonly HostSummaryView[]> | undefined;

  constructor(store: Store, changes: DataChanges) {
    this.store = store;
    this.changes = changes;
  }

  /** The host that a name means; fails with `ApiFailure` where it means none or several. */
  async host(name: string): Promise<NamedHost> {
    const found = findHost(await this.names(), name);
    if (found.kind === 'found')
      return {
        name: found.host,
        calledBy: found.by === 'short-name' ? name : undefined,
        alike: found.alike,
      };
    const shown = found.hosts.slice(0, namedHosts).join(', ');
    const more = found.hosts.length > namedHosts ? `, and ${found.hosts.length - namedHosts} more` : '';
    if (found.kind === 'ambiguous')
      throw new ApiFailure(404, 'host-ambiguous', `${name} is short for several hosts: ${shown}${more}.`, {
        values: { name, hosts: shown },
      });
    throw new ApiFailure(404, 'host-unknown', `No event is of a host called ${name}.`, {
      values: { name, hosts: shown },
      hint: shown === '' ? 'The store has no events.' : `Hosts in the store: ${shown}${more}.`,
    });
  }

  /** Names of all hosts; `store` is asked where they are not known. */
  names(store = this.store): Promise<readonly string[]> {
    const { version } = this.changes;
    if (this.#names?.version !== version) this.#names = { version, value: readHostNames(store) };
    const names = this.#names;
    names.value.catch(() => {
      if (this.#names === names) this.#names = undefined;
    });
    return names.value;
  }

  /** All hosts, those with process starts first; `store` is asked where they are not known. */
  summaries(store = this.store): Promise<readonly HostSummaryView[]> {
    const { version } = this.changes;
    if (this.#summaries?.version !== version) this.#summaries = { version, value: readHostSummaries(store) };
    const summaries = this.#summaries;
    summaries.value.catch(() => {
      if (this.#summaries === summaries) this.#summaries = undefined;
    });
    return summaries.value;
  }

  /** What the store has of a host as of a moment; `store` is asked where it is not known. */
  scope(host: string, asOf: Ticks | undefined, store = this.store): Promise<HostScope> {
    const key = `${asOf ?? ''} ${host}`;
    const { version } = this.changes;
    const known = this.#scopes.get(key);
    if (known?.version === version) return known.value;
    const value = readHostScope(store, host, asOf);
    if (this.#scopes.size > 1_000) this.#scopes.clear();
    this.#scopes.set(key, { version, value });
    value.catch(() => this.#scopes.delete(key));
    return value;
  }

  /** What is known of a host now, or was as of a moment. */
  async read(host: string, asOf: Ticks | undefined): Promise<HostKnowledge> {
    this.expect(host, asOf);
    return this.#read(host, asOf, await this.scope(host, asOf));
  }

  /**
   * What was known when so many events had arrived, the last of them then. Where it is no longer kept it is built again;
   * undefined where events have since come whose arrival is given as earlier.
   */
  async readPinned(
    host: string,
    asOf: Ticks | undefined,
    events: number,
    arrived: Ticks,
  ): Promise<HostKnowledge | undefined> {
    const kept = this.#kept.get(keptKey(host, asOf, events, arrived));
    if (kept) return kept;
    const now = await this.scope(host, asOf);
    if (now.events === events && now.arrived === arrived) return this.#read(host, asOf, now);
    const then = await this.scope(host, asOf ?? arrived);
    return then.events === events && then.arrived === arrived ? this.#read(host, asOf, then) : undefined;
  }

  /** Somebody is about to ask for what is known of a host: where it is being read ahead, that gives way no more. */
  expect(host: string, asOf: Ticks | undefined): void {
    if (asOf === undefined && this.#ahead?.host === host) this.#ahead.reading.want();
  }

  /**
   * Reads what is known of a host now while nobody waits for it; whoever asks for it meanwhile waits for the same reading, which
   * is then wanted. A reading that gave way leaves nothing behind.
   */
  async readAhead(host: string, scope: HostScope, reading: Reading): Promise<HostKnowledge> {
    const key = keptKey(host, undefined, scope.events, scope.arrived ?? 0n);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const value = HostKnowledge.read(reading.store, host, undefined, scope, reading.unnoticed);
    const ahead = { host, key, reading, value };
    this.#ahead = ahead;
    try {
      const knowledge = await ahead.value;
      return await this.#kept.getOrMake(key, async () => knowledge);
    } finally {
      if (this.#ahead === ahead) this.#ahead = undefined;
    }
  }

  #read(host: string, asOf: Ticks | undefined, scope: HostScope): Promise<HostKnowledge> {
    const key = keptKey(host, asOf, scope.events, scope.arrived ?? 0n);
    const ahead = this.#ahead;
    return this.#kept.getOrMake(key, () =>
      ahead?.key === key && ahead.reading.want()
        ? ahead.value
        : HostKnowledge.read(this.store, host, asOf, scope),
    );
  }
}

function keptKey(host: string, asOf: Ticks | undefined, events: number, arrived: Ticks): string {
  return `${asOf ?? ''} ${events} ${arrived} ${host}`;
}
