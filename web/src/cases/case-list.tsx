import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { FolderOpen, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../frame/notices.ts';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { dateClockOf, readMoment, useZone } from '../text/time.ts';
import { addCase, casesQuery } from './cases-queries.ts';

export function CaseList() {
  const { t } = useTranslation('cases');
  const zone = useZone();
  const { data, error, refetch } = useQuery(casesQuery);
  useEffect(() => {
    document.title = `${t('title')} · Keizu`;
  }, [t]);
  return (
    <div className="casespage">
      <header>
        <h1>{t('title')}</h1>
        <NewCase />
      </header>
      {error ? (
        <div className="blank" role="alert">
          <p>{error.message}</p>
          <span>
            <button type="button" className="btn sm" onClick={() => void refetch()}>
              {t('tryAgain')}
            </button>
          </span>
        </div>
      ) : data === undefined ? (
        <span className="skel" />
      ) : data.cases.length === 0 ? (
        <div className="blank">
          <b>{t('empty')}</b>
          <p>{t('emptyHint')}</p>
        </div>
      ) : (
        <table className="hosts">
          <thead>
            <tr>
              <th>{t('case')}</th>
              <th>{t('status')}</th>
              <th className="r">{t('notes')}</th>
              <th>{t('by')}</th>
              <th>{t('updated')}</th>
            </tr>
          </thead>
          <tbody>
            {data.cases.map((each) => (
              <tr key={each.id}>
                <td>
                  <Link to="/cases" search={{ case: each.id }}>
                    <FolderOpen className="i" size={14} aria-hidden />
                    <RecordedText text={each.name} />
                  </Link>{' '}
                  {each.tags.map((tag) => (
                    <span key={tag} className="pill">
                      {tag}
                    </span>
                  ))}
                </td>
                <td>{t(each.status)}</td>
                <td className="r num">{count(each.items)}</td>
                <td>{each.createdBy}</td>
                <td className="num">{dateClockOf(readMoment(each.updated) ?? 0, zone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function NewCase() {
  const { t } = useTranslation('cases');
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const make = async (): Promise<void> => {
    try {
      const made = await addCase({ name: name.trim() === '' ? t('unnamed') : name.trim() });
      await navigate({ to: '/cases', search: { case: made.id } });
    } catch (error) {
      notify({ kind: 'error', text: t('failed', { message: error instanceof Error ? error.message : '' }) });
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <input
        className="field"
        value={name}
        placeholder={t('name')}
        aria-label={t('name')}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="btn primary">
        <Plus size={14} aria-hidden />
        {t('newCase')}
      </button>
    </form>
  );
}
