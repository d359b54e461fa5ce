import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, CircleStop, Hourglass, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SearchState } from '../../../../src/server/contracts/search.ts';
import { bytes, count, elapsed } from '../../text/quantity.ts';
import { clockOf, dateClockOf, dateOf, readMoment, useZone, zoneLabel } from '../../text/time.ts';
import type { RunningSearch } from '../running-searches.ts';
import { searchCoverageQuery } from '../search-coverage-query.ts';

const icons = {
  running: Hourglass,
  done: Check,
  failed: OctagonAlert,
  cancelled: CircleStop,
} as const satisfies Record<SearchState['state'], unknown>;

/** What the search looked at: a result is worth as much as that. */
export function SearchFooter({ search }: { readonly search: RunningSearch | undefined }) {
  const { t } = useTranslation('search');
  const zone = useZone();
  const state = search?.state;
  const letters = zoneLabel(Date.now(), zone).split(' ')[0] ?? '';
  if (!state) return <footer className="foot" />;
  const Icon = state.limit ? TriangleAlert : icons[state.state];
  return (
    <footer className="foot" data-region>
      <span className={`say1 ${state.limit ? 'limited' : state.state}`}>
        <Icon size={12} aria-hidden />
        <span>
          <Scanned state={state} />
          <i className="rule" />
          {state.limit
            ? t(`limit-${state.limit.kind}`, {
                text:
                  state.limit.kind === 'memory'
                    ? bytes(state.limit.value)
                    : state.limit.kind === 'seconds'
                      ? `${state.limit.value}\u2009s`
                      : count(state.limit.value),
              })
            : t('noLimit')}
          {state.scope && (
            <>
              <i className="rule" />
              {state.scope.faults === 0
                ? t('noFaults')
                : t('faults', { count: state.scope.faults, text: count(state.scope.faults) })}
            </>
          )}
          <Missing state={state} />
        </span>
      </span>
      <span className="keys">
        <span className="num">
          {elapsed(state.elapsedMs)}
          <i className="rule" />
          {t('asOf', { time: clockOf(search.started, zone), zone: letters })}
        </span>
      </span>
    </footer>
  );
}

/** Whether anything is known to be missing from the hosts and the time that were searched. */
function Missing({ state }: { readonly state: SearchState }) {
  const { t } = useTranslation('search');
  const { data } = useQuery(searchCoverageQuery(state));
  if (!data) return null;
  const parts = [
    data.gaps > 0 ? t('missingGaps', { count: data.gaps, text: count(data.gaps) }) : [],
    data.drops > 0 ? t('missingDrops', { count: data.drops, text: count(data.drops) }) : [],
    data.clears > 0 ? t('missingClears', { count: data.clears, text: count(data.clears) }) : [],
  ].flat();
  const [only] = data.hosts.length === 1 ? data.hosts : [];
  return (
    <>
      <i className="rule" />
      {parts.length === 0 ? (
        t('missingNothing')
      ) : (
        <Link
          className="lnk missing"
          to="/coverage"
          search={{
            gaps: true,
            ...(state.earliest !== null && { earliest: state.earliest }),
            ...(state.latest !== null && { latest: state.latest }),
            ...(only !== undefined && { find: only }),
          }}
          title={t('missingTitle', { hosts: data.hosts.slice(0, 12).join(', ') })}
        >
          {t('missingOn', { what: parts.join(t('missingAnd')), count: data.hosts.length })}
        </Link>
      )}
    </>
  );
}

function Scanned({ state }: { readonly state: SearchState }) {
  const { t } = useTranslation('search');
  const { scope } = state;
  const zone = useZone();
  if (!scope) return <>{state.state === 'running' ? t('starting') : t('noEventsRead')}</>;
  const first = readMoment(scope.first);
  const last = readMoment(scope.last);
  const span =
    first === undefined || last === undefined
      ? ''
      : dateOf(first, zone) === dateOf(last, zone)
        ? `${dateClockOf(first, zone)} – ${clockOf(last, zone)}`
        : `${dateClockOf(first, zone, 'minutes')} – ${dateClockOf(last, zone, 'minutes')}`;
  const whole = state.state === 'done' && !state.limit;
  return (
    <>
      {whole ? t('scannedAll') : t('scannedPart', { text: count(state.eventsScanned) })}{' '}
      <b>{t('events', { count: scope.events, text: count(scope.events) })}</b>
      {', '}
      {t('hosts', { count: scope.hosts, text: count(scope.hosts) })}
      {span !== '' && `, ${span}`}
    </>
  );
}
