import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Monitor, Network, PackageOpen, X } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Egress, EgressDestination } from '../../../src/server/contracts/egress.ts';
import { FindField } from '../frame/find-field.tsx';
import { RawEvent } from '../process/raw-event.tsx';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { dateClockOf, readMoment, useZone } from '../text/time.ts';
import { HostChooser } from '../tree/host-chooser.tsx';
import { DestinationRows } from './destination-rows.tsx';
import { type EgressChange, type EgressLink, verdictCodes } from './egress-link.ts';
import { egressQuery } from './egress-queries.ts';
import { offsetText, spanText, verdictWords } from './egress-words.ts';
import { UnrecordedList } from './unrecorded-list.tsx';
import '../process/process.css';
import '../tree/tree.css';
import './egress.css';

/** Destinations of a host: those that no process explains first. */
export function EgressPage() {
  const link = useSearch({ from: '/egress' });
  const { t } = useTranslation('egress');
  useEffect(() => {
    document.title = `${link.host === undefined ? '' : `${link.host}, `}${t('title')} · Keizu`;
  }, [t, link.host]);
  if (link.host === undefined) return <HostChooser to="/egress" />;
  return <EgressOf key={`${link.host} ${link.asof ?? ''}`} link={link} host={link.host} />;
}

function EgressOf({ link, host }: { readonly link: EgressLink; readonly host: string }) {
  const { t } = useTranslation('egress');
  const zone = useZone();
  const navigate = useNavigate();
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(
    egressQuery(link, zone),
  );
  const go = useCallback(
    (change: EgressChange) =>
      void navigate({
        to: '/egress',
        search: (before) => ({ ...before, ...change }) as EgressLink,
        replace: true,
      }),
    [navigate],
  );
  const egress = data?.pages[0];
  if (egress === undefined)
    return isPending && !error ? (
      <div className="waiting" aria-busy="true" />
    ) : (
      <div className="blank centred" role="alert">
        <b>{t('failed')}</b>
        <p>{error?.message}</p>
        <span>
          <button type="button" className="btn sm" onClick={() => void refetch()}>
            {t('tryAgain')}
          </button>
          <Link className="btn sm ghost" to="/egress" search={{}}>
            {t('otherHost')}
          </Link>
        </span>
      </div>
    );
  const destinations = data?.pages.flatMap((page) => page.destinations) ?? [];
  const asof = link.asof === undefined ? {} : { asof: link.asof };
  return (
    <div className="egpage">
      <div className="ctx">
        <div className="who">
          <h1>{t('title')}</h1>
          <span className="sub">
            <Monitor className="i" size={13} aria-hidden />
            <RecordedText text={egress.host} />
            {egress.asof !== null && (
              <span className="num">
                {t('asOf', { time: dateClockOf(readMoment(egress.asof) ?? 0, zone) })}
              </span>
            )}
          </span>
        </div>
        <div className="acts">
          <Link className="btn" to="/tree" search={{ host: egress.host, ...asof }} aria-label={t('toTree')}>
            <Network size={14} aria-hidden />
            <span>{t('toTree')}</span>
          </Link>
          <Link
            className="btn"
            to="/export"
            search={{ hosts: egress.host }}
            aria-label={t('exportEverything')}
          >
            <PackageOpen size={14} aria-hidden />
            <span>{t('exportEverything')}</span>
          </Link>
          <Link className="btn" to="/egress" search={{}} aria-label={t('otherHost')}>
            <Monitor size={14} aria-hidden />
            <span>{t('otherHost')}</span>
          </Link>
        </div>
      </div>
      <Summary egress={egress} />
      <Filters link={link} egress={egress} go={go} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys */}
      <div className="eggrid" data-region tabIndex={0}>
        {egress.records === 0 ? (
          <div className="blank centred">
            <b>{t('noRecords')}</b>
            <p>{egress.addressesTotal === 0 ? t('noAddress') : t('noRecordsHint')}</p>
          </div>
        ) : destinations.length === 0 ? (
          <p className="vnone">{t('noneFits')}</p>
        ) : (
          <Table destinations={destinations} link={{ ...link, host }} go={go} />
        )}
        {hasNextPage && (
          <p className="egbar">
            <button type="button" className="lnk" onClick={() => void fetchNextPage()}>
              {t('more', { count: egress.destinationsTotal - destinations.length })}
            </button>
          </p>
        )}
        {egress.unrecorded.length > 0 && (
          <div className="egbar">
            <UnrecordedList egress={egress} most={100} />
          </div>
        )}
      </div>
      {link.raw !== undefined && (
        <RawEvent
          id={link.raw}
          tabs={[]}
          onTab={(id) => go({ raw: id })}
          onClose={() => go({ raw: undefined })}
        />
      )}
    </div>
  );
}

