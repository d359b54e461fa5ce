import { RowBinaryWriter } from './row-binary-writer.ts';
import { identifier, sql } from './sql.ts';
import type { StoredFault } from './store.ts';

/** Columns of the quarantine, in the order in which `encodeFaults` writes them. */
export const faultColumns = sql`${identifier('index')} String, origin String, offset UInt64,
length Nullable(UInt64), code String, message String, arrival DateTime64(7, 'UTC')`;

/** Faults in RowBinary. */
export function encodeFaults(faults: readonly StoredFault[]): readonly Uint8Array[] {
  const writer = new RowBinaryWriter();
  for (const { fault, origin, arrival, index } of faults) {
    writer.text(index);
    writer.text(origin);
    writer.unsigned64(BigInt(fault.offset));
    writer.byte(fault.length === undefined ? 1 : 0);
    if (fault.length !== undefined) writer.unsigned64(BigInt(fault.length));
    writer.text(fault.code);
    writer.text(fault.message);
    writer.signed64(arrival);
  }
  return writer.chunks();
}
