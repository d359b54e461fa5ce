import type { Fields } from '../fields.ts';
import type { CellOf } from '../proxy/w3c-names.ts';

/** Whether a file has one of these columns; a line may have no value (`-`) there. */
export type HasColumn = (...names: readonly string[]) => boolean;

/** Who writes logs in the W3C's extended format. */
export interface W3cWriter {
  readonly product: string;
  readonly sourcetype: string;
  readonly vendorProduct: string;
  readonly eventClass: 'web' | 'network';
  /** Whether a file is of this writer, by its `#Software` and the names of its columns, in lower case. */
  wrote(software: string, has: HasColumn): boolean;
  add(fields: Fields, cell: CellOf): void;
}
