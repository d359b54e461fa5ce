import { fault } from '../../core/fault.ts';
import type { ReadLimits } from '../../core/limits.ts';
import type { Report } from '../byte-stream.ts';
import type { ByteSource } from '../format.ts';

/** What the containers of one file have unpacked to so far, at all levels. */
export interface UnpackBudget {
  readonly limits: ReadLimits;
  /** Bytes of the file that have been read. */
  fileRead: number;
  unpacked: number;
  members: number;
}

export function newBudget(limits: ReadLimits): UnpackBudget {
  return { limits, fileRead: 0, unpacked: 0, members: 0 };
}

/** Whether the file may unpack no further. */
export function isSpent({ limits, unpacked, fileRead, members }: UnpackBudget): boolean {
  return (
    members > limits.containerMembers ||
    (unpacked > limits.fileBytes && unpacked > fileRead * limits.fileRatio)
  );
}

/** Passes on what a member unpacks to until it is too much for its packed size, or for the whole file's. */
export async function* withinBudget(
  source: ByteSource,
  packedRead: () => number,
  budget: UnpackBudget,
  report: Report,
): AsyncGenerator<Uint8Array> {
  const { limits } = budget;
  let unpacked = 0;
  for await (const chunk of source) {
    unpacked += chunk.length;
    budget.unpacked += chunk.length;
    const isTooMuch = unpacked > limits.memberBytes && unpacked > packedRead() * limits.memberRatio;
    if (isTooMuch || isSpent(budget)) {
      const packed = isTooMuch ? packedRead() : budget.fileRead;
      const all = isTooMuch ? unpacked : budget.unpacked;
      report(fault('too-large', `unpacking stopped: ${packed} bytes became more than ${all}`, unpacked));
      return;
    }
    yield chunk;
  }
}

/** Tells how many bytes of a stream have been read. */
export function counted(source: ByteSource): { readonly bytes: ByteSource; read(): number } {
  let total = 0;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      total += chunk.length;
      yield chunk;
    }
  }
  return { bytes: bytes(), read: () => total };
}
