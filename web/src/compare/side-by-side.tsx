import { ArrowRight, CornerDownRight, Plus } from 'lucide-react';
import { type RefObject, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison, MovedLink } from '../../../src/server/contracts/compare.ts';
import type { Tree } from '../../../src/server/contracts/tree.ts';
import { Glyph, type GlyphName } from '../frame/glyph.tsx';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { clockOf, useZone } from '../text/time.ts';
import { deltaText } from '../tree/model/delta-text.ts';
import { initialOpen } from '../tree/model/open-state.ts';
import { rowKinds } from '../tree/model/row-buffer.ts';
import { chainRows, rowGuides } from '../tree/model/row-guides.ts';
import {
  basisAt,
  gradeAt,
  nameAt,
  packColumns,
  parentAt,
  type TreeColumns,
  valueAt,
} from '../tree/model/tree-columns.ts';
import { shapeOf } from '../tree/model/tree-shape.ts';
import { rowOfPosition, type VisibleRows, visibleRows } from '../tree/model/visible-rows.ts';
import { RowLines } from '../tree/row-lines.tsx';
import { RowStore } from '../tree/row-store.ts';
import { useRowWindow } from './row-window.ts';

const height = 26;
const headHeight = 64;

interface Side {
  readonly columns: TreeColumns;
  readonly rows: VisibleRows;
  readonly rowOf: Int32Array;
  /** The moved link of each position. */
  readonly moved: ReadonlyMap<number, MovedLink>;
}

interface Props {
  readonly comparison: Comparison;
  readonly nth: number;
  /** Set here, called by the keys. */
  readonly scrollTo: RefObject<(nth: number) => void>;
}

/** Both trees, with lines between the rows of the same process. */
export function SideBySide({ comparison, nth, scrollTo }: Props) {
  const { t } = useTranslation('compare');
  const zone = useZone();
  const scroller = useRef<HTMLDivElement>(null);
  const left = useMemo(() => sideOf(comparison.left, comparison.moved, 'left'), [comparison]);
  const right = useMemo(() => sideOf(comparison.right, comparison.moved, 'right'), [comparison]);
  const total = Math.max(left.rows.length, right.rows.length);
  const view = useRowWindow(scroller, total, height, headHeight);
  const store = useMemo(() => new RowStore(comparison.right.key, zone), [comparison.right.key, zone]);
  useSyncExternalStore(store.subscribe, store.snapshot);

  const wanted = useMemo(() => {
    const positions = new Set<number>();
    for (let row = view.first; row < view.end; row += 1) {
      if (row < right.rows.length) positions.add(valueAt(right.rows.position, row));
      if (row < left.rows.length) {
        const same = comparison.leftToRight[valueAt(left.rows.position, row)] ?? -1;
        if (same >= 0) positions.add(same);
      }
    }
    return [...positions];
  }, [view.first, view.end, left, right, comparison]);
  useEffect(() => store.want(wanted), [store, wanted]);

  scrollTo.current = (next) => {
    const link = comparison.moved[next];
    if (!link) return;
    const row = rowFor(right, link.right) ?? rowFor(left, link.left);
    if (row !== undefined) scroller.current?.scrollTo({ top: Math.max(0, row * height - 120) });
  };
  const wires = useMemo(
    () => wiresOf(comparison, left, right, view.first, view.end),
    [comparison, left, right, view],
  );
  const chosen = comparison.moved[nth];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
    <div className="duowrap" ref={scroller} data-region tabIndex={0}>
      <div className="duo" style={{ height: headHeight + total * height }}>
        <div className="col">
          <div className="colh">
            <b>{t('leftHead')}</b>
            <span>{t(methodWords[comparison.method])}</span>
          </div>
          <SideRows
            side={left}
            view={view}
            store={store}
            label={t('leftHead')}
            chosen={chosen?.left ?? -1}
            isLeft
            leftToRight={comparison.leftToRight}
          />
        </div>
        <div className="wires" aria-hidden="true">
          <svg
            aria-hidden="true"
            height={headHeight + total * height}
            viewBox={`0 0 58 ${headHeight + total * height}`}
            preserveAspectRatio="none"
          >
            {wires.map((wire) => (
              <path key={wire.key} className={wire.moved ? 'mv' : undefined} d={wire.path} />
            ))}
            {wires
              .filter((wire) => wire.moved)
              .flatMap((wire) => [
                <circle key={`${wire.key} l`} cx={3} cy={wire.from} r={2.5} />,
                <circle key={`${wire.key} r`} cx={55} cy={wire.to} r={2.5} />,
              ])}
          </svg>
        </div>
        <div className="col">
          <div className="colh">
            <b>Keizu</b>
            <span>{t('rightHead')}</span>
            <span className="end">
              <Grades tree={comparison.right} />
            </span>
          </div>
          <SideRows
            side={right}
            view={view}
            store={store}
            label={t('rightHead')}
            chosen={chosen?.right ?? -1}
            isLeft={false}
            leftToRight={comparison.leftToRight}
          />
        </div>
      </div>
    </div>
  );
}

