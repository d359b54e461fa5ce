import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchState } from '../../../../src/server/contracts/search.ts';
import { copyText } from '../../text/clipboard.ts';
import { useZone } from '../../text/time.ts';
import { CellMenu, type CellTarget } from './cell-menu.tsx';
import type { LabelledProcess } from './cell-view.tsx';
import { ColumnHead } from './column-head.tsx';
import { firstWidths } from './column-widths.ts';
import { processOfRow } from './process-of-row.ts';
import { cellText, rowText } from './row-text.ts';
import { rowWindow, scrollTo } from './row-window.ts';
import { cellId, type RowEvents, TableRow } from './table-row.tsx';
import { eachRow, type ResultRow, useRows } from './use-rows.ts';
import { useScroll } from './use-scroll.ts';

interface Props {
  readonly state: SearchState;
  readonly sort: string | undefined;
  readonly wrap: boolean;
  readonly hit: string;
  readonly onSort: (sort: string | undefined) => void;
  readonly onCondition: ((field: string, value: string, include: boolean) => void) | undefined;
  readonly onLabel: (process: LabelledProcess) => void;
  readonly onEvent: (id: string) => void;
}

/** Rows up to which each may have its own height; beyond, all have one, so that a million scroll like a hundred. */
export const mostMeasured = 2000;
const rowHeight = 24;
const headHeight = 25;

interface Place {
  readonly row: number;
  readonly column: number;
}

export function ResultTable(props: Props) {
  const { state, sort, wrap, hit } = props;
  const { t } = useTranslation('search');
  const zone = useZone();
  const scroller = useRef<HTMLDivElement>(null);
  const { top, height } = useScroll(scroller);
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const [menu, setMenu] = useState<CellTarget>();
  const measured = state.rows <= mostMeasured;
  const viewport = Math.max(0, height - headHeight);

  const virtual = useVirtualizer({
    count: measured ? state.rows : 0,
    enabled: measured,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    paddingStart: headHeight,
  });
  const items = virtual.getVirtualItems();
  const even = rowWindow(state.rows, rowHeight, top, viewport);
  const from = measured ? (items[0]?.index ?? 0) : even.from;
  const to = measured ? (items.at(-1)?.index ?? -1) + 1 : even.to;
  const { rowAt, failed, again } = useRows(state.id, sort, state.rows, from, Math.max(to, from + 1));

  const sample: ResultRow[] = [];
  for (let row = from; row < Math.min(to, from + 50); row += 1) {
    const known = rowAt(row);
    if (known) sample.push(known);
  }
  const [widths, setWidth] = useWidths(state, sample);
  const columns = { '--cols': columnTracks(state.columns, widths) };
  const order = sort === undefined ? undefined : { name: sort.replace(/^-/, ''), down: sort.startsWith('-') };
  const eventId = state.columns.findIndex((column) => column.name === '_id');

  const target = (at: Place, anchor: Element): CellTarget | undefined => {
    const column = state.columns[at.column];
    const row = rowAt(at.row);
    if (!column || !row) return undefined;
    const id = eventId < 0 ? undefined : row[eventId];
    return {
      anchor,
      field: column.name,
      cell: row[at.column] ?? null,
      row: () => rowText(row),
      column: () => void copyColumn(at.column),
      process: processOfRow(state.columns, row),
      event: typeof id === 'string' ? () => props.onEvent(id) : undefined,
    };
  };

  const copyColumn = async (column: number): Promise<void> => {
    const lines: string[] = [];
    await eachRow(state.id, sort, (row) => lines.push(cellText(row[column])));
    await copyText(lines.join('\n'), t('columnCopied', { count: lines.length }));
  };

  const goTo = (next: Place): void => {
    const row = Math.max(0, Math.min(state.rows - 1, next.row));
    const column = Math.max(0, Math.min(state.columns.length - 1, next.column));
    setPlace({ row, column });
    if (measured) virtual.scrollToIndex(row, { align: 'auto' });
    else if (scroller.current)
      scroller.current.scrollTop = scrollTo(row, state.rows, rowHeight, scroller.current.scrollTop, viewport);
    requestAnimationFrame(() =>
      document
        .getElementById(cellId(state.id, row, column))
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    );
  };

  const openMenu = (at: Place): void => {
    const anchor = document.getElementById(cellId(state.id, at.row, at.column));
    if (anchor) setMenu(target(at, anchor));
  };

  const onKey = (event: KeyboardEvent): void => {
    if (event.target !== scroller.current) return;
    const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
    const control = event.ctrlKey || event.metaKey;
    const { row, column } = place;
    const moves: Record<string, () => void> = {
      ArrowDown: () => goTo({ row: row + 1, column }),
      ArrowUp: () => goTo({ row: row - 1, column }),
      ArrowRight: () => goTo({ row, column: column + 1 }),
      ArrowLeft: () => goTo({ row, column: column - 1 }),
      PageDown: () => goTo({ row: row + page, column }),
      PageUp: () => goTo({ row: row - page, column }),
      Home: () => goTo({ row: control ? 0 : row, column: 0 }),
      End: () => goTo({ row: control ? state.rows - 1 : row, column: state.columns.length - 1 }),
      Enter: () => openMenu(place),
      ' ': () => openMenu(place),
      ContextMenu: () => openMenu(place),
      c: () => {
        if (control && document.getSelection()?.isCollapsed !== false)
          void copyText(cellText(rowAt(row)?.[column]));
      },
    };
    const move = moves[event.key];
    if (!move || (event.key === 'c' && !control)) return;
    event.preventDefault();
    move();
  };

  // Rows of one height stand in a block that moves as one, in elements that serve other rows as it is scrolled.
  const drawn: readonly { readonly row: number; readonly top: number | undefined }[] = measured
    ? items.map((item) => ({ row: item.index, top: item.start - headHeight }))
    : Array.from({ length: Math.max(0, even.to - even.from) }, (_, at) => ({
        row: even.from + at,
        top: undefined,
      }));

  const latest = useRef({ target, onLabel: props.onLabel });
  latest.current = { target, onLabel: props.onLabel };
  const events = useMemo<RowEvents>(
    () => ({
      pick: (row, column) => setPlace({ row, column }),
      menu: (row, column, anchor) => {
        setPlace({ row, column });
        setMenu(latest.current.target({ row, column }, anchor));
      },
      label: (process) => latest.current.onLabel(process),
    }),
    [],
  );

  return (
    <>
      {failed && (
        <div className="bnr err" role="alert">
          <span>{t('rowsFailed', { message: failed.message })}</span>
          <button type="button" className="lnk" onClick={again}>
            {t('tryAgain')}
          </button>
        </div>
      )}
      <div
        ref={scroller}
        className={wrap && measured ? 'tbl wrap' : 'tbl'}
        role="grid"
        aria-label={t('results')}
        aria-rowcount={state.rows + 1}
        aria-colcount={state.columns.length + 1}
        aria-activedescendant={
          place.row >= from && place.row < to ? cellId(state.id, place.row, place.column) : undefined
        }
        tabIndex={0}
        data-region
        data-region-focus
        onKeyDown={onKey}
        style={columns as CSSProperties}
      >
        <div
          className="tblbody"
          style={{ height: measured ? virtual.getTotalSize() : even.height + headHeight }}
        >
          <div className="tr head" role="row" aria-rowindex={1}>
            <div role="columnheader" aria-colindex={1} className="th rn">
              <span className="visually-hidden">{t('rowNumber')}</span>
            </div>
            {state.columns.map((column, at) => (
              <ColumnHead
                key={column.name}
                column={column}
                at={at}
                width={widths[at] ?? 120}
                order={order?.name === column.name ? (order.down ? 'descending' : 'ascending') : undefined}
                sortable={state.state !== 'running' && state.rows > 1}
                onSort={() => props.onSort(nextSort(sort, column.name))}
                onWidth={(width) => setWidth(at, width)}
              />
            ))}
          </div>
          <div
            role="rowgroup"
            className="trs"
            style={measured ? undefined : { transform: `translateY(${even.top}px)` }}
          >
            {drawn.map(({ row, top: rowTop }) => (
              <TableRow
                key={measured ? row : row % even.most}
                search={state.id}
                row={row}
                cells={rowAt(row)}
                columns={state.columns}
                zone={zone}
                whole={measured}
                wrap={wrap}
                hit={hit}
                here={row === place.row ? place.column : undefined}
                top={rowTop}
                events={events}
                measure={measured ? virtual.measureElement : undefined}
              />
            ))}
          </div>
        </div>
      </div>
      <CellMenu
        target={menu}
        onClose={() => {
          setMenu(undefined);
          scroller.current?.focus();
        }}
        onCondition={props.onCondition}
      />
    </>
  );
}

