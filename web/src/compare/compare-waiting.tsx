import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiFailure } from '../api/client.ts';

interface Props {
  readonly query: { readonly error: Error | null; readonly refetch: () => unknown };
  readonly host: string;
}

/** What stands while trees are compared, or why they could not be. */
export function CompareWaiting({ query, host }: Props) {
  const { t } = useTranslation('compare');
  if (!query.error) return <div className="waiting" aria-busy="true" />;
  return (
    <div className="blank centred" role="alert">
      <b>{query.error.message}</b>
      <p>{query.error instanceof ApiFailure ? (query.error.hint ?? '') : ''}</p>
      <span>
        <button type="button" className="btn sm" onClick={() => query.refetch()}>
          {t('tryAgain')}
        </button>
        <Link className="btn sm" to="/tree" search={{ host }}>
          {t('toTree')}
        </Link>
      </span>
    </div>
  );
}
