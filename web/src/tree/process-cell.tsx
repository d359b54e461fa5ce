import { ChevronDown, ChevronRight, StickyNote, TriangleAlert } from 'lucide-react';
import type { TrafficMark } from '../egress/traffic-marks.ts';
import { verdictIcons } from '../egress/verdict-tag.tsx';
import type { GlyphName } from '../frame/glyph.tsx';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { rowGuides } from './model/row-guides.ts';
import { gradeAt, nameAt, parentAt, userAt, valueAt } from './model/tree-columns.ts';
import { countBelow } from './model/tree-shape.ts';
import type { CellProps } from './row-frame.ts';
import { isDeep, RowLines } from './row-lines.tsx';
import { changesUser, shortUser } from './short-user.ts';

/** Lines of rows whose command lines wrap are drawn this far down, and cut by the row. */
const tallest = 8000;

/** Lines, mark, name and process id, and what is folded or left out below. */
export function ProcessCell(props: CellProps) {
  const { frame, row, at, isGroup, claimed, details, isCurrentHit } = props;
  const { t } = frame;
  const { rows, loaded, state } = frame.view;
  const { columns, shape } = loaded;
  const level = valueAt(rows.depth, row);
  const pid = valueAt(columns.pid, at);
  const onChain = frame.chain.has(row);
  const grade = gradeAt(columns, at);
  const glyph: GlyphName = claimed
    ? 'claimednode'
    : level === 0 && parentAt(columns, at) < 0
      ? grade === 'exact'
        ? 'root'
        : grade
      : grade;
  const expandable = rows.expandable[row] === 1;
  const expanded = rows.expanded[row] === 1;
  const below = countBelow(shape, at);
  const closed = !isGroup && expandable && !expanded;
  const notes = details ? (frame.notes.get(details.id) ?? 0) : 0;
  const mark = details ? frame.traffic.get(details.id) : undefined;
  const Caret = expanded ? ChevronDown : ChevronRight;
  const user = userAt(columns, at);
  const showsUser =
    !frame.columns.shown.includes('user') &&
    changesUser(user, userAt(columns, parentAt(columns, at))) &&
    level > 0;
  return (
    <div className="c-proc" role="gridcell">
      <RowLines
        guides={rowGuides(columns, rows, row, frame.chain)}
        glyph={glyph}
        on={onChain && row !== frame.view.currentRow}
        height={24}
        reach={frame.wrap ? tallest : 24}
      />
      {isDeep(level) && <span className="lvl num">{level}</span>}
      {expandable ? (
        <button
          type="button"
          className="car"
          tabIndex={-1}
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            frame.onToggle(row);
          }}
        >
          <Caret className="i" size={12} />
        </button>
      ) : (
        <span className="car" />
      )}
      <b className="nm">
        <RecordedText text={nameAt(columns, at) ?? '?'} hit={state.find} now={isCurrentHit} />
      </b>
      {isGroup ? (
        <span className="times">× {count(valueAt(rows.count, row))}</span>
      ) : (
        pid >= 0 && <span className="pid">{pid}</span>
      )}
      {claimed && <span className="ctag">{t('claimedTag')}</span>}
      {!isGroup && grade === 'ambiguous' && valueAt(columns.candidates, at) > 1 && (
        <button
          type="button"
          className="more cand"
          tabIndex={-1}
          title={t('candidatesOpen', { count: valueAt(columns.candidates, at) })}
          onClick={(event) => {
            event.stopPropagation();
            frame.onCandidates(row);
          }}
        >
          {t('candidatesShort', { count: valueAt(columns.candidates, at) })}
        </button>
      )}
      {showsUser && (
        <span className="utag">
          <RecordedText text={shortUser(user ?? '')} />
        </span>
      )}
      {closed && (
        <button
          type="button"
          className="more"
          tabIndex={-1}
          title={t('belowTitle', { count: below, flagged: valueAt(shape.flaggedBelow, at) })}
          onClick={(event) => {
            event.stopPropagation();
            frame.onToggle(row);
          }}
        >
          +{count(below)}
          {valueAt(shape.flaggedBelow, at) > 0 && (
            <>
              <TriangleAlert className="i" size={11} aria-hidden />
              {count(valueAt(shape.flaggedBelow, at))}
            </>
          )}
        </button>
      )}
      {!isGroup && valueAt(columns.leftOut, at) > 0 && (
        <button
          type="button"
          className="more out"
          tabIndex={-1}
          title={t('leftOutTitle', { count: valueAt(columns.leftOut, at) })}
          onClick={(event) => {
            event.stopPropagation();
            frame.onLeftOut(row);
          }}
        >
          ⋯{count(valueAt(columns.leftOut, at))}
        </button>
      )}
      {mark && !isGroup && <TrafficSign mark={mark} />}
      {notes > 0 && (
        <span className="noted" title={t('notesTitle', { count: notes })}>
          <StickyNote className="i" size={12} aria-hidden />
        </span>
      )}
    </div>
  );
}

/** What came of its traffic: solid where that is explained, with a question mark where it is only likely its own. */
function TrafficSign({ mark }: { readonly mark: TrafficMark }) {
  const Icon = verdictIcons[mark.code];
  return (
    <span className={mark.sure ? `traffic v-${mark.code}` : 'traffic maybe'} title={mark.title}>
      <Icon className="i" size={12} aria-hidden />
      {mark.sure ? '' : '?'}
    </span>
  );
}
