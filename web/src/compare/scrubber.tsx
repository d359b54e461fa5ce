import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Difference } from '../../../src/server/contracts/compare.ts';
import { count } from '../text/quantity.ts';
import { axisDay, clockOf, readMoment, useZone, zoneOffset } from '../text/time.ts';
import { axisTicks, shareAt } from '../tree/model/time-axis.ts';
import { momentText, nowOf } from './moments.ts';

interface Props {
  readonly difference: Difference;
  readonly from: number;
  readonly onMove: (moment: number) => void;
}

/** Width of a handle's words, in per cent of the plot at 1280 px. */
const wordsWidth = 20;

/** Process starts by the moment of their arrival, with two handles: then can be moved. */
export function Scrubber({ difference, from, onMove }: Props) {
  const { t } = useTranslation('compare');
  const zone = useZone();
  const plot = useRef<HTMLDivElement>(null);
  const dragging = useRef(false);
  const { arrivals } = difference;
  const start = readMoment(arrivals.from);
  const end = readMoment(arrivals.to);
  if (start === undefined || end === undefined || end <= start) return <div className="scrub" />;
  const span = { from: start, to: end };
  const most = Math.max(1, ...arrivals.counts);
  const bucket = arrivals.bucketSeconds * 1000;
  const width = (bucket / (end - start)) * 100;
  const move = (event: React.PointerEvent): void => {
    const bounds = plot.current?.getBoundingClientRect();
    if (!bounds) return;
    const share = Math.min(1, Math.max(0, (event.clientX - bounds.left) / bounds.width));
    onMove(start + share * (end - start));
  };
  const at = shareAt(span, from) * 100;
  const now = Math.min(1, shareAt(span, readMoment(difference.to) ?? end)) * 100;
  const days = end - start > 86_400_000;
  // The handles' words stand apart: of two that are near, then's at its left and now's at its right, where there is room.
  const areNear = now - at < wordsWidth;
  const thenToLeft = areNear ? at > wordsWidth : at > 60;
  const nowToRight = areNear && now < 100 - wordsWidth;
  return (
    <div className="scrub">
      <div
        className="plot"
        ref={plot}
        onPointerDown={(event) => {
          dragging.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          move(event);
        }}
        onPointerMove={(event) => dragging.current && move(event)}
        onPointerUp={() => {
          dragging.current = false;
        }}
      >
        {arrivals.counts.map((value, part) =>
          value > 0 ? (
            <i
              // biome-ignore lint/suspicious/noArrayIndexKey: parts never move
              key={part}
              className={start + (part + 1) * bucket <= from + 1 ? 'in' : undefined}
              style={{
                left: `${part * width}%`,
                width: `calc(${width}% - 1.5px)`,
                height: `${(Math.sqrt(value) / Math.sqrt(most)) * 78 + 3}%`,
              }}
            />
          ) : null,
        )}
        <span
          className={thenToLeft ? 'hd r' : 'hd'}
          role="slider"
          tabIndex={0}
          aria-label={t('thenHandle')}
          aria-valuenow={Math.round(at)}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuetext={clockOf(from, zone)}
          style={{ left: `${at}%` }}
          onKeyDown={(event) => {
            const step = { ArrowLeft: -1, ArrowRight: 1, PageDown: 10, PageUp: -10 }[event.key];
            if (step === undefined) return;
            event.preventDefault();
            onMove(from + step * bucket);
          }}
        >
          <em className="num">
            <b>{t('thenWord')}</b> {momentText(from, nowOf(difference), zone)},{' '}
            {t('thenCount', { count: difference.summary.before, text: count(difference.summary.before) })}
          </em>
        </span>
        <span className={nowToRight ? 'hd now' : 'hd r now'} style={{ left: `calc(${now}% - 2px)` }}>
          <em className="num">
            <b>{t('now')}</b> {clockOf(nowOf(difference), zone)}
          </em>
        </span>
      </div>
      <div className="xax num">
        {axisTicks(span, 10, zoneOffset(start, zone) * 60_000).map((tick) => (
          <i key={tick.time} style={{ left: `${tick.at * 100}%` }}>
            {days
              ? axisDay(tick.time, zone, end - start)
              : clockOf(tick.time, zone, precisionOf(end - start))}
          </i>
        ))}
      </div>
    </div>
  );
}

function precisionOf(length: number): 'milliseconds' | 'seconds' | 'minutes' {
  if (length < 8000) return 'milliseconds';
  return length < 300_000 ? 'seconds' : 'minutes';
}
