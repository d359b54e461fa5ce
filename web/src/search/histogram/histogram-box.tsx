import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Histogram, SearchState } from '../../../../src/server/contracts/search.ts';
import { apiGet } from '../../api/client.ts';
import { readMoment } from '../../text/time.ts';
import { searchCoverageQuery } from '../search-coverage-query.ts';
import { readBuckets } from './buckets.ts';
import { HistogramPlot } from './histogram-plot.tsx';

interface Props {
  readonly state: SearchState | undefined;
  readonly onRange: (from: number, to: number) => void;
}

export function HistogramBox({ state, onRange }: Props) {
  const { t } = useTranslation('search');
  const running = state?.state === 'running';
  const histogram = useQuery({
    queryKey: ['histogram', state?.id, running ? 'running' : 'ended'],
    queryFn: ({ signal }) => apiGet<Histogram>(`/searches/${state?.id}/histogram`, {}, signal),
    enabled: state !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  const coverage = useQuery(searchCoverageQuery(state));
  const buckets = useMemo(() => histogram.data && readBuckets(histogram.data), [histogram.data]);
  if (histogram.error)
    return <div className="histbox note">{t('histogramFailed', { message: histogram.error.message })}</div>;
  if (!buckets) return <div className={state ? 'histbox blankaxis' : 'histbox idle'} />;
  return (
    <div className="histbox">
      <HistogramPlot
        key={`${buckets.from} ${buckets.to}`}
        buckets={buckets}
        settlingFrom={readMoment(coverage.data?.settlingFrom ?? null)}
        onRange={onRange}
      />
    </div>
  );
}
