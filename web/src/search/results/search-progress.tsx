import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../text/quantity.ts';
import type { RunningSearch } from '../running-searches.ts';

/** How far a running search is: a line that fills, and words for it. */
export function SearchProgress({ search }: { readonly search: RunningSearch }) {
  const { t } = useTranslation('search');
  const { state } = search;
  const total = state?.eventsTotal ?? 0;
  const share = state && total > 0 ? Math.min(1, state.eventsScanned / total) : 0;
  const percent = Math.floor(share * 100);
  return (
    <div className="progress">
      <div
        className={total > 0 ? 'line' : 'line unknown'}
        role="progressbar"
        aria-label={t('progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(total > 0 ? { 'aria-valuenow': percent } : {})}
      >
        <i style={{ width: `${share * 100}%` }} />
      </div>
      <span className="visually-hidden" role="status">
        {t('runningShort', { percent, rows: count(state?.rows ?? 0) })}
      </span>
    </div>
  );
}

/** Milliseconds since a moment, told again ten times a second while `on`. */
export function useElapsed(since: number | undefined, on: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, [on]);
  return since === undefined ? 0 : Math.max(0, now - since);
}
