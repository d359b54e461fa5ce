import type { Ticks } from '../core/ticks.ts';
import type { QueryLimits, Store } from '../store/store.ts';
import { buildLineage } from './build-lineage.ts';
import type { LossEvidence } from './loss.ts';
import type { Lineage } from './process.ts';
import { readObservations } from './read-observations.ts';
import type { SampleSize } from './sample-pids.ts';

export interface HostLineageOptions {
  /** Only events that had arrived by then. */
  readonly asOf?: Ticks | undefined;
  /** What is known of missing events of the host. */
  readonly loss?: LossEvidence | undefined;
  readonly limits?: QueryLimits;
  /** How much is counted of a large host. One that is counted whole is read whole for a family, too, which takes no longer. */
  readonly sample?: SampleSize | undefined;
}

/** Gives what is known of missing events of a host, as of a moment. */
export type LossReader = (host: string, asOf: Ticks | undefined) => Promise<LossEvidence | undefined>;

/** The lineage of a host out of the store. */
export async function hostLineage(
  store: Store,
  host: string,
  { asOf, loss, limits, sample }: HostLineageOptions = {},
): Promise<Lineage> {
  const observations = await readObservations(store, { host, asOf }, limits);
  return buildLineage(observations, { sample, ...(loss !== undefined && { loss }) });
}
