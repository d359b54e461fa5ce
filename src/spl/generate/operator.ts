import type { Diagnostic } from '../../core/diagnostic.ts';
import type { LossReader } from '../../lineage/host-lineage.ts';
import type { Cell, Column, QueryLimits, Store } from '../../store/store.ts';
import type { ConnectionReader } from '../connection-reader.ts';

export type Block = readonly (readonly Cell[])[];

/** What an operator may use while it works. */
export interface OperatorSurroundings {
  report(diagnostic: Diagnostic): void;
  /** For what lies outside of the search's rows. Read it only when all rows were taken. */
  readonly store: Store;
  /** What is known of missing events; absent where nobody keeps account of them. */
  readonly lossOf?: LossReader | undefined;
  /** For connections and what they prove; absent where nobody judges them. */
  readonly connectionReader?: ConnectionReader | undefined;
  /** What is left of the search's limits. */
  limits(): QueryLimits;
}

/** What SQL cannot do: takes rows in their order and gives rows. */
export interface Operator {
  /** The command for `explain`, as SPL has it; `table` only puts rows down. */
  readonly title: string;
  /** Columns that it gives for rows of these columns. */
  columns(input: readonly Column[]): readonly Column[];
  run(
    rows: AsyncIterable<Block>,
    input: readonly Column[],
    surroundings: OperatorSurroundings,
  ): AsyncIterable<Block>;
}
