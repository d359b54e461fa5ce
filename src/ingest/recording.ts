import type { SourceRecord } from '../formats/record.ts';
import type { MappingContext } from '../products/product.ts';
import { RecordingClock } from '../products/recording-clock.ts';
import { needsClock, primeClock } from '../products/registry.ts';
import { OccurrenceCounter } from './occurrence-counter.ts';

/** How much of a recording whose clock is in doubt is read before its first record is mapped. */
const heldRecords = 50_000;
const heldSize = 32 << 20;

/**
 * One source while it is read. Where its clock is in doubt its first records wait until what follows has told of the clock,
 * so that they get the same times as those behind them.
 */
export class Recording {
  readonly origin: string;
  readonly occurrences = new OccurrenceCounter();
  readonly #clock = new RecordingClock();
  #held: SourceRecord[] = [];
  #size = 0;
  /** Undefined until the first record. */
  #holds: boolean | undefined;

  constructor(origin: string) {
    this.origin = origin;
  }

  context(arrival: MappingContext['arrival']): MappingContext {
    return { arrival, origin: this.origin, clock: this.#clock };
  }

  /** Takes a record and gives those that are ready to be mapped, in their order. */
  take(record: SourceRecord, context: MappingContext): readonly SourceRecord[] {
    this.#holds ??= needsClock(record);
    if (!this.#holds) return [record];
    this.#held.push(record);
    this.#size += record.raw.length;
    return this.#held.length >= heldRecords || this.#size >= heldSize ? this.release(context) : [];
  }

  /** Gives the records that still wait. */
  release(context: MappingContext): readonly SourceRecord[] {
    const held = this.#held;
    this.#held = [];
    this.#holds = false;
    primeClock(held, context);
    return held;
  }
}
