import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Monitor } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FindField } from '../frame/find-field.tsx';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { dateClockOf, readMoment, useZone } from '../text/time.ts';
import { hostsQuery } from './tree-queries.ts';
import { useSettled } from './use-tree-view.ts';

interface Props {
  /** Where the links lead. */
  readonly to: '/tree' | '/compare' | '/egress';
}

/** The hosts of which there is a tree; shown where the link names none. */
export function HostChooser({ to }: Props) {
  const { t } = useTranslation('tree');
  const zone = useZone();
  const [text, setText] = useState('');
  const settled = useSettled(text, 200);
  const { data, error, isPending } = useQuery(hostsQuery(settled));
  return (
    <div className="hostpage">
      <header>
        <h1>{t('chooseHost')}</h1>
        <p>{t('chooseHostHint')}</p>
        <FindField label={t('hostFind')} value={text} onChange={(event) => setText(event.target.value)} />
      </header>
      {error ? (
        <p role="alert">{error.message}</p>
      ) : isPending ? (
        <span className="skel" />
      ) : data.hosts.length === 0 ? (
        <div className="blank">
          <b>{t('noHosts')}</b>
          <p>{t('noHostsHint')}</p>
          <span>
            <Link className="btn sm" to="/search">
              {t('toSearch')}
            </Link>
          </span>
        </div>
      ) : (
        <table className="hosts">
          <thead>
            <tr>
              <th>{t('host')}</th>
              <th className="r">{t('processStarts')}</th>
              <th className="r">{t('events')}</th>
              <th>{t('first')}</th>
              <th>{t('last')}</th>
            </tr>
          </thead>
          <tbody>
            {data.hosts.map((host) => (
              <tr key={host.host}>
                <td>
                  <Link to={to} search={{ host: host.host }}>
                    <Monitor className="i" size={14} aria-hidden />
                    <RecordedText text={host.host} />
                  </Link>
                </td>
                <td className="r num">{count(host.processStarts)}</td>
                <td className="r num">{count(host.events)}</td>
                <td className="num">{momentText(host.first, zone)}</td>
                <td className="num">{momentText(host.last, zone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data && data.total > data.hosts.length && (
        <p className="dim">{t('hostsMore', { count: data.total - data.hosts.length })}</p>
      )}
    </div>
  );
}

function momentText(text: string | null, zone: string): string {
  const moment = readMoment(text);
  return moment === undefined ? '' : dateClockOf(moment, zone);
}
