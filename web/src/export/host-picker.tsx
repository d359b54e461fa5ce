import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { hostsQuery } from '../tree/tree-queries.ts';
import { useSettled } from '../tree/use-tree-view.ts';

interface Props {
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
}

/** Milliseconds for which a text must stand before it is looked for. */
const settledAfter = 200;

/** Hosts to tick; those that are chosen come first, whatever is looked for. */
export function HostPicker({ chosen, onChosen }: Props) {
  const { t } = useTranslation('export');
  const [text, setText] = useState('');
  // Those that were chosen when the page was opened, or when it was looked for others: rows do not jump under the hand.
  const [first, setFirst] = useState<readonly string[]>(() => [...chosen].sort());
  const { data, error, isPending, refetch } = useQuery(hostsQuery(useSettled(text, settledAfter)));
  const events = new Map((data?.hosts ?? []).map((host) => [host.host, host.events]));
  const names = [...first, ...[...events.keys()].filter((host) => !first.includes(host))];
  const toggle = (host: string): void => {
    const next = new Set(chosen);
    if (!next.delete(host)) next.add(host);
    onChosen(next);
  };
  return (
    <fieldset className="hostpick">
      <legend>
        {t('hosts')}
        <span className="dim" aria-live="polite">
          {t('hostsChosen', { count: chosen.size })}
        </span>
      </legend>
      <label className="find">
        <Search className="i" size={14} aria-hidden />
        <input
          value={text}
          placeholder={t('hostFind')}
          aria-label={t('hostFind')}
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            setFirst([...chosen].sort());
          }}
        />
      </label>
      {error ? (
        <p role="alert">
          {t('hostsFailed')} {error.message}{' '}
          <button type="button" className="btn sm" onClick={() => void refetch()}>
            {t('tryAgain')}
          </button>
        </p>
      ) : isPending ? (
        <span className="skel" />
      ) : (
        <ul>
          {names.map((host) => (
            <li key={host}>
              <label>
                <input type="checkbox" checked={chosen.has(host)} onChange={() => toggle(host)} />
                <RecordedText text={host} />
                <span className="dim num">
                  {events.has(host) &&
                    t('hostEvents', { count: events.get(host) ?? 0, text: count(events.get(host) ?? 0) })}
                </span>
              </label>
            </li>
          ))}
          {names.length === 0 && <li className="dim">{t('noHosts')}</li>}
        </ul>
      )}
      {data && data.total > data.hosts.length && (
        <p className="dim">{t('hostsMore', { count: data.total - data.hosts.length })}</p>
      )}
    </fieldset>
  );
}