/** The last column takes what is left, unless it holds numbers, which would stand far from what they count. */
function columnTracks(columns: SearchState['columns'], widths: readonly number[]): string {
  const fills = columns.at(-1)?.type !== 'number';
  const tracks = widths.map((width, at) =>
    fills && at === widths.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`,
  );
  return ['44px', ...tracks, ...(fills ? [] : ['minmax(0, 1fr)'])].join(' ');
}

/** Ascending, descending, as the search gave it. */
function nextSort(sort: string | undefined, column: string): string | undefined {
  if (sort === column) return `-${column}`;
  return sort === `-${column}` ? undefined : column;
}

/** Widths from the first rows that are seen, until a person drags one. */
function useWidths(
  state: SearchState,
  sample: readonly ResultRow[],
): readonly [readonly number[], (at: number, width: number) => void] {
  const names = state.columns.map((column) => column.name).join('\n');
  const [dragged, setDragged] = useState<ReadonlyMap<number, number>>(new Map());
  const [guessed, setGuessed] = useState<readonly number[]>();
  const hasSample = sample.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns are another table
  useEffect(() => {
    setDragged(new Map());
    setGuessed(undefined);
  }, [names, state.id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the first sample counts, so that columns do not jump
  useEffect(() => {
    if (hasSample && guessed === undefined) setGuessed(firstWidths(state.columns, sample));
  }, [hasSample, guessed, names]);
  const widths = useMemo(
    () =>
      (guessed?.length === state.columns.length ? guessed : firstWidths(state.columns, [])).map(
        (width, at) => dragged.get(at) ?? width,
      ),
    [guessed, dragged, state.columns],
  );
  return [widths, (at, width) => setDragged(new Map(dragged).set(at, width))];
}
