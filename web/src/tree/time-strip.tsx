import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clockOf, useZone, zoneOffset } from '../text/time.ts';
import { spanOf } from './model/lifetime-bar.ts';
import { byStart, grown, startBeside, stripKeys, zoomed } from './model/strip-keys.ts';
import { axisTicks, shareAt, type TimeSpan } from './model/time-axis.ts';
import { nameAt, type TreeColumns, valueAt } from './model/tree-columns.ts';
import type { VisibleRows } from './model/visible-rows.ts';
import type { TreeView } from './use-tree-view.ts';

interface Props {
  readonly view: TreeView;
  /** First and last row in view. */
  readonly first: number;
  readonly last: number;
}

const parts = 240;

/**
 * Process starts of the tree over time. Flagged ones stand out; a bracket shows which time the rows in view are of; a press
 * selects the nearest process, a drag narrows the tree to a time. By keys: arrows go to the process that started before or
 * after, with Shift a time grows from where it is, Enter narrows to it, + and - zoom, Escape gives the whole time back.
 */
export function TimeStrip({ view, first, last }: Props) {
  const { t } = useTranslation('tree');
  const zone = useZone();
  const box = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number }>();
  const [held, setHeld] = useState<{ from: number; to: number }>();
  const { columns } = view.loaded;
  const span = useMemo(() => {
    const all = spanOf(
      columns,
      Array.from({ length: columns.size }, (_, at) => at),
    );
    return { from: all.from, to: all.to + 1 };
  }, [columns]);
  const { loaded, rows } = view;
  const { counts, hot, most } = useMemo(() => histogram(loaded.columns, span), [loaded, span]);
  const seen = useMemo(() => rowsSpan(rows, loaded.columns, first, last), [rows, loaded, first, last]);
  const selected = columns.start[view.state.selected] ?? Number.NaN;
  const shareOf = (event: React.PointerEvent): number => {
    const bounds = box.current?.getBoundingClientRect();
    return bounds ? Math.min(1, Math.max(0, (event.clientX - bounds.left) / bounds.width)) : 0;
  };
  const momentOf = (share: number): number => span.from + share * (span.to - span.from) - columns.origin;
  const finish = (): void => {
    if (!drag) return;
    setDrag(undefined);
    if (Math.abs(drag.to - drag.from) < 0.004) {
      const at = nearestStart(view, momentOf(drag.from));
      if (at >= 0) view.reveal(at);
      return;
    }
    const time = { from: momentOf(Math.min(drag.from, drag.to)), to: momentOf(Math.max(drag.from, drag.to)) };
    view.change((before) => ({ filter: { ...before.filter, time } }));
  };
  const { time } = view.state.filter;
  const order = useMemo(() => byStart(columns), [columns]);
  const narrow = (to: TimeSpan | undefined): void => {
    setHeld(undefined);
    view.change((before) => ({ filter: { ...before.filter, time: to } }));
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const moment = Number.isNaN(selected) ? momentOf(0) : selected;
    const whole = { from: momentOf(0), to: momentOf(1) };
    const act = stripKeys(event, {
      go: (by) => {
        const at = startBeside(columns, order, moment, view.state.selected, by);
        if (at !== undefined) view.reveal(at);
      },
      goTo: (end) => {
        const at = order[end === 'first' ? 0 : order.length - 1];
        if (at !== undefined) view.reveal(at);
      },
      grow: (by) => setHeld((before) => grown(before ?? { from: moment, to: moment }, by, whole)),
      take: () => held && narrow({ from: Math.min(held.from, held.to), to: Math.max(held.from, held.to) }),
      zoom: (factor) => narrow(zoomed(time ?? whole, moment, factor, whole)),
      whole: () => (held ? setHeld(undefined) : narrow(undefined)),
    });
    if (act) event.preventDefault();
  };
  const shownHeld = held && [
    shareAt(span, columns.origin + Math.min(held.from, held.to)),
    shareAt(span, columns.origin + Math.max(held.from, held.to)),
  ];
  return (
    <div
      className="tstrip"
      ref={box}
      role="slider"
      aria-label={t('stripLabel')}
      aria-description={t('stripKeys')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Number.isNaN(selected) ? 0 : Math.round(shareAt(span, columns.origin + selected) * 100)}
      aria-valuetext={stripText(view, zone, held ?? time)}
      title={t('stripHint')}
      tabIndex={0}
      data-region
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ from: shareOf(event), to: shareOf(event) });
      }}
      onPointerMove={(event) => drag && setDrag({ ...drag, to: shareOf(event) })}
      onPointerUp={finish}
    >
      <svg viewBox={`0 0 ${parts} 30`} preserveAspectRatio="none" aria-hidden="true">
        {counts.map((value, part) =>
          value > 0 ? (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: parts never move
              key={part}
              x={part + 0.1}
              width={0.8}
              y={30 - barHeight(value, most)}
              height={barHeight(value, most)}
            />
          ) : null,
        )}
        {hot.map((value, part) =>
          value > 0 ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts never move
            <rect key={part} className="hot" x={part + 0.1} width={0.8} y={26} height={4} />
          ) : null,
        )}
      </svg>
      {axisTicks(span, 8, zoneOffset(span.from, zone) * 60_000).map((tick) => (
        <i key={tick.time} className="num" style={{ left: `${tick.at * 100}%` }}>
          {clockOf(tick.time, zone, 'minutes')}
        </i>
      ))}
      {seen && (
        <span
          className="seen"
          style={{
            left: `${shareAt(span, columns.origin + seen.from) * 100}%`,
            right: `${(1 - shareAt(span, columns.origin + seen.to)) * 100}%`,
          }}
        />
      )}
      {time && (
        <span
          className="brush"
          style={{
            left: `${shareAt(span, columns.origin + time.from) * 100}%`,
            right: `${(1 - shareAt(span, columns.origin + time.to)) * 100}%`,
          }}
        />
      )}
      {shownHeld && (
        <span
          className="brush"
          style={{ left: `${(shownHeld[0] ?? 0) * 100}%`, right: `${(1 - (shownHeld[1] ?? 0)) * 100}%` }}
        />
      )}
      {drag && (
        <span
          className="brush"
          style={{
            left: `${Math.min(drag.from, drag.to) * 100}%`,
            right: `${(1 - Math.max(drag.from, drag.to)) * 100}%`,
          }}
        />
      )}
      {!Number.isNaN(selected) && (
        <span className="needle" style={{ left: `${shareAt(span, columns.origin + selected) * 100}%` }} />
      )}
    </div>
  );
}

