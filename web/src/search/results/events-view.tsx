import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchState } from '../../../../src/server/contracts/search.ts';
import { count } from '../../text/quantity.ts';
import { RecordedText } from '../../text/recorded-text.tsx';
import { dateClockOf, readMoment, useZone, zoneLabel } from '../../text/time.ts';
import { eventBrief } from './event-brief.ts';
import { FieldList } from './field-list.tsx';
import { processOfRow } from './process-of-row.ts';
import { rowWindow, scrollTo } from './row-window.ts';
import { SkeletonRows } from './skeleton-rows.tsx';
import { TreeAnchor } from './tree-anchor.tsx';
import { type ResultRow, useRows } from './use-rows.ts';
import { useScroll } from './use-scroll.ts';

interface Props {
  readonly state: SearchState;
  /** The search that found these events, for questions about their fields. */
  readonly base: string;
  readonly hit: string;
  readonly opened: string | undefined;
  readonly onEvent: (id: string) => void;
  readonly onCondition: (field: string, value: string, include: boolean) => void;
}

const rowHeight = 26;
const headHeight = 26;

/** Events one a line, with the fields that they have beside them. */
export function EventsView({ state, base, hit, opened, onEvent, onCondition }: Props) {
  const { t } = useTranslation('search');
  const zone = useZone();
  const scroller = useRef<HTMLDivElement>(null);
  const { top, height } = useScroll(scroller);
  const viewport = Math.max(0, height - headHeight);
  const [here, setHere] = useState(0);
  const window = rowWindow(state.rows, rowHeight, top, viewport);
  const { rowAt, failed, again } = useRows(state.id, undefined, state.rows, window.from, window.to);

  const goTo = (next: number): void => {
    const row = Math.max(0, Math.min(state.rows - 1, next));
    setHere(row);
    const element = scroller.current;
    if (element) element.scrollTop = scrollTo(row, state.rows, rowHeight, element.scrollTop, viewport);
  };
  const open = (row: number): void => {
    const cells = rowAt(row);
    const id = cells && eventBrief(state.columns, cells).id;
    if (id !== undefined) onEvent(id);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.target !== scroller.current) return;
    const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
    const moves: Record<string, () => void> = {
      ArrowDown: () => goTo(here + 1),
      ArrowUp: () => goTo(here - 1),
      PageDown: () => goTo(here + page),
      PageUp: () => goTo(here - page),
      Home: () => goTo(0),
      End: () => goTo(state.rows - 1),
      Enter: () => open(here),
      ' ': () => open(here),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };

  return (
    <div className="rbody evp">
      <FieldList key={state.id} state={state} base={base} onCondition={onCondition} />
      <div
        className="evlist"
        ref={scroller}
        role="grid"
        aria-label={t('eventsHead')}
        aria-rowcount={state.rows + 1}
        aria-colcount={3}
        aria-activedescendant={here >= window.from && here < window.to ? `event-${here}` : undefined}
        tabIndex={0}
        data-region
        data-region-focus
        onKeyDown={onKey}
      >
        <div className="er eh" role="row" aria-rowindex={1}>
          <span role="columnheader">
            {t('timeHead', { zone: zoneLabel(Date.now(), zone).split(' ')[0] ?? '' })}
          </span>
          <span role="columnheader">{t('hostHead')}</span>
          <span role="columnheader">{t('eventHead')}</span>
        </div>
        {failed && (
          <div className="bnr err" role="alert">
            <span>{t('rowsFailed', { message: failed.message })}</span>
            <button type="button" className="lnk" onClick={again}>
              {t('tryAgain')}
            </button>
          </div>
        )}
        {state.rows === 0 && state.state === 'running' && <SkeletonRows />}
        <div className="evbody" role="rowgroup" style={{ height: window.height }}>
          {Array.from({ length: Math.max(0, window.to - window.from) }, (_, at) => window.from + at).map(
            (row, at) => (
              <EventLine
                key={row % window.most}
                row={row}
                top={window.top + at * rowHeight}
                cells={rowAt(row)}
                state={state}
                zone={zone}
                hit={hit}
                here={row === here}
                opened={opened}
                onOpen={() => {
                  setHere(row);
                  open(row);
                }}
              />
            ),
          )}
        </div>
      </div>
    </div>
  );
}

interface LineProps {
  readonly row: number;
  readonly top: number;
  readonly cells: ResultRow | undefined;
  readonly state: SearchState;
  readonly zone: string;
  readonly hit: string;
  readonly here: boolean;
  readonly opened: string | undefined;
  readonly onOpen: () => void;
}

function EventLine({ row, top, cells, state, zone, hit, here, opened, onOpen }: LineProps) {
  const { t } = useTranslation('search');
  const style = { transform: `translateY(${top}px)` };
  if (!cells)
    return (
      <div id={`event-${row}`} className="er" style={style}>
        <span className="skel" style={{ width: '80%' }} />
        <span className="skel" style={{ width: '70%' }} />
        <span className="skel" style={{ width: `${40 + ((row * 11) % 40)}%` }} />
      </div>
    );
  const brief = eventBrief(state.columns, cells);
  const moment = readMoment(brief.time);
  const process = processOfRow(state.columns, cells);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
    <div
      id={`event-${row}`}
      role="row"
      aria-selected={brief.id !== undefined && brief.id === opened}
      aria-rowindex={row + 2}
      className={`er${here ? ' here' : ''}${brief.id !== undefined && brief.id === opened ? ' sel' : ''}`}
      style={style}
      onClick={onOpen}
    >
      <span role="gridcell" className="num" title={brief.time}>
        {moment === undefined ? count(row + 1) : dateClockOf(moment, zone, 'milliseconds')}
      </span>
      <span role="gridcell" className="evhost">
        <RecordedText text={brief.host} most={60} />
      </span>
      <span role="gridcell" className="ebody">
        {process && <TreeAnchor process={process} label={t('showTree')} />}
        {brief.title !== '' && (
          <b>
            <RecordedText text={brief.title} most={80} hit={hit} />
          </b>
        )}
        <code>
          <RecordedText text={brief.text} most={400} hit={hit} />
        </code>
        {brief.facts.map(([name, value]) => (
          <span className="kv" key={name}>
            <i>{name}</i>
            <RecordedText text={value} most={80} />
          </span>
        ))}
      </span>
    </div>
  );
}
