import type { Tree } from '../../../src/server/contracts/tree.ts';
import { noFilter, type TreeFilter } from './model/filter-mask.ts';
import { openCode, openFromCode } from './model/open-code.ts';
import { initialOpen, type OpenState, withRevealed } from './model/open-state.ts';
import { positionOfKey, processKey } from './model/process-key.ts';
import { packColumns, type TreeColumns } from './model/tree-columns.ts';
import { shapeOf, type TreeShape } from './model/tree-shape.ts';
import type { TreeLink, TreeSelection } from './tree-link.ts';

/** A tree as the page works with it. */
export interface LoadedTree {
  readonly tree: Tree;
  readonly columns: TreeColumns;
  readonly shape: TreeShape;
  readonly initial: OpenState;
}

export function loadTree(tree: Tree): LoadedTree {
  const packed = packColumns(tree);
  // Where everything was asked for, nothing stands out.
  const columns =
    tree.selection.kind === 'all' || tree.selection.kind === 'around'
      ? { ...packed, matched: new Uint8Array(packed.size) }
      : packed;
  const shape = shapeOf(columns);
  return { tree, columns, shape, initial: initialOpen(columns, shape) };
}

/** What a person did to the view of a tree. Positions are those of the tree's columns; -1 is none. */
export interface ViewState {
  readonly open: OpenState;
  readonly foldAlike: boolean;
  readonly selected: number;
  readonly root: number;
  /** Roots before this one, the last first. */
  readonly trail: readonly number[];
  readonly filter: TreeFilter;
  readonly find: string;
  /** Only branches with a hit of the find are shown. */
  readonly onlyHits: boolean;
  /** The current hit, from 0; -1: none yet. */
  readonly hit: number;
  readonly raw: string | undefined;
  readonly bare: boolean;
  /** Marked for a case or a comparison. */
  readonly marked: ReadonlySet<number>;
}

/** The state that a link tells. */
export function stateOfLink({ columns, initial }: LoadedTree, link: TreeLink): ViewState {
  const named = link.sel === undefined ? -1 : positionOfKey(columns, link.sel);
  const selected = named >= 0 ? named : Math.max(columns.matched.indexOf(1), columns.size > 0 ? 0 : -1);
  const open = openFromCode(initial, link.open);
  return {
    open: named >= 0 ? withRevealed(columns, open, [named]) : open,
    foldAlike: link.unfold !== true,
    selected,
    root: link.root === undefined ? -1 : positionOfKey(columns, link.root),
    trail: [],
    filter: {
      ...noFilter,
      flagged: link.flagged === true,
      doubtful: link.doubtful === true,
      grade: link.grade !== undefined && link.grade <= 4 ? link.grade : undefined,
      time: timeOfText(link.time, columns.origin),
    },
    find: link.find ?? '',
    onlyHits: false,
    hit: (link.hit ?? 0) - 1,
    raw: link.raw,
    bare: link.bare === true,
    marked: new Set(),
  };
}

/** The link that tells the state. */
export function linkOfState(loaded: LoadedTree, selection: TreeSelection, state: ViewState): TreeLink {
  const { columns, initial } = loaded;
  const { filter } = state;
  const code = openCode(initial, state.open);
  return {
    ...selection,
    ...(state.selected >= 0 && { sel: processKey(columns, state.selected) }),
    ...(state.root >= 0 && { root: processKey(columns, state.root) }),
    ...(state.find !== '' && { find: state.find }),
    ...(state.find !== '' && state.hit >= 0 && { hit: state.hit + 1 }),
    ...(filter.flagged && { flagged: true }),
    ...(filter.doubtful && { doubtful: true }),
    ...(filter.grade !== undefined && { grade: filter.grade }),
    ...(filter.time && { time: textOfTime(filter.time, columns.origin) }),
    ...(!state.foldAlike && { unfold: true }),
    ...(code !== undefined && { open: code }),
    ...(state.raw !== undefined && { raw: state.raw }),
    ...(state.bare && { bare: true }),
  } as TreeLink;
}

function timeOfText(text: string | undefined, origin: number): TreeFilter['time'] {
  const found = /^(\d+)-(\d+)$/.exec(text ?? '');
  if (!found) return undefined;
  return { from: Number(found[1]) - origin, to: Number(found[2]) - origin };
}

function textOfTime(time: NonNullable<TreeFilter['time']>, origin: number): string {
  return `${Math.floor(time.from + origin)}-${Math.ceil(time.to + origin)}`;
}
