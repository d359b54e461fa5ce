import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { CalendarClock, CircleQuestionMark, Download, PackageOpen } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Coverage, CoverageHost } from '../../../src/server/contracts/coverage.ts';
import type { ExportLink } from '../export/export-link.ts';
import { FindField } from '../frame/find-field.tsx';
import { KeyHints } from '../frame/key-hints.tsx';
import { type KeyGroup, useHotkey, useKeyGroup } from '../frame/keys.ts';
import { withoutGaps } from '../frame/link-values.ts';
import { useEventClassLabel } from '../process/class-label.ts';
import { count } from '../text/quantity.ts';
import { axisDay, clockOf, dateOf, readMoment, useZone, zoneLabel, zoneOffset } from '../text/time.ts';
import { axisTicks } from '../tree/model/time-axis.ts';
import { ClassIcon } from './class-icon.tsx';
import { ClassRows } from './class-rows.tsx';
import { coverageCsv } from './coverage-csv.ts';
import type { CoverageChange, CoverageLink } from './coverage-link.ts';
import { coverageQuery } from './coverage-queries.ts';
import { HostRows } from './host-rows.tsx';
import '../process/process.css';
import '../tree/tree.css';
import './coverage.css';

const pageOfHosts = 100;

/** What was collected, and where "no" can be said. */
export function CoveragePage() {
  const link = useSearch({ from: '/coverage' });
  const { t } = useTranslation('coverage');
  const zone = useZone();
  const [limit, setLimit] = useState(pageOfHosts);
  const { data, error, isPending, refetch } = useQuery(coverageQuery(link, limit, zone));
  useEffect(() => {
    document.title = `${t('title')} · Keizu`;
  }, [t]);
  if (data)
    return data.hosts.length === 0 ? (
      <EmptyCoverage />
    ) : (
      <CoverageWork link={link} coverage={data} onMore={() => setLimit(Math.min(500, limit + pageOfHosts))} />
    );
  if (isPending && !error) return <div className="waiting" aria-busy="true" />;
  return (
    <div className="blank centred" role="alert">
      <b>{t('failed')}</b>
      <p>{error?.message}</p>
      <span>
        <button type="button" className="btn sm" onClick={() => void refetch()}>
          {t('tryAgain')}
        </button>
      </span>
    </div>
  );
}

function EmptyCoverage() {
  const { t } = useTranslation('coverage');
  return (
    <div className="blank centred">
      <b>{t('empty')}</b>
      <p>{t('emptyHint')}</p>
      <span>
        <Link className="btn sm" to="/search">
          {t('toSearch')}
        </Link>
      </span>
    </div>
  );
}

interface WorkProps {
  readonly link: CoverageLink;
  readonly coverage: Coverage;
  readonly onMore: () => void;
}

function CoverageWork({ link, coverage, onMore }: WorkProps) {
  const { t } = useTranslation('coverage');
  const zone = useZone();
  const navigate = useNavigate();
  const go = useCallback(
    (change: CoverageChange) =>
      void navigate({ to: '/coverage', search: { ...link, ...change } as CoverageLink, replace: true }),
    [navigate, link],
  );
  const span = { from: readMoment(coverage.axis.from) ?? 0, to: readMoment(coverage.axis.to) ?? 1 };
  const hosts = useMemo(() => coverage.hosts.filter((host) => isWanted(host, link)), [coverage.hosts, link]);
  const view = link.view ?? 'host';
  useNextGap();
  return (
    <div className="covpage">
      <div className="ctx">
        <div className="who">
          <h1>{t('title')}</h1>
          <span className="seg lg">
            <button type="button" aria-pressed={view === 'host'} onClick={() => go({ view: undefined })}>
              {t('byHost')}
            </button>
            <button type="button" aria-pressed={view === 'class'} onClick={() => go({ view: 'class' })}>
              {t('byClass')}
            </button>
          </span>
          <span className="sub">
            <CalendarClock className="i" size={13} aria-hidden />
            <span className="num">{spanText(span, zone)}</span>
          </span>
        </div>
        <div className="acts">
          <FindField
            label={t('find')}
            defaultValue={link.find ?? ''}
            onChange={(event) => go({ find: event.target.value === '' ? undefined : event.target.value })}
          />
          <button
            type="button"
            className="chip gaps"
            aria-pressed={link.gaps === true}
            aria-label={t('onlyGaps')}
            onClick={() => go({ gaps: link.gaps === true ? undefined : true })}
          >
            <CircleQuestionMark className="i" size={13} aria-hidden />
            <span>{t('onlyGaps')}</span>
          </button>
          <button type="button" className="btn" aria-label={t('export')} onClick={() => saveCsv(coverage)}>
            <Download size={14} aria-hidden />
            <span>{t('export')}</span>
          </button>
          <Link className="btn" to="/export" search={exportOf(link)} aria-label={t('exportEverything')}>
            <PackageOpen size={14} aria-hidden />
            <span>{t('exportEverything')}</span>
          </Link>
        </div>
      </div>
      <Shares coverage={coverage} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys */}
      <div className="vgrid" data-region tabIndex={0}>
        <div role="treegrid" aria-label={t('title')}>
          <div className="vrow head" role="row">
            <div className="vn" role="columnheader" tabIndex={-1}>
              {view === 'host' ? t('columnName') : t('columnClass')}
            </div>
            <div className="vs" role="columnheader" tabIndex={-1} aria-label={t('columnTime')}>
              <span className="axis2 num">
                {axisTicks(span, 6, zoneOffset(span.from, zone) * 60_000).map((tick) => (
                  <i key={tick.time} style={{ left: `${(tick.at * 100).toFixed(2)}%` }}>
                    {span.to - span.from > 3 * 86_400_000
                      ? axisDay(tick.time, zone, span.to - span.from)
                      : clockOf(tick.time, zone, 'minutes')}
                  </i>
                ))}
              </span>
            </div>
            <div className="ve" role="columnheader" tabIndex={-1}>
              {t('columnEvents')}
            </div>
            <div className="vd" role="columnheader" tabIndex={-1}>
              {t('columnDropped')}
            </div>
            <div className="vl" role="columnheader" tabIndex={-1}>
              <span className="lw0">{t('columnLate')}</span>
              <span className="p50">p50</span>
              <span className="p95">p95</span>
              <span className="p99">p99</span>
            </div>
            <div className="va" role="columnheader" tabIndex={-1}>
              {t('columnAnswer')}
            </div>
          </div>
          <div className="vbody" role="rowgroup">
            {view === 'host' ? (
              hosts.map((host) => <HostRows key={host.host} host={host} span={span} link={link} go={go} />)
            ) : (
              <ClassRows hosts={hosts} shares={coverage.shares} span={span} link={link} />
            )}
            {coverage.hostsTotal > coverage.hosts.length && (
              <div className="vrow more1" role="row">
                <button type="button" className="lnk" onClick={onMore}>
                  {t('moreHosts', {
                    count: coverage.hostsTotal - coverage.hosts.length,
                    gaps: count(coverage.hostsLeftOutWithGaps),
                  })}
                </button>
              </div>
            )}
            {hosts.length === 0 && <p className="vnone">{t('noneWanted')}</p>}
          </div>
        </div>
      </div>
      <footer className="foot">
        <span className="lgd say1">
          <span>
            <i className="h" />
            {t('legendEvents')}
          </span>
          <span className="vr" />
          <span>
            <i />
            {t('legendNothing')}
          </span>
          <span className="vr" />
          <span>
            <i className="g" />
            {t('legendGap')}
          </span>
          <span className="vr" />
          <span>
            <i className="d" />
            {t('legendDropped')}
          </span>
          <span className="vr" />
          <span>
            <i className="l" />
            {t('legendSettling')}
          </span>
          <span className="vr" />
          <span>
            <i className="c" />
            {t('legendCleared')}
          </span>
        </span>
        <KeyHints
          hints={[
            { keys: ['⇧ N'], does: t('keyNext') },
            { keys: ['?'], does: t('keyAll') },
          ]}
        />
      </footer>
    </div>
  );
}

