import type { LossReader } from '../lineage/host-lineage.ts';
import type { Store } from '../store/store.ts';
import { lossEvidence } from './loss-evidence.ts';
import { readLedger } from './read-ledger.ts';

/** What the ledger of the store knows of missing process events. */
export function lossReader(store: Store): LossReader {
  return async (host, asOf) => {
    const { hosts } = await readLedger(store, { hosts: [host], asOf: asOf ?? null });
    const ledger = hosts.find((each) => each.host === host);
    return ledger && lossEvidence(ledger, asOf);
  };
}
