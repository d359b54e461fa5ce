import { EllipsisVertical } from 'lucide-react';
import { type CSSProperties, memo, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultColumn } from '../../../../src/server/contracts/search.ts';
import { count } from '../../text/quantity.ts';
import { CellView, type LabelledProcess } from './cell-view.tsx';
import { processOfRow } from './process-of-row.ts';
import { TreeAnchor } from './tree-anchor.tsx';
import type { ResultRow } from './use-rows.ts';

/** What a row tells the table; the functions stay the same ones, so that a row that did not change is not drawn again. */
export interface RowEvents {
  readonly pick: (row: number, column: number) => void;
  readonly menu: (row: number, column: number, anchor: Element) => void;
  readonly label: (process: LabelledProcess) => void;
}

interface Props {
  readonly search: string;
  readonly row: number;
  readonly cells: ResultRow | undefined;
  readonly columns: readonly ResultColumn[];
  readonly zone: string;
  readonly whole: boolean;
  readonly wrap: boolean;
  readonly hit: string;
  /** The column of the current cell, where it is in this row. */
  readonly here: number | undefined;
  readonly top: number | undefined;
  readonly events: RowEvents;
  readonly measure: Ref<HTMLDivElement> | undefined;
}

export function cellId(search: string, row: number, column: number): string {
  return `cell-${search}-${row}-${column}`;
}

export const TableRow = memo(function TableRow(props: Props) {
  const { search, row, cells, columns, here, top, events } = props;
  const { t } = useTranslation('search');
  const process = cells && processOfRow(columns, cells);
  const style: CSSProperties | undefined =
    top === undefined ? undefined : { position: 'absolute', transform: `translateY(${top}px)` };
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className={here === undefined ? 'tr' : 'tr here'}
      style={style}
      ref={props.measure}
      data-index={row}
    >
      <div role="rowheader" className="td rn num" aria-colindex={1}>
        {process && <TreeAnchor process={process} label={t('showTree')} />}
        <span>{count(row + 1)}</span>
      </div>
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
        <div
          key={column.name}
          role="gridcell"
          id={cellId(search, row, at)}
          aria-colindex={at + 2}
          aria-selected={here === at}
          className={`td${column.type === 'number' ? ' right' : ''}${here === at ? ' here' : ''}`}
          onClick={() => events.pick(row, at)}
          onContextMenu={(event) => {
            // With Shift, the browser's own menu.
            if (event.shiftKey) return;
            event.preventDefault();
            events.menu(row, at, event.currentTarget);
          }}
        >
          {cells ? (
            <CellView
              cell={cells[at] ?? null}
              column={column}
              zone={props.zone}
              whole={props.whole}
              wrap={props.wrap}
              hit={props.hit}
              onLabel={events.label}
            />
          ) : (
            <span className="skel" style={{ width: `${40 + ((row * 7 + at * 13) % 40)}%` }} />
          )}
          {here === at && cells && (
            <button
              type="button"
              className="cellmore"
              tabIndex={-1}
              aria-label={t('cellActions')}
              onClick={(event) => events.menu(row, at, event.currentTarget)}
            >
              <EllipsisVertical size={13} aria-hidden />
            </button>
          )}
        </div>
      ))}
    </div>
  );
});
