import type { TFunction } from 'i18next';
import type { ReasonMessage } from '../../../src/server/contracts/reason.ts';
import type { TreeRow } from '../../../src/server/contracts/tree.ts';
import type { TrafficMark } from '../egress/traffic-marks.ts';
import type { ColumnName, GridColumns } from './grid-columns.ts';
import type { ChainRows } from './model/row-guides.ts';
import type { TreeView } from './use-tree-view.ts';

/** What the grid tells each of its rows; it stays the same object while only the view scrolls. */
export interface RowFrame {
  readonly view: TreeView;
  readonly chain: ChainRows;
  readonly columns: GridColumns;
  readonly zone: string;
  /** The day that the head of the page names, as UTC midnight; rows of other days say how far off they are. */
  readonly day: number;
  readonly wrap: boolean;
  /** Characters that fit into a command line's cell. */
  readonly room: number;
  readonly notes: ReadonlyMap<string, number>;
  /** What proxies' records say of processes, by their ids; empty until they have been read. */
  readonly traffic: ReadonlyMap<string, TrafficMark>;
  /** Words, so that no cell has to ask for them. */
  readonly t: TFunction<'tree'>;
  readonly reason: (reason: ReasonMessage) => string;
  readonly onToggle: (row: number) => void;
  readonly onSelect: (row: number, event: React.MouseEvent) => void;
  readonly onCandidates: (row: number) => void;
  readonly onLeftOut: (row: number) => void;
}

export interface RowProps {
  readonly frame: RowFrame;
  readonly row: number;
  readonly top: number;
  readonly details: TreeRow | undefined;
  readonly isCurrent: boolean;
  readonly isHit: boolean;
  readonly isCurrentHit: boolean;
  readonly isMarked: boolean;
  readonly flash: boolean;
  readonly measure: ((element: HTMLElement | null) => void) | undefined;
}

export interface CellProps extends RowProps {
  readonly name: ColumnName;
  readonly at: number;
  readonly isGroup: boolean;
  readonly claimed: boolean;
}
