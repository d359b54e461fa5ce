import { CornerDownRight, Quote } from 'lucide-react';
import { memo } from 'react';
import type { TreeRow } from '../../../src/server/contracts/tree.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { clockOf, dateClockOf, dateOf } from '../text/time.ts';
import { CommandCell } from './command-cell.tsx';
import { EvidenceSlots, slotsLabel } from './evidence-slots.tsx';
import { LifetimeCell } from './lifetime-cell.tsx';
import { deltaText } from './model/delta-text.ts';
import { rowKinds } from './model/row-buffer.ts';
import {
  basisAt,
  type Grade,
  gradeAt,
  nameAt,
  parentAt,
  severityAt,
  type TreeColumns,
  userAt,
  valueAt,
} from './model/tree-columns.ts';
import { countBelow } from './model/tree-shape.ts';
import { ProcessCell } from './process-cell.tsx';
import type { CellProps, RowFrame, RowProps } from './row-frame.ts';
import { SeverityMark, severityWord } from './severity-mark.tsx';
import { changesUser, shortUser } from './short-user.ts';
import type { TreeView } from './use-tree-view.ts';

const gradeWords = {
  exact: 'gradeExact',
  probable: 'gradeProbable',
  ambiguous: 'gradeAmbiguous',
  claimed: 'gradeClaimed',
  none: 'gradeNone',
} as const satisfies Record<Grade, string>;

export function gradeWord(grade: Grade): (typeof gradeWords)[Grade] {
  return gradeWords[grade];
}

export const TreeRowView = memo(function TreeRowView(props: RowProps) {
  const { frame, row } = props;
  const kind = frame.view.rows.kind[row];
  return kind === rowKinds.section ? <SectionRow {...props} /> : <ProcessRow {...props} />;
});

function SectionRow({ top, row, frame, measure }: RowProps) {
  const { t } = frame;
  const others = frame.view.rows.length - row - 1;
  return (
    <div
      className="trow sect"
      role="row"
      aria-rowindex={row + 2}
      style={placed(top)}
      data-index={row}
      ref={measure}
    >
      <div role="gridcell">
        <CornerDownRight className="i" size={12} aria-hidden />
        <span>{t('otherRoots', { count: others })}</span>
      </div>
    </div>
  );
}

function ProcessRow(props: RowProps) {
  const { frame, row, top, details, isCurrent, isHit, isMarked, flash, measure } = props;
  const { t } = frame;
  const { rows, loaded } = frame.view;
  const { columns } = loaded;
  const at = valueAt(rows.position, row);
  const isGroup = rows.kind[row] !== rowKinds.process;
  const claimed = basisAt(columns, at) === 'claimed';
  const expandable = rows.expandable[row] === 1;
  const onChain = frame.chain.has(row);
  const classes = ['trow'];
  if (claimed) classes.push('claimed');
  if (onChain) classes.push('chain');
  if (isGroup) classes.push('fold');
  if (isCurrent) classes.push('sel');
  if (isHit) classes.push('hit');
  if (isMarked) classes.push('marked');
  if (flash) classes.push('flash');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys
    <div
      className={classes.join(' ')}
      role="row"
      aria-rowindex={row + 2}
      aria-level={valueAt(rows.depth, row) + 1}
      aria-setsize={valueAt(rows.setSize, row)}
      aria-posinset={valueAt(rows.placeInSet, row)}
      aria-expanded={expandable ? rows.expanded[row] === 1 : undefined}
      aria-selected={isCurrent}
      aria-label={rowLabel(props, at, isGroup)}
      tabIndex={isCurrent ? 0 : -1}
      style={placed(top)}
      data-row={row}
      data-index={row}
      ref={measure}
      onClick={(event) => frame.onSelect(row, event)}
      title={claimed && details?.unseen[0] === undefined ? t('gradeClaimed') : undefined}
    >
      {frame.columns.shown.map((name) => (
        <Cell key={name} name={name} at={at} isGroup={isGroup} claimed={claimed} {...props} />
      ))}
    </div>
  );
}

function Cell(props: CellProps) {
  const { name, at, frame, isGroup, claimed, details } = props;
  const { columns } = frame.view.loaded;
  switch (name) {
    case 'process':
      return <ProcessCell {...props} />;
    case 'start': {
      const start = columns.start[at] ?? Number.NaN;
      return (
        <div className="c-start num" role="gridcell">
          {!Number.isNaN(start) && !claimed && <StartTime moment={columns.origin + start} frame={frame} />}
        </div>
      );
    }
    case 'delta':
      return <DeltaCell columns={columns} at={at} t={frame.t} />;
    case 'lifetime':
      return (
        <div className="c-life" role="gridcell">
          <LifetimeCell
            columns={columns}
            position={at}
            until={isGroup && frame.view.rows.expanded[props.row] !== 1 ? lastAlike(frame.view, at) : at}
            axis={frame.view.axis}
          />
        </div>
      );
    case 'user': {
      const user = userAt(columns, at);
      const above = userAt(columns, parentAt(columns, at));
      return (
        <div className={changesUser(user, above) ? 'c-user strong' : 'c-user'} role="gridcell" title={user}>
          {user !== undefined && <RecordedText text={shortUser(user)} />}
        </div>
      );
    }
    case 'command':
      return <CommandColumn {...props} />;
    case 'evidence':
      return claimed ? null : (
        <div className="c-ev" role="gridcell">
          {details ? <EvidenceSlots evidence={details.evidence} t={frame.t} reason={frame.reason} /> : null}
        </div>
      );
    case 'flags':
      return claimed && severityAt(columns, at) === 'none' ? null : (
        <div className="c-flag" role="gridcell">
          <FlagCell columns={columns} at={at} details={details} reason={frame.reason} />
        </div>
      );
  }
}

