import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useReasonText } from '../process/reason-text.ts';
import { dateOf, useZone, zoneOffset } from '../text/time.ts';
import type { GridColumns } from './grid-columns.ts';
import { GridHead } from './grid-head.tsx';
import { moveByKey, typeAhead } from './model/grid-move.ts';
import { rowKinds } from './model/row-buffer.ts';
import { ancestorsAbove, chainRows } from './model/row-guides.ts';
import { axisTicks, type TimeSpan } from './model/time-axis.ts';
import { nameAt, valueAt } from './model/tree-columns.ts';
import { PathRow } from './path-row.tsx';
import type { RowFrame } from './row-frame.ts';
import type { RowStore } from './row-store.ts';
import { openLevel, openSiblings, toggleMark, toggleRow } from './tree-actions.ts';
import { TreeRowView } from './tree-row.tsx';
import type { TreeView } from './use-tree-view.ts';

const rowHeight = 24;
const headHeight = 26;
/** A row that is jumped to shows it for so long. */
const flashMs = 600;
/** Letters that come within this time belong to one word. */
const wordMs = 700;

export interface GridCommands {
  readonly focusRoot: (at: number) => void;
  readonly focusBack: () => void;
  readonly around: (at: number) => void;
  readonly raw: () => void;
  readonly candidates: () => void;
  readonly copyText: () => void;
  readonly copyLink: () => void;
  readonly next: (what: 'flagged' | 'doubtful', back: boolean) => void;
  readonly wrap: () => void;
  readonly lookUpParent: (at: number) => void;
  readonly toPanel: () => void;
  readonly leftOut: (at: number) => void;
}

interface Props {
  readonly view: TreeView;
  readonly store: RowStore;
  readonly columns: GridColumns;
  readonly wrap: boolean;
  readonly notes: ReadonlyMap<string, number>;
  readonly traffic: RowFrame['traffic'];
  readonly commands: GridCommands;
  readonly onWidth: (width: number) => void;
  /** Rows in view, for the time strip. */
  readonly onView: ((first: number, last: number) => void) | undefined;
}

