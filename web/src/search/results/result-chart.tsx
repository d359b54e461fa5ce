import 'uplot/dist/uPlot.min.css';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import type { RowsPage, SearchState } from '../../../../src/server/contracts/search.ts';
import { apiGet } from '../../api/client.ts';
import { usePreferences } from '../../frame/preferences.ts';
import { RecordedText } from '../../text/recorded-text.tsx';
import { clockOf, dateClockOf, dayOf, zoneOffset } from '../../text/time.ts';
import { axisMarks } from '../histogram/buckets.ts';
import { type ChartData, chartData } from './chart-data.ts';
import { mostPoints } from './chart-shape.ts';

type Shape = 'stacked' | 'columns' | 'lines';
const shapes = ['stacked', 'columns', 'lines'] as const;

/** The rows of `timechart`, `chart` or `stats` as a chart. */
export function ResultChart({
  state,
  sort,
}: {
  readonly state: SearchState;
  readonly sort: string | undefined;
}) {
  const { t } = useTranslation('search');
  const { zone, theme } = usePreferences();
  const [shape, setShape] = useState<Shape>('stacked');
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [index, setIndex] = useState<number>();
  const rows = useQuery({
    queryKey: ['chart-rows', state.id, sort ?? '', state.rows],
    queryFn: ({ signal }) =>
      apiGet<RowsPage>(`/searches/${state.id}/rows`, { offset: 0, limit: mostPoints, sort }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const data = useMemo(
    () => rows.data && chartData(state.columns, rows.data.rows),
    [rows.data, state.columns],
  );
  if (rows.error) return <p className="note">{rows.error.message}</p>;
  if (!data) return <div className="chart" aria-busy="true" />;
  const shown: ChartData = { ...data, series: data.series.filter((series) => !hidden.has(series.name)) };
  const toggle = (name: string): void => {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    setHidden(next);
  };
  return (
    <div className="chart" data-region>
      <div className="chartbar">
        <div className="seg" role="group" aria-label={t('chartShape')}>
          {shapes.map((name) => (
            <button key={name} type="button" aria-pressed={shape === name} onClick={() => setShape(name)}>
              {t(`shape-${name}`)}
            </button>
          ))}
        </div>
        <ul className="legend" aria-label={t('series')}>
          {data.series.map((series, at) => (
            <li key={series.name}>
              <button
                type="button"
                aria-pressed={!hidden.has(series.name)}
                onClick={() => toggle(series.name)}
              >
                <i className={`swatch series${at % 8}`} />
                <RecordedText text={series.name} most={60} />
                {index !== undefined && (
                  <b className="num">{(series.values[index] ?? 0).toLocaleString('en')}</b>
                )}
              </button>
            </li>
          ))}
        </ul>
        <span className="at num">
          {index !== undefined &&
            (data.names ? data.names[index] : dateClockOf((data.x[index] ?? 0) * 1000, zone))}
        </span>
        {data.left > 0 && <span className="dim">{t('seriesLeft', { count: data.left })}</span>}
      </div>
      <Plot key={`${shape} ${theme}`} data={shown} all={data} shape={shape} zone={zone} onIndex={setIndex} />
    </div>
  );
}

function Plot({
  data,
  all,
  shape,
  zone,
  onIndex,
}: {
  readonly data: ChartData;
  readonly all: ChartData;
  readonly shape: Shape;
  readonly zone: string;
  readonly onIndex: (index: number | undefined) => void;
}) {
  const { t } = useTranslation('search');
  const { language } = usePreferences();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const style = getComputedStyle(element);
    const color = (name: string): string => resolved(element, style.getPropertyValue(name).trim());
    const values = shape === 'stacked' ? stacked(data) : data.series.map((series) => [...series.values]);
    const order = data.series.map((series) => all.series.findIndex((one) => one.name === series.name));
    const axisLabel = (value: number): string => {
      if (data.names) return Number.isInteger(value) ? (data.names[value] ?? '').slice(0, 18) : '';
      const clock = clockOf(value * 1000, zone);
      return clock === '00:00:00' ? dayOf(value * 1000, zone, language) : clock.slice(0, 5);
    };
    const font = '11px "Inter Variable", sans-serif';
    const axis = {
      stroke: color('--fg-3'),
      font,
      grid: { stroke: color('--line'), width: 1 },
      ticks: { stroke: color('--line-2'), width: 1, size: 4 },
    };
    const lines = uPlot.paths.linear?.();
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: element.clientHeight,
        legend: { show: false },
        hooks: { setCursor: [(self) => onIndex(self.cursor.idx ?? undefined)] },
        cursor: { points: { size: 6 } },
        scales: {
          x: { time: false, range: axisRange(data) },
          y: { range: (_self, _low, high) => [0, high > 0 ? high * 1.05 : 1] },
        },
        axes: [
          {
            ...axis,
            values: (_self, splits) => splits.map(axisLabel),
            space: 90,
            ...(data.names
              ? {}
              : {
                  splits: (self: uPlot, _axis: number, low: number, high: number) =>
                    axisMarks(
                      low * 1000,
                      high * 1000,
                      Math.max(2, self.width / 110),
                      zoneOffset(low * 1000, zone),
                    ).map((mark) => mark / 1000),
                }),
          },
          { ...axis, size: 56, values: (_self, splits) => splits.map((value) => value.toLocaleString('en')) },
        ],
        series: [
          { label: all.axis },
          ...data.series.map((series, at) => {
            const stroke = color(`--series-${(order[at] ?? at) % 8}`);
            return {
              label: series.name,
              stroke,
              width: shape === 'lines' ? 1.5 : 0,
              fill: shape === 'lines' ? undefined : stroke,
              points: { show: shape === 'lines' && data.x.length < 60, size: 5 },
              spanGaps: false,
              paths:
                (shape === 'lines'
                  ? lines
                  : columnPaths(
                      shape === 'stacked' ? 0 : at,
                      shape === 'stacked' ? 1 : data.series.length,
                    )) ?? null,
            };
          }),
        ],
      } as uPlot.Options,
      [[...data.x], ...values] as uPlot.AlignedData,
      element,
    );
    const sizes = new ResizeObserver(() => {
      plot.setSize({ width: element.clientWidth, height: Math.max(120, element.clientHeight) });
    });
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      plot.destroy();
    };
  }, [data, all, shape, zone, language, onIndex]);
  return (
    <div
      className="plotbox"
      ref={place}
      role="img"
      aria-label={t('chartOf', { count: data.series.length })}
    />
  );
}

