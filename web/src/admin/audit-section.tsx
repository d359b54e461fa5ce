import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditPage } from '../../../src/server/contracts/session.ts';
import { apiGet } from '../api/client.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { MomentText } from './moment-text.tsx';

export function AuditSection() {
  const { t } = useTranslation('admin');
  const audit = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam }) => apiGet<AuditPage>('/audit', { before: pageParam, limit: 50 }),
    initialPageParam: '',
    getNextPageParam: (page) => page.before ?? undefined,
    staleTime: 0,
  });
  const entries = audit.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <section>
      <h2>{t('audit')}</h2>
      <p className="lead">{t('auditHint')}</p>
      {audit.error && <p className="fieldfault">{audit.error.message}</p>}
      {audit.data && entries.length === 0 && <p className="dim">{t('noAudit')}</p>}
      {entries.length > 0 && (
        <table className="audit">
          <thead>
            <tr>
              <th>{t('time')}</th>
              <th>{t('user')}</th>
              <th>{t('action')}</th>
              <th>{t('subject')}</th>
              <th>{t('address')}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id}>
                <td>
                  <MomentText at={entry.time} />
                </td>
                <td>
                  <RecordedText text={entry.user} most={80} />
                </td>
                <td className="m">{entry.action}</td>
                <td className="m">
                  <RecordedText text={entry.subject.replaceAll('\n', ' ')} most={300} />
                </td>
                <td className="m">
                  <RecordedText text={entry.address} most={60} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {audit.hasNextPage && (
        <button type="button" className="btn" onClick={() => void audit.fetchNextPage()}>
          {t('older')}
        </button>
      )}
    </section>
  );
}