/** Everything of the hosts that are open, in the window of this page. */
function exportOf({ open, earliest, latest }: CoverageLink): ExportLink {
  return withoutGaps({ hosts: open, earliest, latest });
}

function isWanted(host: CoverageHost, link: CoverageLink): boolean {
  if (link.gaps === true && host.certain === host.of) return false;
  const text = (link.find ?? '').toLowerCase();
  if (text === '') return true;
  return (
    host.host.toLowerCase().includes(text) ||
    host.channels.some((channel) => channel.channel.toLowerCase().includes(text))
  );
}

function Shares({ coverage }: { readonly coverage: Coverage }) {
  const { t } = useTranslation('coverage');
  const label = useEventClassLabel();
  return (
    <section className="can" aria-label={t('sharesLabel')}>
      <p>
        <b>{t('sharesHead')}</b> {t('sharesText', { count: coverage.hostsTotal })}
      </p>
      <ul>
        {coverage.shares.map((share) => (
          <li key={share.class}>
            <span className="cn">
              <ClassIcon name={share.class} />
              {label(share.class, share.label)}
            </span>
            <b className="num">
              {percent(share.share)}
              <small>%</small>
            </b>
            <span className="cb">
              <i style={{ width: `${share.share * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Never rounded up to all, nor down to nothing. */
function percent(share: number): number {
  if (share >= 1) return 100;
  if (share <= 0) return 0;
  return Math.min(99, Math.max(1, Math.round(share * 100)));
}

function spanText(span: { from: number; to: number }, zone: string): string {
  const from = dateOf(span.from, zone);
  const to = dateOf(span.to, zone);
  const label = zoneLabel(span.from, zone).split(' ')[0] ?? '';
  return from === to
    ? `${from}, ${clockOf(span.from, zone, 'minutes')} – ${clockOf(span.to, zone, 'minutes')} ${label}`
    : `${from} ${clockOf(span.from, zone, 'minutes')} – ${to} ${clockOf(span.to, zone, 'minutes')} ${label}`;
}

function saveCsv(coverage: Coverage): void {
  const url = URL.createObjectURL(new Blob([coverageCsv(coverage)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'keizu-coverage.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Shift N and Shift P go through the stretches in which something is missing. */
function useNextGap(): void {
  const { t } = useTranslation('coverage');
  const step = useCallback((by: number) => {
    const gaps = [...document.querySelectorAll<HTMLElement>('.vrow .stripbtn')];
    if (gaps.length === 0) return;
    const here = gaps.indexOf(document.activeElement as HTMLElement);
    const next = here < 0 ? (by > 0 ? 0 : gaps.length - 1) : (here + by + gaps.length) % gaps.length;
    gaps[next]?.focus();
    gaps[next]?.scrollIntoView({ block: 'nearest' });
  }, []);
  useHotkey(
    'Shift+N',
    useCallback(() => step(1), [step]),
  );
  useHotkey(
    'Shift+P',
    useCallback(() => step(-1), [step]),
  );
  useKeyGroup(
    useMemo<KeyGroup>(
      () => ({
        title: t('title'),
        lines: [
          { keys: ['⇧', 'N'], does: t('keyNext') },
          { keys: ['⇧', 'P'], does: t('keyPrevious') },
          { keys: ['Enter'], does: t('keyReasons') },
        ],
      }),
      [t],
    ),
  );
}
