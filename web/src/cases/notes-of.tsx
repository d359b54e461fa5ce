import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { RecordedText } from '../text/recorded-text.tsx';
import { dateClockOf, readMoment, useZone } from '../text/time.ts';
import { notesQuery } from './cases-queries.ts';

interface Props {
  readonly host: string;
  readonly processId: string;
}

/** Notes of any case on a process; nothing where there are none. */
export function NotesOf({ host, processId }: Props) {
  const { t } = useTranslation('cases');
  const zone = useZone();
  const { data } = useQuery(notesQuery({ host, processId }));
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-labelledby="panel-notes">
      <h3 id="panel-notes">
        {t('notes')}
        <span className="sub num">{data.total}</span>
      </h3>
      <ul className="notelist">
        {data.items.map((item) => (
          <li key={item.id}>
            <p>
              <RecordedText text={item.text} lines />
            </p>
            <span className="dim">
              <Link to="/cases" search={{ case: item.caseId, item: item.id }}>
                {item.caseName}
              </Link>
              {', '}
              {item.author} {dateClockOf(readMoment(item.created) ?? 0, zone)}
            </span>
            {item.tags.map((tag) => (
              <span key={tag} className="pill">
                {tag}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