interface FlagCellProps {
  readonly columns: TreeColumns;
  readonly at: number;
  readonly details: TreeRow | undefined;
  readonly reason: RowFrame['reason'];
}

function FlagCell({ columns, at, details, reason }: FlagCellProps) {
  if (valueAt(columns.severity, at) === 0) return null;
  const title = details?.flags.map((flag) => reason(flag.reason)).join('\n');
  return <SeverityMark severity={severityAt(columns, at)} count={valueAt(columns.flags, at)} title={title} />;
}

function StartTime({ moment, frame }: { readonly moment: number; readonly frame: RowFrame }) {
  const clock = clockOf(moment, frame.zone, 'milliseconds');
  const days = Math.round((Date.parse(dateOf(moment, frame.zone)) - frame.day) / 86_400_000);
  return (
    <span title={`${dateClockOf(moment, frame.zone, 'milliseconds')} ${frame.zone}`}>
      {clock.slice(0, 8)}
      {frame.columns.wide && <span className="ms">{clock.slice(8)}</span>}
      {days !== 0 && <sup>{days > 0 ? `+${days}` : `−${-days}`}</sup>}
    </span>
  );
}

function DeltaCell({ columns, at, t }: { columns: TreeColumns; at: number; t: RowFrame['t'] }) {
  const above = parentAt(columns, at);
  const delta = (columns.start[at] ?? Number.NaN) - (columns.start[above] ?? Number.NaN);
  const known = above >= 0 && !Number.isNaN(delta) && basisAt(columns, above) !== 'claimed';
  return (
    <div
      className={known && delta < 0 ? 'c-d num bad' : 'c-d num'}
      role="gridcell"
      title={known && delta < 0 ? t('startedBeforeParent') : undefined}
    >
      {known ? deltaText(delta) : ''}
    </div>
  );
}

function CommandColumn(props: CellProps) {
  const { frame, details, claimed, isGroup, isCurrentHit } = props;
  const { t, reason } = frame;
  if (claimed) {
    const why =
      details && (details.unseen.length > 0 ? details.unseen.map(reason).join('; ') : t('notSeenCreated'));
    return (
      <div className="c-cmd" role="gridcell" title={why}>
        <span className="why">
          <Quote className="i" size={12} aria-hidden />
          <span>{why ?? ''}</span>
        </span>
      </div>
    );
  }
  return (
    <div className="c-cmd" role="gridcell">
      {details === undefined ? (
        <span className="skel" />
      ) : details.commandLine ? (
        <CommandCell
          text={details.commandLine.text}
          length={details.commandLine.length}
          find={frame.view.state.find}
          isCurrentHit={isCurrentHit}
          room={frame.room}
          wrap={frame.wrap}
          t={t}
        />
      ) : (
        <span className="nocl" title={t('noCommandLine')}>
          {details.image ? (
            <RecordedText text={details.image} hit={frame.view.state.find} />
          ) : (
            t('noCommandLine')
          )}
        </span>
      )}
      {isGroup && <span className="aside">{t('alike')}</span>}
    </div>
  );
}

function rowLabel({ frame, row, details }: RowProps, at: number, isGroup: boolean): string {
  const { t } = frame;
  const { columns, shape } = frame.view.loaded;
  const { rows } = frame.view;
  const severity = severityAt(columns, at);
  const start = columns.start[at] ?? Number.NaN;
  const parts = [
    nameAt(columns, at) ?? '?',
    isGroup ? `× ${valueAt(rows.count, row)}` : String(valueAt(columns.pid, at)),
    t(gradeWords[gradeAt(columns, at)]),
  ];
  if (!Number.isNaN(start)) parts.push(clockOf(columns.origin + start, frame.zone));
  if (severity !== 'none') parts.push(`${t(severityWord(severity))} ${valueAt(columns.flags, at)}`);
  if (details) {
    const slots = slotsLabel(
      details.evidence,
      (key) => t(key),
      (key) => t(key),
    );
    if (slots !== '') parts.push(slots);
    const mark = isGroup ? undefined : frame.traffic.get(details.id);
    if (mark) parts.push(mark.title);
  }
  if (!isGroup && rows.expandable[row] === 1 && rows.expanded[row] !== 1)
    parts.push(t('belowTitle', { count: countBelow(shape, at), flagged: valueAt(shape.flaggedBelow, at) }));
  return parts.join(', ');
}

/** The last of the group that begins with a process. */
function lastAlike(view: TreeView, first: number): number {
  const { columns, shape } = view.loaded;
  const parent = parentAt(columns, first);
  const fold = valueAt(columns.fold, first);
  const end = parent < 0 ? columns.size : valueAt(shape.end, parent);
  let last = first;
  for (let at = first; at < end; at = Math.max(valueAt(shape.end, at), at + 1))
    if (columns.fold[at] === fold) last = at;
  return last;
}

function placed(top: number): { transform: string } {
  return { transform: `translateY(${top}px)` };
}
