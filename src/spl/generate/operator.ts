import type { Diagnostic } from '../../core/diagnostic.ts';
import type { Query } from '../../store/sql.ts';
import type { Cell, Column } from '../../store/store.ts';

export type Block = readonly (readonly Cell[])[];

/** What an operator may use while it works. */
export interface OperatorSurroundings {
  report(diagnostic: Diagnostic): void;
  /** Runs another SELECT; for what an operator finds out only from its rows. */
  rows(query: Query, columns: readonly Column[]): AsyncIterable<Block>;
  readonly signal: AbortSignal | undefined;
}

export interface OperatorResult {
  readonly columns: readonly Column[];
  readonly rows: AsyncIterable<Block>;
}

/** What SQL cannot do: takes rows in their order and gives rows. */
export interface Operator {
  /** One line for `explain`. */
  readonly title: string;
  run(
    columns: readonly Column[],
    rows: AsyncIterable<Block>,
    surroundings: OperatorSurroundings,
  ): Promise<OperatorResult>;
}