/** Where the strip is, for a reader of screens: the chosen time, else the selected process and its start. */
function stripText(view: TreeView, zone: string, time: TimeSpan | undefined): string {
  const { columns } = view.loaded;
  const clock = (moment: number): string => clockOf(columns.origin + moment, zone, 'seconds');
  if (time) return `${clock(Math.min(time.from, time.to))} – ${clock(Math.max(time.from, time.to))}`;
  const { selected } = view.state;
  const start = columns.start[selected] ?? Number.NaN;
  return Number.isNaN(start) ? '' : `${nameAt(columns, selected) ?? ''} ${clock(start)}`;
}

function barHeight(value: number, most: number): number {
  return 3 + (Math.sqrt(value) / Math.sqrt(most)) * 17;
}

function histogram(columns: TreeColumns, span: TimeSpan) {
  const counts = new Array<number>(parts).fill(0);
  const hot = new Array<number>(parts).fill(0);
  for (let at = 0; at < columns.size; at += 1) {
    const start = columns.start[at] ?? Number.NaN;
    if (Number.isNaN(start)) continue;
    const part = Math.min(parts - 1, Math.floor(shareAt(span, columns.origin + start) * parts));
    counts[part] = (counts[part] ?? 0) + 1;
    if (valueAt(columns.severity, at) >= 2) hot[part] = (hot[part] ?? 0) + 1;
  }
  return { counts, hot, most: Math.max(1, ...counts) };
}

/** The time between the first and the last start of the rows in view. */
function rowsSpan(
  rows: VisibleRows,
  columns: TreeColumns,
  first: number,
  last: number,
): { from: number; to: number } | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (let row = first; row <= last && row < rows.length; row += 1) {
    const start = columns.start[valueAt(rows.position, row)] ?? Number.NaN;
    if (Number.isNaN(start)) continue;
    from = Math.min(from, start);
    to = Math.max(to, start);
  }
  return from <= to ? { from, to } : undefined;
}

function nearestStart({ loaded }: TreeView, moment: number): number {
  const { columns } = loaded;
  let best = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (let at = 0; at < columns.size; at += 1) {
    const away = Math.abs((columns.start[at] ?? Number.NaN) - moment);
    if (away < distance) {
      distance = away;
      best = at;
    }
  }
  return best;
}