/** What the answer rests on. */
function Summary({ egress }: { readonly egress: Egress }) {
  const { t } = useTranslation('egress');
  const { addresses, addressesTotal, logs } = egress;
  const more = addressesTotal > addresses.length ? ` +${addressesTotal - addresses.length}` : '';
  return (
    <p className="egsum">
      <b>{t('records', { count: egress.records })}</b>
      {egress.unexplained > 0 && <b>{t('unexplained', { count: egress.unexplained })}</b>}
      {addresses.length > 0 && (
        <RecordedText text={`${t('addresses', { list: addresses.join(', ') })}${more}`} />
      )}
      {logs.map(({ name, listens, clock }) => (
        <span key={name}>
          <RecordedText
            text={
              listens.length === 0
                ? t('logNotKnown', { name })
                : t('logListens', { name, places: listens.join(', ') })
            }
          />
          {'; '}
          {clock === null
            ? t('clockAgrees')
            : t('clockMeasured', {
                offset: offsetText(clock.offsetMs),
                spread: spanText(clock.spreadMs),
                count: clock.pairs,
              })}
        </span>
      ))}
    </p>
  );
}

interface FilterProps {
  readonly link: EgressLink;
  readonly egress: Egress;
  readonly go: (change: EgressChange) => void;
}

function Filters({ link, egress, go }: FilterProps) {
  const { t } = useTranslation('egress');
  const name = egress.process?.process;
  return (
    <div className="egbar">
      <FindField
        label={t('find')}
        defaultValue={link.dest ?? ''}
        onChange={(event) => go({ dest: event.target.value === '' ? undefined : event.target.value })}
      />
      <select
        className="field"
        aria-label={t('verdict')}
        value={link.verdict ?? ''}
        onChange={(event) => go({ verdict: verdictCodes.find((code) => code === event.target.value) })}
      >
        <option value="">{t('anyVerdict')}</option>
        {verdictCodes.map((code) => (
          <option key={code} value={code}>
            {t(verdictWords[code])}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="chip"
        aria-pressed={link.unexplained === true}
        onClick={() => go({ unexplained: link.unexplained === true ? undefined : true })}
      >
        {t('onlyUnexplained')}
      </button>
      {name && (
        <button type="button" className="chip" aria-pressed="true" onClick={() => go({ id: undefined })}>
          <RecordedText text={t('ofProcess', { name: `${name.name} (${name.pid ?? '?'})` })} />
          <X size={12} aria-label={t('allProcesses')} />
        </button>
      )}
      <span className="dim num">{count(egress.destinationsTotal)}</span>
    </div>
  );
}

interface TableProps {
  readonly destinations: readonly EgressDestination[];
  readonly link: EgressLink;
  readonly go: (change: EgressChange) => void;
}

function Table({ destinations, link, go }: TableProps) {
  const { t } = useTranslation('egress');
  const groups = [
    ['groupUnexplained', destinations.filter((each) => each.unexplained > 0)],
    ['groupExplained', destinations.filter((each) => each.unexplained === 0)],
  ] as const;
  return (
    <table className="egt">
      <thead>
        <tr>
          <th scope="col">{t('columnDestination')}</th>
          <th scope="col">{t('columnVerdict')}</th>
          <th scope="col" className="r">
            {t('columnConnections')}
          </th>
          <th scope="col">{t('columnBytes')}</th>
          <th scope="col">{t('columnTime')}</th>
          <th scope="col">{t('columnProcess')}</th>
        </tr>
      </thead>
      {groups.map(
        ([head, rows]) =>
          rows.length > 0 && (
            <tbody key={head}>
              <tr className="grp">
                <th scope="rowgroup" colSpan={6}>
                  {t(head)}
                </th>
              </tr>
              {rows.map((each) => (
                <DestinationRows key={each.key} destination={each} link={link} go={go} />
              ))}
            </tbody>
          ),
      )}
    </table>
  );
}
