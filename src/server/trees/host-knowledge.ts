import { finishInTurns } from '../../core/steps.ts';
import type { Ticks } from '../../core/ticks.ts';
import type { HostLedger, Ledger } from '../../coverage/ledger.ts';
import { lossEvidence } from '../../coverage/loss-evidence.ts';
import { readLedger } from '../../coverage/read-ledger.ts';
import type { EvidenceCounts } from '../../evidence/read-evidence.ts';
import { countEvidence } from '../../evidence/read-evidence.ts';
import { lineageSteps } from '../../lineage/build-lineage.ts';
import type { HostScope } from '../../lineage/host-scope.ts';
import type { Lineage } from '../../lineage/process.ts';
import { readObservations } from '../../lineage/read-observations.ts';
import type { Store } from '../../store/store.ts';
import { columnSteps, type ProcessColumns } from '../../views/process-columns.ts';

/** What is known of one host as of a moment: everything that its trees and panels are made of. */
export class HostKnowledge {
  readonly host: string;
  /** The moment that was asked for; undefined: all that had arrived. */
  readonly asOf: Ticks | undefined;
  readonly scope: HostScope;
  readonly ledger: Ledger;
  readonly lineage: Lineage;
  readonly columns: ProcessColumns;
  readonly #counts = new Map<number, EvidenceCounts>();

  private constructor(
    host: string,
    asOf: Ticks | undefined,
    scope: HostScope,
    ledger: Ledger,
    lineage: Lineage,
    columns: ProcessColumns,
  ) {
    this.host = host;
    this.asOf = asOf;
    this.scope = scope;
    this.ledger = ledger;
    this.lineage = lineage;
    this.columns = columns;
  }

  /**
   * Reads it from the store. `scope` says what the store had when it was asked for: nothing that arrived later is read, so that
   * the same scope gives the same again. `beforeLinking` is awaited when all is read: what comes then holds the only thread.
   */
  static async read(
    store: Store,
    host: string,
    asOf: Ticks | undefined,
    scope: HostScope,
    beforeLinking: () => Promise<void> = async () => {},
  ): Promise<HostKnowledge> {
    const arrived = asOf ?? scope.arrived ?? undefined;
    // The observations first: the engine makes them while the many statements of the ledger are planned.
    const [observations, ledger] = await Promise.all([
      readObservations(store, { host, asOf: arrived }),
      readLedger(store, { hosts: [host], asOf: arrived ?? null }),
    ]);
    await beforeLinking();
    const hostLedger = ledger.hosts.find((each) => each.host === host);
    const loss = hostLedger && lossEvidence(hostLedger, asOf);
    const lineage = await finishInTurns(lineageSteps(observations, loss === undefined ? {} : { loss }));
    const columns = await finishInTurns(columnSteps(lineage));
    return new HostKnowledge(host, asOf, scope, ledger, lineage, columns);
  }

  get hostLedger(): HostLedger | undefined {
    return this.ledger.hosts.find((each) => each.host === this.host);
  }

  /** The moment up to which events are in it. */
  get arrived(): Ticks | undefined {
    return this.asOf ?? this.scope.arrived ?? undefined;
  }

  /** What processes did, by class; each is counted once, and all that are new in one statement. */
  async evidence(store: Store, indexes: readonly number[]): Promise<readonly EvidenceCounts[]> {
    const wanted = [...new Set(indexes)].filter((index) => !this.#counts.has(index));
    if (wanted.length > 0) {
      const processes = wanted.map((index) => this.lineage.process(index));
      const options = this.arrived === undefined ? {} : { asOf: this.arrived };
      const counted = await countEvidence(store, processes, options);
      for (const [at, index] of wanted.entries()) this.#counts.set(index, counted[at] ?? new Map());
    }
    return indexes.map((index) => this.#counts.get(index) ?? new Map());
  }
}
