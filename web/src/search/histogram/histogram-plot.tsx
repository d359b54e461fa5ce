import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../frame/preferences.ts';
import { lengthText } from '../../text/duration.ts';
import { count } from '../../text/quantity.ts';
import { clockOf, dateOf, dayOf, isOfYears, zoneOffset } from '../../text/time.ts';
import { axisMarks, type Brush, type Buckets, brushCount, brushOf, brushTimes } from './buckets.ts';

interface Props {
  readonly buckets: Buckets;
  /** From here on events may still arrive. Milliseconds since 1970. */
  readonly settlingFrom: number | undefined;
  readonly onRange: (from: number, to: number) => void;
}

const day = 86_400_000;

/** Events over time. Dragging chooses a range; with keys: arrows move, with Shift they extend, Enter takes it. */
export function HistogramPlot({ buckets, settlingFrom, onRange }: Props) {
  const { t } = useTranslation('search');
  const { zone, language } = usePreferences();
  const plot = useRef<HTMLDivElement>(null);
  const [brush, setBrush] = useState<Brush>();
  const [anchor, setAnchor] = useState(0);
  const [focused, setFocused] = useState(false);
  const length = buckets.to - buckets.from;
  const place = (moment: number): number =>
    Math.max(0, Math.min(100, ((moment - buckets.from) / length) * 100));
  const share = (buckets.width / length) * 100;
  const long = length > 2 * day;

  const bucketAt = (clientX: number): number => {
    const box = plot.current?.getBoundingClientRect();
    if (!box || box.width === 0) return 0;
    return Math.floor((((clientX - box.left) / box.width) * length) / buckets.width);
  };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    const element = event.currentTarget;
    const start = bucketAt(event.clientX);
    const from = event.clientX;
    let chosen: Brush | undefined;
    element.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent): void => {
      if (Math.abs(moved.clientX - from) < 4 && !chosen) return;
      chosen = brushOf(start, bucketAt(moved.clientX), buckets);
      setBrush(chosen);
    };
    const end = (): void => {
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', cancel);
    };
    const up = (): void => {
      end();
      if (chosen) take(chosen);
      else setBrush(undefined);
    };
    const cancel = (): void => {
      end();
      setBrush(undefined);
    };
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', cancel);
  };

  const take = (chosen: Brush): void => {
    const { from, to } = brushTimes(chosen, buckets);
    onRange(from, to);
  };

  const onKey = (event: KeyboardEvent): void => {
    const current = brush ?? { first: 0, last: 0 };
    const end = current.first === anchor ? current.last : current.first;
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -1e9, End: 1e9 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = brushOf(brush ? end + step : 0, brush ? end + step : 0, buckets).first;
      if (event.shiftKey && brush) setBrush(brushOf(anchor, next, buckets));
      else {
        setAnchor(next);
        setBrush({ first: next, last: next });
      }
    } else if (event.key === 'Enter' && brush) {
      event.preventDefault();
      take(brush);
    } else if (event.key === 'Escape' && brush) {
      event.preventDefault();
      setBrush(undefined);
    }
  };

  const times = brush && brushTimes(brush, buckets);
  const precision = buckets.width < 60_000 ? 'seconds' : 'minutes';
  const dayText = (moment: number): string =>
    isOfYears(length) ? dateOf(moment, zone) : dayOf(moment, zone, language);
  const clock = (moment: number): string =>
    long ? `${dayText(moment)} ${clockOf(moment, zone, precision)}` : clockOf(moment, zone, precision);
  const said = times
    ? t('brush', { from: clock(times.from), to: clock(times.to), count: brushCount(brush, buckets) })
    : '';
  const per = lengthText(buckets.width, language);

  return (
    <div className="hist">
      <div
        ref={plot}
        className="plot"
        role="group"
        aria-label={t('histogram', { per, count: buckets.total })}
        aria-description={t('histogramKeys')}
        data-region
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is operated by keys
        tabIndex={0}
        onPointerDown={onPointerDown}
        onKeyDown={onKey}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        {buckets.counts.map((number, at) => {
          const start = buckets.from + at * buckets.width;
          const late = settlingFrom !== undefined && start + buckets.width > settlingFrom;
          return number === 0 ? null : (
            <i
              key={start}
              className={late ? 'late' : undefined}
              title={`${clock(start)}, ${count(number)}`}
              style={{
                left: `${at * share}%`,
                width: share > 0.35 ? `calc(${Math.min(share, 100 - at * share)}% - 1.5px)` : `${share}%`,
                height: `${(number / buckets.most) * 100}%`,
              }}
            />
          );
        })}
        {settlingFrom !== undefined && settlingFrom < buckets.to && (
          <span className="settle" style={{ left: `${place(settlingFrom)}%` }}>
            <em>{t('settling', { length: lengthText(buckets.to - settlingFrom, language) })}</em>
          </span>
        )}
        {times && (
          <span
            className={place(times.to) > 70 ? 'brush atend' : 'brush'}
            style={{ left: `${place(times.from)}%`, width: `${place(times.to) - place(times.from)}%` }}
          >
            <em className="num">{said}</em>
          </span>
        )}
        <b className="ymax num" title={t('histogramMost', { per, count: buckets.most })}>
          {count(buckets.most)}
        </b>
      </div>
      <span className="visually-hidden" aria-live="polite">
        {focused ? said : ''}
      </span>
      <div className="xax num" aria-hidden="true">
        {axisMarks(buckets.from, buckets.to, 10, zoneOffset(buckets.from, zone)).map((mark) => (
          <i key={mark} style={{ left: `${place(mark)}%` }} className={place(mark) > 93 ? 'last' : undefined}>
            {long || clockOf(mark, zone) === '00:00:00' ? dayText(mark) : clockOf(mark, zone, precision)}
            {long && clockOf(mark, zone) !== '00:00:00' ? ` ${clockOf(mark, zone, 'minutes')}` : ''}
          </i>
        ))}
      </div>
    </div>
  );
}