/** The treegrid: virtual rows with a roving tab stop. */
export function TreeGrid({ view, store, columns, wrap, notes, traffic, commands, onWidth, onView }: Props) {
  const { t } = useTranslation('tree');
  const zone = useZone();
  const reason = useReasonText();
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller, onWidth);
  useSyncExternalStore(store.subscribe, store.snapshot);
  const { rows, currentRow, state } = view;
  const chain = useMemo(() => chainRows(rows, currentRow), [rows, currentRow]);
  const [flashed, setFlashed] = useState(-1);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollPaddingStart: headHeight + rowHeight,
    scrollPaddingEnd: 8,
    rangeExtractor: useCallback(
      (range: Range) => {
        const inRange = defaultRangeExtractor(range);
        // The row with the tab stop stays in the page, or it would lose the focus when it is scrolled away.
        if (currentRow < 0 || currentRow >= range.count || inRange.includes(currentRow)) return inRange;
        return [...inRange, currentRow].sort((left, right) => left - right);
      },
      [currentRow],
    ),
  });
  // Heights that were measured while lines wrapped hold no longer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when these change
  useLayoutEffect(() => virtual.measure(), [wrap, width, rows]);

  const items = virtual.getVirtualItems();
  const first = items.find((item) => item.end > (virtual.scrollOffset ?? 0))?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows in view are wanted whenever they change
  useEffect(() => {
    store.want(items.map((item) => valueAt(rows.position, item.index)));
    onView?.(first, last);
  }, [store, rows, first, last]);

  useFocusFollows(scroller, currentRow, virtual.scrollToIndex);
  const select = useCallback(
    (row: number) => {
      if (rows.kind[row] === rowKinds.section) return;
      view.change({ selected: valueAt(rows.position, row) });
    },
    [rows, view.change],
  );
  useFlash(view, setFlashed);

  const frame = useMemo<RowFrame>(
    () => ({
      view,
      chain,
      columns,
      zone,
      day: Date.parse(dateOf(view.axis.from, zone)),
      wrap,
      room: Math.max(12, Math.floor((columnWidth(width, columns) - 12) / 6.95)),
      notes,
      traffic,
      t,
      reason,
      onToggle: (row) => toggleRow(view, row),
      onSelect: (row, event) => {
        if (event.ctrlKey || event.metaKey) toggleMark(view, valueAt(rows.position, row));
        select(row);
      },
      onCandidates: (row) => {
        select(row);
        commands.candidates();
      },
      onLeftOut: (row) => commands.leftOut(valueAt(rows.position, row)),
    }),
    [view, chain, columns, zone, wrap, width, notes, traffic, t, reason, rows, select, commands],
  );
  const onKeyDown = useGridKeys(view, commands, select, scroller);
  const ticks = useMemo(() => tickLines(view.axis, zone), [view.axis, zone]);
  const hitSet = useMemo(() => new Set(view.hits ?? []), [view.hits]);
  const currentHit = view.hits?.[state.hit] ?? -1;

  return (
    <div
      className={wrap ? 'grid wraps' : 'grid'}
      role="treegrid"
      aria-label={t('gridLabel', { host: view.loaded.tree.host })}
      aria-rowcount={rows.length + 1}
      aria-busy={view.finding}
      ref={scroller}
      onKeyDown={onKeyDown}
      style={
        {
          '--cols': columns.template,
          '--least': `${columns.least}px`,
          '--ticks': ticks,
        } as React.CSSProperties
      }
      data-region
      tabIndex={-1}
    >
      <GridHead view={view} columns={columns} />
      <PathRow view={view} above={ancestorsAbove(rows, first)} shown={(virtual.scrollOffset ?? 0) > 2} />
      <div className="rows" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const at = valueAt(rows.position, item.index);
          return (
            <TreeRowView
              key={item.index}
              frame={frame}
              row={item.index}
              top={item.start}
              details={store.get(at)}
              isCurrent={item.index === currentRow}
              isHit={hitSet.has(at)}
              isCurrentHit={at === currentHit}
              isMarked={state.marked.has(at)}
              flash={at === flashed}
              measure={wrap ? virtual.measureElement : undefined}
            />
          );
        })}
      </div>
    </div>
  );
}

/** The pixels of the command line's column: what the others leave. */
function columnWidth(width: number, columns: GridColumns): number {
  const taken = columns.template
    .split(' ')
    .map((part) => /^(\d+)px$/.exec(part)?.[1])
    .reduce((sum, pixels) => sum + Number(pixels ?? 0), 0);
  return Math.max(120, width - taken);
}

/** Lines at the round moments of the axis, down the column of lifetimes. */
function tickLines(axis: TimeSpan, zone: string): string {
  const lines = [0, ...axisTicks(axis, 3, zoneOffset(axis.from, zone) * 60_000).map(({ at }) => at)];
  return lines
    .map((at) => `linear-gradient(var(--line), var(--line)) ${(at * 100).toFixed(2)}% 0 / 1px 100% no-repeat`)
    .join(', ');
}

function useWidth(
  scroller: React.RefObject<HTMLDivElement | null>,
  onWidth: (width: number) => void,
): number {
  const [width, setWidth] = useState(900);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const take = () => {
      setWidth(element.clientWidth);
      onWidth(element.clientWidth);
    };
    take();
    const observer = new ResizeObserver(take);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, onWidth]);
  return width;
}