const methodWords = {
  holder: 'methodHolderHint',
  latest: 'methodLatestHint',
  first: 'methodFirstHint',
} as const;

function Grades({ tree }: { readonly tree: Tree }) {
  const { t } = useTranslation('tree');
  return (['exact', 'probable', 'ambiguous', 'claimed'] as const)
    .filter((grade) => tree.facts.grades[grade] > 0)
    .map((grade) => (
      <span key={grade} className="gc">
        <Glyph grade={grade} />
        <b>{count(tree.facts.grades[grade])}</b> {t(gradeWords[grade])}
      </span>
    ));
}

const gradeWords = {
  exact: 'gradeExact',
  probable: 'gradeProbable',
  ambiguous: 'gradeAmbiguous',
  claimed: 'gradeClaimed',
} as const;

/** The rows of a side; what moved is never folded. */
function sideOf(tree: Tree, links: readonly MovedLink[], side: 'left' | 'right'): Side {
  const packed = packColumns(tree);
  const matched = tree.selection.kind === 'all' ? new Uint8Array(packed.size) : packed.matched.slice();
  const moved = new Map<number, MovedLink>();
  for (const link of links) {
    const at = link[side];
    if (at === null) continue;
    matched[at] = 1;
    moved.set(at, link);
  }
  const columns = { ...packed, matched };
  const shape = shapeOf(columns);
  const open = initialOpen(columns, shape);
  const rows = visibleRows({ columns, shape, open, mask: undefined, foldAlike: true, root: -1 });
  return { columns, rows, rowOf: rowOfPosition(rows, columns.size), moved };
}

function rowFor(side: Side, position: number | null): number | undefined {
  const row = position === null ? -1 : (side.rowOf[position] ?? -1);
  return row < 0 ? undefined : row;
}

interface Wire {
  readonly key: string;
  readonly path: string;
  readonly moved: boolean;
  readonly from: number;
  readonly to: number;
}

function wiresOf(
  comparison: Comparison,
  left: Side,
  right: Side,
  first: number,
  end: number,
): readonly Wire[] {
  const wires: Wire[] = [];
  for (let row = 0; row < left.rows.length; row += 1) {
    if (left.rows.kind[row] === rowKinds.section) continue;
    const at = valueAt(left.rows.position, row);
    const same = comparison.leftToRight[at] ?? -1;
    const to = same < 0 ? -1 : (right.rowOf[same] ?? -1);
    if (to < 0 || Math.max(row, to) < first || Math.min(row, to) > end) continue;
    const y1 = headHeight + row * height + height / 2;
    const y2 = headHeight + to * height + height / 2;
    const moved = left.moved.has(at);
    wires.push({
      key: `${row} ${to}`,
      path: y1 === y2 ? `M0 ${y1}H58` : `M0 ${y1}C29 ${y1} 29 ${y2} 58 ${y2}`,
      moved,
      from: y1,
      to: y2,
    });
  }
  return wires.sort((one, other) => Number(one.moved) - Number(other.moved));
}

interface RowsProps {
  readonly side: Side;
  readonly view: { readonly first: number; readonly end: number };
  readonly store: RowStore;
  readonly label: string;
  readonly chosen: number;
  readonly isLeft: boolean;
  readonly leftToRight: readonly number[];
}

function SideRows({ side, view, store, label, chosen, isLeft, leftToRight }: RowsProps) {
  const { t } = useTranslation('tree');
  const { rows } = side;
  const shown = Array.from(
    { length: Math.max(0, Math.min(view.end, rows.length) - view.first) },
    (_, at) => view.first + at,
  );
  return (
    <div role="treegrid" aria-label={label} aria-rowcount={rows.length + 1} className="siderows">
      <div className="crow head" role="row">
        <div className="c-proc" role="columnheader" tabIndex={-1}>
          {t('columnProcess')}
        </div>
        <div role="columnheader" tabIndex={-1}>
          {t('columnStart')}
        </div>
        <div className="c-d" role="columnheader" tabIndex={-1}>
          {t('columnDelta')}
        </div>
        <div role="columnheader" tabIndex={-1}>
          {t('columnCommand')}
        </div>
      </div>
      <div className="sidebody" role="rowgroup" style={{ height: rows.length * height }}>
        {shown.map((row) => (
          <SideRow
            key={row}
            side={side}
            row={row}
            isLeft={isLeft}
            isChosen={valueAt(rows.position, row) === chosen}
            command={commandOf(store, side, row, isLeft, leftToRight)}
          />
        ))}
      </div>
    </div>
  );
}

