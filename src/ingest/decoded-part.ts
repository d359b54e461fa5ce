import type { MapTally } from '../products/column-map/map-tally.ts';
import { type EncodedEvents, heldBytes } from '../store/encoded-events.ts';
import type { StoredFault } from '../store/store.ts';

/** How much goes into one part of a file; whichever is reached first. */
export interface PartLimits {
  readonly events: number;
  readonly bytes: number;
}

/**
 * What a piece of a file became: rows for the store, faults, and what the summary counts. Plain data, so that it can be made
 * in one thread and written in another.
 */
export interface DecodedPart {
  /** The source that was read last: the file, or a member of an archive. */
  readonly origin: string;
  /** Bytes of the file that have been read so far. */
  readonly bytesRead: number;
  /** Whether the file counts as read: it was there, and was not all left alone. */
  readonly isRead: boolean;
  /** Records in this part that the formats read well. */
  readonly records: number;
  /** Events in this part, by the product that mapped them. */
  readonly products: ReadonlyMap<string, number>;
  readonly faults: readonly StoredFault[];
  /** Events in this part whose arrival was to be read from them or their file, and was not there. */
  readonly arrivalsUnknown: number;
  /** Events whose time says no zone, and was read as UTC. */
  readonly zonesUnknown: number;
  /** What the user's mapping of columns did in this part; undefined without one. */
  readonly mapping: MapTally | undefined;
  /** Undefined where the part only tells of progress. */
  readonly events: EncodedEvents | undefined;
}

/** What a part weighs besides its rows, so that many small parts count too. */
const ownWeight = 1 << 16;

/** About how many bytes of memory a part holds; the same in every thread. */
export function weightOf({ events }: DecodedPart): number {
  return ownWeight + (events ? heldBytes(events) : 0);
}
