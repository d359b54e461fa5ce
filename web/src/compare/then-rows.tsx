import { Link } from '@tanstack/react-router';
import { EqualNot, Minus, Plus } from 'lucide-react';
import { type RefObject, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Difference, DifferenceRow } from '../../../src/server/contracts/compare.ts';
import { useReasonText } from '../process/reason-text.ts';
import { durationText } from '../text/duration.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { clockOf, readMoment, useZone } from '../text/time.ts';
import type { RowGuides } from '../tree/model/row-guides.ts';
import { severities } from '../tree/model/tree-columns.ts';
import { RowLines } from '../tree/row-lines.tsx';
import { SeverityMark } from '../tree/severity-mark.tsx';
import { gradeWord } from '../tree/tree-row.tsx';
import { depthGuides } from './depth-guides.ts';
import { momentText, nowOf } from './moments.ts';
import { useRowWindow } from './row-window.ts';

const height = 24;
const headHeight = 26;

interface Props {
  readonly difference: Difference;
  readonly from: number;
  readonly current: number;
  readonly scrollTo: RefObject<(row: number) => void>;
}

/** Both moments in one order of rows; hatched on the left is what had not arrived. */
export function ThenRows({ difference, from, current, scrollTo }: Props) {
  const { t } = useTranslation(['compare', 'tree']);
  const zone = useZone();
  const scroller = useRef<HTMLDivElement>(null);
  const { rows } = difference;
  const now = nowOf(difference);
  const view = useRowWindow(scroller, rows.length, height, headHeight);
  const before = useMemo(() => depthGuides(rows.map((row) => row.before ?? undefined)), [rows]);
  const after = useMemo(() => depthGuides(rows.map((row) => row.after ?? undefined)), [rows]);
  scrollTo.current = (row) => scroller.current?.scrollTo({ top: Math.max(0, row * height - 120) });
  const shown = Array.from({ length: Math.max(0, view.end - view.first) }, (_, at) => view.first + at);
  return (
    <div
      className="tn"
      role="treegrid"
      aria-label={t('thenTab')}
      aria-rowcount={rows.length + 1}
      ref={scroller}
      tabIndex={0}
      data-region
    >
      <div className="tnrow head" role="row">
        <div role="columnheader" tabIndex={-1}>
          {t('thenWord')}, {momentText(from, now, zone)}
        </div>
        <div role="columnheader" tabIndex={-1} aria-label={t('mark')} />
        <div role="columnheader" tabIndex={-1}>
          {t('now')}, {clockOf(now, zone)}
        </div>
        <div role="columnheader" tabIndex={-1}>
          {t('columnFlags', { ns: 'tree' })}
        </div>
        <div role="columnheader" tabIndex={-1}>
          {t('columnStart', { ns: 'tree' })}
        </div>
        <div role="columnheader" tabIndex={-1}>
          {t('arrived')}
        </div>
        <div role="columnheader" tabIndex={-1}>
          {t('lateBy')}
        </div>
        <div role="columnheader" tabIndex={-1}>
          {t('change')}
        </div>
      </div>
      <div className="tnbody" role="rowgroup" style={{ height: rows.length * height }}>
        {shown.map((at) => {
          const row = rows[at];
          const then = before[at];
          const now = after[at];
          return row && then && now ? (
            <ThenRow
              key={row.id}
              row={row}
              at={at}
              then={then}
              now={now}
              isCurrent={at === current}
              host={difference.host}
            />
          ) : null;
        })}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: DifferenceRow;
  readonly at: number;
  readonly then: RowGuides;
  readonly now: RowGuides;
  readonly isCurrent: boolean;
  readonly host: string;
}

function ThenRow({ row, at, then, now, isCurrent, host }: RowProps) {
  const { t } = useTranslation('compare');
  const zone = useZone();
  const added = row.changes.includes('added');
  const removed = row.changes.includes('removed');
  const other = !added && !removed && row.changes.length > 0;
  const side = row.after ?? row.before;
  const start = readMoment(side?.start);
  const arrived = readMoment(row.arrived);
  const highest = Math.max(0, ...row.flags.map((flag) => severities.indexOf(flag.severity)));
  return (
    <div
      className={`tnrow${added ? ' add' : ''}${removed ? ' gone' : ''}${other ? ' reg' : ''}${isCurrent ? ' chosen' : ''}`}
      role="row"
      aria-level={(side?.depth ?? 0) + 1}
      tabIndex={-1}
      style={{ transform: `translateY(${at * height}px)` }}
    >
      {row.before ? (
        <div className="c-proc" role="gridcell">
          <SideCell side={row.before} guides={then} host={host} />
        </div>
      ) : (
        <div className="c-proc nyet" role="gridcell" title={t('notArrived')}>
          {then.passing.length > 0 && <RowLines guides={then} glyph="none" on={false} height={height} />}
        </div>
      )}
      <div
        className="mk"
        role="gridcell"
        title={row.changes.map((change) => t(changeWords[change])).join(', ')}
      >
        {added && <Plus size={12} aria-label={t('markAdded')} />}
        {removed && <Minus size={12} aria-label={t('markRemoved')} />}
        {other && <EqualNot size={12} aria-label={t('markChanged')} />}
      </div>
      {row.after ? (
        <div className="c-proc c-now" role="gridcell">
          <SideCell side={row.after} guides={now} host={host} />
        </div>
      ) : (
        <div className="c-proc nyet" role="gridcell" />
      )}
      <div className="c-x" role="gridcell">
        <SeverityMark severity={severities[highest] ?? 'none'} count={row.flags.length} />
      </div>
      <div className="c-x num" role="gridcell">
        {start === undefined || side?.basis === 'claimed' ? '' : clockOf(start, zone)}
      </div>
      <div className="c-x num" role="gridcell">
        {arrived === undefined ? '' : clockOf(arrived, zone)}
      </div>
      <div className="c-x num" role="gridcell">
        {row.lateSeconds === null ? '' : durationText(Math.max(0, row.lateSeconds))}
      </div>
      <div className="c-x" role="gridcell">
        <ChangeText row={row} />
      </div>
    </div>
  );
}

function SideCell({
  side,
  guides,
  host,
}: {
  side: NonNullable<DifferenceRow['after']>;
  guides: RowGuides;
  host: string;
}) {
  const { t } = useTranslation('tree');
  const claimed = side.basis === 'claimed';
  return (
    <>
      <RowLines
        guides={guides}
        glyph={claimed ? 'claimednode' : side.depth === 0 && side.grade === 'exact' ? 'root' : side.grade}
        on={false}
        height={height}
      />
      <span className="car" />
      <Link className="nm" tabIndex={-1} to="/tree" search={{ host, id: side.id }}>
        <RecordedText text={side.name} />
      </Link>
      {side.pid !== null && <span className="pid">{side.pid}</span>}
      {claimed && <span className="ctag">{t('claimedTag')}</span>}
    </>
  );
}

const changeWords = {
  added: 'markAdded',
  removed: 'markRemoved',
  changed: 'markChanged',
  relinked: 'markRelinked',
  regraded: 'markRegraded',
} as const;

function ChangeText({ row }: { readonly row: DifferenceRow }) {
  const { t } = useTranslation(['compare', 'tree']);
  const reason = useReasonText();
  const { before, after } = row;
  const parts: string[] = [];
  if (before && after) {
    if (before.basis === 'claimed' && after.basis !== 'claimed') parts.push(t('nowSeen'));
    if (before.grade !== after.grade)
      parts.push(
        `${t(gradeWord(before.grade), { ns: 'tree' })} → ${t(gradeWord(after.grade), { ns: 'tree' })}`,
      );
    if (row.changes.includes('relinked')) parts.push(t('markRelinked'));
    for (const field of row.fields.slice(0, 2))
      parts.push(`${field.field}: ${field.before ?? '–'} → ${field.after ?? '–'}`);
  }
  const text = parts.join(', ');
  return (
    <RecordedText
      text={text === '' && row.reasons[0] && row.changes.length > 0 ? reason(row.reasons[0]) : text}
      most={160}
    />
  );
}