/** The current row is scrolled to, and takes the focus if the grid has it. */
function useFocusFollows(
  scroller: React.RefObject<HTMLDivElement | null>,
  row: number,
  scrollTo: (row: number, options: { align: 'auto' }) => void,
): void {
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    if (row < 0) return;
    scrollTo(row, { align: 'auto' });
    const grid = scroller.current;
    if (!grid) return;
    const holdsFocus = grid.contains(document.activeElement);
    if (holdsFocus || isFirst.current) {
      isFirst.current = false;
      if (!holdsFocus) return;
      requestAnimationFrame(() => {
        if (!grid.contains(document.activeElement)) return;
        grid.querySelector<HTMLElement>(`[data-row="${row}"]`)?.focus({ preventScroll: true });
      });
    }
  }, [row, scroller, scrollTo]);
}

/** A process that was jumped to, rather than stepped to, is flashed. */
function useFlash(view: TreeView, setFlashed: (position: number) => void): void {
  const { selected } = view.state;
  const before = useRef({ selected, row: view.currentRow });
  useEffect(() => {
    const jumped =
      selected !== before.current.selected && Math.abs(view.currentRow - before.current.row) > 40;
    before.current = { selected, row: view.currentRow };
    if (!jumped) return;
    setFlashed(selected);
    const timer = setTimeout(() => setFlashed(-1), flashMs);
    return () => clearTimeout(timer);
  }, [selected, view.currentRow, setFlashed]);
}

/** The keys of the treegrid; letters are type-ahead, so that commands take Shift. */
function useGridKeys(
  view: TreeView,
  commands: GridCommands,
  select: (row: number) => void,
  scroller: React.RefObject<HTMLDivElement | null>,
): (event: React.KeyboardEvent) => void {
  const word = useRef({ letters: '', time: 0 });
  return useCallback(
    (event: React.KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { rows, currentRow: row, loaded } = view;
      if (row < 0) return;
      const at = valueAt(rows.position, row);
      const { key } = event;
      const done = () => event.preventDefault();
      const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 400) - 60) / rowHeight));
      const moved = event.shiftKey ? undefined : moveByKey(rows, row, key, page);
      if (moved !== undefined) {
        done();
        select(moved);
        return;
      }
      if (event.shiftKey) {
        const level = /^Digit([1-9])$/.exec(event.code);
        const command = level
          ? () => openLevel(view, Number(level[1]))
          : shiftCommands(commands, at)[event.code];
        if (command && key !== '*') {
          done();
          command();
          return;
        }
      }
      switch (key) {
        case 'ArrowRight':
          done();
          if (rows.expandable[row] === 1 && rows.expanded[row] !== 1) toggleRow(view, row);
          else if (rows.expanded[row] === 1) select(row + 1);
          return;
        case 'ArrowLeft': {
          done();
          const above = rows.parent[row] ?? -1;
          if (rows.expanded[row] === 1) toggleRow(view, row);
          else if (above >= 0) select(above);
          else commands.lookUpParent(at);
          return;
        }
        case 'Enter':
          done();
          commands.toPanel();
          return;
        case ' ':
          done();
          toggleMark(view, at);
          return;
        case 'Backspace':
          done();
          commands.focusBack();
          return;
        case '*':
          done();
          openSiblings(view, row);
          return;
      }
      if (key.length !== 1 || key === '/' || key === '?' || key === '[' || key === ']') return;
      const now = event.timeStamp;
      const letters = now - word.current.time < wordMs ? word.current.letters + key : key;
      word.current = { letters, time: now };
      const found = typeAhead(
        rows,
        row,
        letters,
        (each) => nameAt(loaded.columns, valueAt(rows.position, each)) ?? '',
      );
      done();
      if (found !== undefined) select(found);
    },
    [view, commands, select, scroller],
  );
}

function shiftCommands(commands: GridCommands, at: number): Readonly<Record<string, () => void>> {
  return {
    KeyF: () => commands.focusRoot(at),
    KeyH: () => commands.around(at),
    KeyE: commands.raw,
    KeyP: commands.candidates,
    KeyC: commands.copyText,
    KeyL: commands.copyLink,
    KeyD: () => commands.next('doubtful', false),
    KeyG: () => commands.next('flagged', false),
    KeyW: commands.wrap,
  };
}
