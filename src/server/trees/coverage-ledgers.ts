import type { Ticks } from '../../core/ticks.ts';
import { parseIsoTicks } from '../../core/ticks.ts';
import type { HostLedger, Ledger } from '../../coverage/ledger.ts';
import { matchingHosts } from '../../coverage/read-hosts.ts';
import { readLedger } from '../../coverage/read-ledger.ts';
import type { Store } from '../../store/store.ts';
import { hasProcessLog } from '../../views/coverage-shares.ts';
import type { CoverageAxis } from '../../views/coverage-view.ts';
import { readHostSummaries } from '../../views/host-summaries.ts';
import { ApiFailure } from '../api-failure.ts';
import type { DataChanges } from '../data-changes.ts';

/** What coverage is asked for. */
export interface CoverageScope {
  readonly earliest: Ticks | undefined;
  readonly latest: Ticks | undefined;
  readonly asOf: Ticks | undefined;
  /** Names with commas between, `*` for any text; undefined: all. */
  readonly hosts: string | undefined;
}

/** A ledger with the range that its parts are of; hosts with a process log come first. */
export interface RangedLedger {
  readonly ledger: Ledger;
  readonly hosts: readonly HostLedger[];
  readonly axis: CoverageAxis;
}

/** Ledgers that are kept until events are written. */
const mostKept = 8;

/** Parts of time in which a ledger counts. */
const ledgerParts = 48;

/** Ledgers of ranges, kept while the store's events stay as they are. */
export class CoverageLedgers {
  readonly #store: Store;
  readonly #changes: DataChanges;
  readonly #kept = new Map<string, Promise<RangedLedger>>();
  #version = -1;

  constructor(store: Store, changes: DataChanges) {
    this.#store = store;
    this.#changes = changes;
  }

  /** The ledgers of all hosts over all time; of a store without events none. */
  async hosts(): Promise<readonly HostLedger[]> {
    try {
      const all = { earliest: undefined, latest: undefined, asOf: undefined, hosts: undefined };
      return (await this.read(all)).hosts;
    } catch (error) {
      if (error instanceof ApiFailure && error.status === 404) return [];
      throw error;
    }
  }

  /** Fails with `ApiFailure` where no host is meant. */
  read(scope: CoverageScope): Promise<RangedLedger> {
    if (this.#version !== this.#changes.version) {
      this.#version = this.#changes.version;
      this.#kept.clear();
    }
    const { earliest, latest, asOf, hosts } = scope;
    const key = `${earliest ?? ''} ${latest ?? ''} ${asOf ?? ''} ${hosts ?? ''}`;
    const known = this.#kept.get(key);
    if (known) return known;
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= mostKept && oldest !== undefined) this.#kept.delete(oldest);
    const read = readRanged(this.#store, scope);
    this.#kept.set(key, read);
    read.catch(() => this.#kept.delete(key));
    return read;
  }
}

const shared = new WeakMap<Store, CoverageLedgers>();

/** The ledgers that all routes of a server share. */
export function coverageLedgersOf({
  store,
  changes,
}: {
  store: Store;
  changes: DataChanges;
}): CoverageLedgers {
  const known = shared.get(store) ?? new CoverageLedgers(store, changes);
  shared.set(store, known);
  return known;
}

async function readRanged(store: Store, scope: CoverageScope): Promise<RangedLedger> {
  const all = await readHostSummaries(store);
  const names = all.map(({ host }) => host);
  const wanted =
    scope.hosts === undefined
      ? names
      : [...new Set(scope.hosts.split(',').flatMap((name) => matchingHosts(names, name.trim())))];
  if (wanted.length === 0)
    throw new ApiFailure(
      404,
      'host-unknown',
      all.length === 0 ? 'The store has no events.' : `No host is called ${scope.hosts}.`,
      {
        values: { name: scope.hosts ?? '', hosts: names.slice(0, 20).join(', ') },
        hint:
          all.length === 0 ? 'Add files first.' : `The store has ${all.length} hosts; * stands for any text.`,
      },
    );
  const chosen = new Set(wanted);
  const moments = (pick: 'first' | 'last') =>
    all.flatMap((each) => (chosen.has(each.host) ? (parseIsoTicks(each[pick] ?? '') ?? []) : []));
  const from = scope.earliest ?? moments('first').reduce((one, other) => (other < one ? other : one));
  const end = moments('last').reduce((one, other) => (other > one ? other : one));
  const to = scope.latest ?? end + 1n;
  if (from >= to) throw new ApiFailure(400, 'bad-request', 'earliest must be before latest.');
  const ledger = await readLedger(store, {
    ...(scope.hosts === undefined ? {} : { hosts: wanted }),
    earliest: from,
    latest: to,
    asOf: scope.asOf ?? null,
  });
  const hosts = [...ledger.hosts].sort(
    (one, other) =>
      Number(hasProcessLog(other)) - Number(hasProcessLog(one)) || (one.host < other.host ? -1 : 1),
  );
  return { ledger, hosts, axis: { from, to, parts: ledgerParts } };
}