function commandOf(
  store: RowStore,
  side: Side,
  row: number,
  isLeft: boolean,
  leftToRight: readonly number[],
): string {
  const at = valueAt(side.rows.position, row);
  const details = store.get(isLeft ? (leftToRight[at] ?? -1) : at);
  return details?.commandLine?.text ?? details?.image ?? '';
}

interface SideRowProps {
  readonly side: Side;
  readonly row: number;
  readonly isLeft: boolean;
  readonly isChosen: boolean;
  readonly command: string;
}

function SideRow({ side, row, isLeft, isChosen, command }: SideRowProps) {
  const { t } = useTranslation('compare');
  const zone = useZone();
  const { columns, rows, moved } = side;
  const at = valueAt(rows.position, row);
  if (rows.kind[row] === rowKinds.section)
    return (
      <div className="crow" role="row" style={{ transform: `translateY(${row * height}px)` }}>
        <div role="gridcell" className="dim" tabIndex={-1}>
          {t('otherRoots')}
        </div>
      </div>
    );
  const link = moved.get(at);
  const isGroup = rows.kind[row] !== rowKinds.process;
  const claimed = basisAt(columns, at) === 'claimed';
  const start = columns.origin + (columns.start[at] ?? Number.NaN);
  const above = parentAt(columns, at);
  const delta = (columns.start[at] ?? Number.NaN) - (columns.start[above] ?? Number.NaN);
  const added = !isLeft && link?.verdict === 'not-on-left';
  const isMoved = link !== undefined && !added;
  const drawn = rowGuides(columns, rows, row, chainRows(rows, -1));
  // A tree of process ids knows no grades.
  const guides =
    isLeft && drawn.edge ? { ...drawn, edge: { ...drawn.edge, grade: 'exact' as const } } : drawn;
  const glyph: GlyphName = claimed
    ? 'claimednode'
    : isLeft && isMoved
      ? 'wrong'
      : above < 0
        ? 'root'
        : isLeft
          ? 'exact'
          : gradeAt(columns, at);
  return (
    <div
      className={`crow${isMoved ? ' moved' : ''}${added ? ' added' : ''}${isChosen ? ' chosen' : ''}${isLeft && isMoved ? ' wrong' : ''}`}
      role="row"
      aria-level={valueAt(rows.depth, row) + 1}
      aria-selected={isChosen}
      tabIndex={-1}
      style={{ transform: `translateY(${row * height}px)` }}
    >
      <div className="c-proc" role="gridcell">
        <RowLines guides={guides} glyph={glyph} on={false} height={height} />
        <span className="car" />
        <b className="nm">
          <RecordedText text={nameAt(columns, at) ?? '?'} />
        </b>
        {isGroup ? (
          <span className="times">× {valueAt(rows.count, row)}</span>
        ) : (
          valueAt(columns.pid, at) >= 0 && <span className="pid">{valueAt(columns.pid, at)}</span>
        )}
        {claimed && <ClaimedTag />}
        {link && <MovedTag link={link} isLeft={isLeft} />}
      </div>
      <div className="c-start num" role="gridcell">
        {Number.isNaN(start) || claimed ? '' : clockOf(start, zone)}
      </div>
      <div className="c-d num" role="gridcell">
        {Number.isNaN(delta) ? (
          ''
        ) : (
          <span className={delta < 0 ? 'bad' : undefined} title={delta < 0 ? t('startedBefore') : undefined}>
            {deltaText(delta)}
          </span>
        )}
      </div>
      <div role="gridcell">
        <span className="cl" title={command.slice(0, 1000)}>
          <RecordedText text={command} most={300} />
        </span>
      </div>
    </div>
  );
}

function ClaimedTag() {
  const { t } = useTranslation('tree');
  return <span className="ctag">{t('claimedTag')}</span>;
}

function MovedTag({ link, isLeft }: { readonly link: MovedLink; readonly isLeft: boolean }) {
  const { t } = useTranslation('compare');
  if (link.verdict === 'not-on-left')
    return (
      <span className="tagm n">
        <Plus className="i" size={11} aria-hidden />
        {t('tagAdded')}
      </span>
    );
  const other = isLeft ? link.parent : link.naiveParent;
  const same = link.parent?.name === link.naiveParent?.name;
  const name = other === null ? t('tagNone') : same ? String(other.pid ?? other.name) : other.name;
  return (
    <span className="tagm">
      {!isLeft && <CornerDownRight className="i" size={11} aria-hidden />}
      <RecordedText text={isLeft ? t('tagTo', { name }) : t('tagFrom', { name })} />
      {isLeft && <ArrowRight className="i" size={11} aria-hidden />}
    </span>
  );
}