/** Half a step more on both sides, so that the outer columns are whole. */
function axisRange(data: ChartData): uPlot.Range.MinMax {
  const [first = 0] = data.x;
  const last = data.x.at(-1) ?? first;
  const step = stepOf(data.x);
  return [first - step * 0.6, last + step * 0.6];
}

function stepOf(x: ArrayLike<number>): number {
  let step = Number.POSITIVE_INFINITY;
  for (let at = 1; at < x.length; at += 1) step = Math.min(step, (x[at] ?? 0) - (x[at - 1] ?? 0));
  return Number.isFinite(step) && step > 0 ? step : 1;
}

/** Columns of one of `of` series that share a place of the axis. */
function columnPaths(at: number, of: number): uPlot.Series.PathBuilder {
  return (plot, series, from, to) => {
    const fill = new Path2D();
    const [x, y] = [plot.data[0], plot.data[series]];
    const room = Math.abs(plot.valToPos(stepOf(x), 'x', true) - plot.valToPos(0, 'x', true)) * 0.78;
    const width = Math.max(1, Math.min(room / of, 64 * devicePixelRatio));
    const base = plot.valToPos(0, 'y', true);
    for (let point = from; point <= to; point += 1) {
      const value = y?.[point];
      if (value === null || value === undefined) continue;
      const left = plot.valToPos(x[point] ?? 0, 'x', true) - (width * of) / 2 + at * width;
      const top = plot.valToPos(value, 'y', true);
      fill.rect(left, top, Math.max(1, width - (of > 1 ? 1 : 0)), base - top);
    }
    return { fill, stroke: null };
  };
}

/** Each series with those behind it added, so that the first is the highest and the others are drawn over it. */
function stacked(data: ChartData): number[][] {
  const sums = data.x.map(() => 0);
  const layers = data.series.toReversed().map((series) =>
    series.values.map((value, at) => {
      sums[at] = (sums[at] ?? 0) + (value ?? 0);
      return sums[at] ?? 0;
    }),
  );
  return layers.toReversed();
}

/** A colour of the tokens as the canvas understands it: `light-dark()` is resolved by the browser. */
function resolved(element: Element, value: string): string {
  const probe = document.createElement('span');
  probe.style.color = value;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
