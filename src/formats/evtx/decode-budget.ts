import { MalformedBytes } from '../../core/byte-cursor.ts';
import { CHUNK_SIZE } from './chunk-header.ts';

/**
 * What the decoding of one chunk may cost. Templates are shared and values can be named any number of times, so 64 KiB of
 * hostile bytes could ask for gigabytes of text. Chunks as Windows writes them stay far below: they cannot hold more
 * tokens than bytes, and their text is a few times as long as they are.
 */
export interface DecodeBudget {
  tokens: number;
  steps: number;
  characters: number;
}

export function chunkBudget(): DecodeBudget {
  return { tokens: 4 * CHUNK_SIZE, steps: 2_000_000, characters: 16 * 1024 * 1024 };
}

/** Nesting of BinXML in values. */
export const MAX_FRAGMENT_DEPTH = 16;

export function spend(budget: DecodeBudget, what: keyof DecodeBudget, amount: number, offset: number): void {
  if (amount > budget[what])
    throw new MalformedBytes('too-large', `The chunk asks for more ${what} than any chunk needs.`, offset);
  budget[what] -= amount;
}
