import { totalmem } from 'node:os';

/**
 * Bytes that a search may hold in the engine: half of what this process may have at all, be that the machine's memory or a
 * container's. Beyond it the search fails with a message, where the system would end the process without one.
 */
export function memoryBound(): number {
  const constrained = process.constrainedMemory();
  const available = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.floor(available / 2);
}
