import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { filterMask, isDoubtful } from './model/filter-mask.ts';
import { spanOf } from './model/lifetime-bar.ts';
import { type OpenState, withGroup, withRevealed } from './model/open-state.ts';
import type { TimeSpan } from './model/time-axis.ts';
import { chainTo, valueAt } from './model/tree-columns.ts';
import {
  groupOf,
  type RowRequest,
  rowOfPosition,
  type VisibleRows,
  visibleRows,
} from './model/visible-rows.ts';
import { readTreeLink, selectionOf, type TreeLink } from './tree-link.ts';
import { findQuery } from './tree-queries.ts';
import { type LoadedTree, linkOfState, stateOfLink, type ViewState } from './view-state.ts';

/** A tree with what a person did to it, and what follows from both. */
export interface TreeView {
  readonly loaded: LoadedTree;
  readonly state: ViewState;
  readonly rows: VisibleRows;
  readonly request: RowRequest;
  /** The row of each position, -1 where it has none. */
  readonly rowOf: Int32Array;
  /** Row of the selected process; its group's where it is folded; -1. */
  readonly currentRow: number;
  /** The time that lifetimes are drawn over. */
  readonly axis: TimeSpan;
  readonly hits: readonly number[] | undefined;
  readonly finding: boolean;
  readonly flagged: readonly number[];
  readonly doubtful: readonly number[];
  readonly change: (change: Partial<ViewState> | ((state: ViewState) => Partial<ViewState>)) => void;
  /** Selects a process and opens what hides it. `flash` marks the row for a moment. */
  readonly reveal: (position: number) => void;
}

export function useTreeView(loaded: LoadedTree, link: TreeLink): TreeView {
  const [state, setState] = useState(() => stateOfLink(loaded, link));
  const { columns, shape } = loaded;
  const change = useCallback<TreeView['change']>((next) => {
    setState((before) => ({ ...before, ...(typeof next === 'function' ? next(before) : next) }));
  }, []);
  useLinkedState(loaded, link, state, setState);

  const found = useFound(loaded.tree.key, state.find);
  const hits = state.find === '' ? undefined : found.positions;
  const { filter, open, foldAlike, root, onlyHits } = state;
  const mask = useMemo(
    () => filterMask(columns, shape, { ...filter, hits: onlyHits ? hits : undefined }),
    [columns, shape, filter, onlyHits, hits],
  );
  const request = useMemo<RowRequest>(
    () => ({ columns, shape, open, mask, foldAlike, root }),
    [columns, shape, open, mask, foldAlike, root],
  );
  const rows = useMemo(() => visibleRows(request), [request]);
  const rowOf = useMemo(() => rowOfPosition(rows, columns.size), [rows, columns]);
  const axis = useMemo(
    () => (state.filter.time ? timeAxis(loaded, state.filter.time) : defaultAxis(loaded, root)),
    [loaded, root, state.filter.time],
  );
  const flagged = useMemo(
    () => positionsWhere(columns.size, (at) => valueAt(columns.severity, at) > 0),
    [columns],
  );
  const doubtful = useMemo(
    () => positionsWhere(columns.size, (at) => isDoubtful(valueAt(columns.grade, at))),
    [columns],
  );
  const currentRow = rowFor(request, rowOf, state.selected);
  const reveal = useCallback(
    (position: number) => {
      change((before) => ({ selected: position, ...revealed(loaded, before, position) }));
    },
    [change, loaded],
  );
  return {
    loaded,
    state,
    rows,
    request,
    rowOf,
    currentRow,
    axis,
    hits,
    finding: found.isFinding,
    flagged,
    doubtful,
    change,
    reveal,
  };
}

/** The open branches and groups with which a process can be seen; the root too, where it lies outside of it. */
export function revealed(
  { columns, shape }: LoadedTree,
  state: ViewState,
  position: number,
): { open: OpenState; root: number } {
  const chain = chainTo(columns, position);
  const root = state.root >= 0 && !chain.includes(state.root) ? -1 : state.root;
  let open = withRevealed(columns, state.open, [position]);
  for (const at of chain) {
    const request = { columns, shape, open, mask: undefined, foldAlike: state.foldAlike, root };
    const group = groupOf(request, at);
    if (group >= 0) open = withGroup(open, group, true);
  }
  return { open, root };
}

function rowFor(request: RowRequest, rowOf: Int32Array, selected: number): number {
  if (selected < 0) return rowOf.length > 0 ? 0 : -1;
  const own = rowOf[selected] ?? -1;
  if (own >= 0) return own;
  for (const at of chainTo(request.columns, selected).reverse()) {
    const group = groupOf(request, at);
    const row = rowOf[group >= 0 ? group : at] ?? -1;
    if (row >= 0) return row;
  }
  return 0;
}

function useFound(
  key: string,
  text: string,
): { positions: readonly number[] | undefined; isFinding: boolean } {
  const settled = useSettled(text, 180);
  const query = useQuery(findQuery(key, settled));
  return { positions: query.data?.positions, isFinding: query.isFetching || settled !== text };
}

/** A value once it has rested. */
export function useSettled<Value>(value: Value, milliseconds: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}

/** Keeps the address and the state the same, whichever of them changed. */
function useLinkedState(
  loaded: LoadedTree,
  link: TreeLink,
  state: ViewState,
  setState: (state: ViewState) => void,
): void {
  const navigate = useNavigate();
  const router = useRouter();
  const written = useRef(JSON.stringify(link));
  const now = JSON.stringify(link);
  useEffect(() => {
    if (now === written.current) return;
    written.current = now;
    setState(stateOfLink(loaded, JSON.parse(now) as TreeLink));
  }, [now, loaded, setState]);
  useEffect(() => {
    const timer = setTimeout(() => {
      // Another page or tree is being opened and this one still stands: writing would call the reader back.
      const selection = selectionOf(JSON.parse(written.current) as TreeLink);
      const { pathname, search } = router.latestLocation;
      if (pathname !== '/tree' || !isSame(selectionOf(readTreeLink(search)), selection)) return;
      const next = linkOfState(loaded, selection, state);
      const text = JSON.stringify(next);
      if (text === written.current) return;
      written.current = text;
      void navigate({ to: '/tree', search: next, replace: true, resetScroll: false });
    }, 250);
    return () => clearTimeout(timer);
  }, [loaded, state, navigate, router]);
}

function isSame(a: TreeLink, b: TreeLink): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function positionsWhere(size: number, test: (at: number) => boolean): number[] {
  const positions: number[] = [];
  for (let at = 0; at < size; at += 1) if (test(at)) positions.push(at);
  return positions;
}

/** The time that matters: from what was asked for on; of a whole host, everything. */
function defaultAxis({ columns, shape, tree }: LoadedTree, root: number): TimeSpan {
  const about = root >= 0 ? [root] : tree.selection.kind === 'all' ? [] : tree.matched;
  const positions: number[] = [];
  for (const at of about) {
    const end = Math.min(valueAt(shape.end, at), at + 20_000);
    for (let each = at; each < end; each += 1) positions.push(each);
  }
  if (positions.length === 0) for (let at = 0; at < columns.size; at += 1) positions.push(at);
  const span = spanOf(columns, positions);
  const room = Math.max((span.to - span.from) * 0.02, 500);
  return { from: span.from - room, to: span.to + room };
}

function timeAxis({ columns }: LoadedTree, time: { from: number; to: number }): TimeSpan {
  return { from: columns.origin + time.from, to: columns.origin + time.to };
}
