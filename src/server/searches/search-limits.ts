import { totalmem } from 'node:os';

/** What one search may use, and how many there may be. */
export interface JobLimits {
  /** Wall-clock seconds of a search that asks for none. */
  readonly seconds: number;
  /** Bytes that the engine may hold for one search. */
  readonly memoryBytes: number;
  /** Rows and bytes of a result. */
  readonly rows: number;
  readonly bytes: number;
  /** Searches that run at one time; more wait for their turn. */
  readonly running: number;
  /** Ended searches whose rows are kept, and bytes of all of them. */
  readonly kept: number;
  readonly keptBytes: number;
  /** Milliseconds after which an ended search that nobody looks at is freed. */
  readonly idle: number;
}

/** Limits for this machine: a search may hold a quarter of the memory, since several run side by side. */
export function jobLimits(): JobLimits {
  const constrained = process.constrainedMemory();
  const memory = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return {
    seconds: 600,
    memoryBytes: Math.floor(memory / 4),
    rows: 10_000_000,
    bytes: 8 * 2 ** 30,
    running: 8,
    kept: 100,
    keptBytes: 16 * 2 ** 30,
    idle: 30 * 60_000,
  };
}
