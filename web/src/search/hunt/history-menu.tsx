import { Popover } from '@base-ui/react/popover';
import { useQuery } from '@tanstack/react-query';
import { History as HistoryIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { History } from '../../../../src/server/contracts/editor.ts';
import { apiGet, apiSend } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { count } from '../../text/quantity.ts';
import { RecordedText } from '../../text/recorded-text.tsx';
import { dateClockOf, readMoment, useZone } from '../../text/time.ts';

export interface HistoryStep {
  readonly text: string;
  readonly earliest: string | undefined;
  readonly latest: string | undefined;
}

export function HistoryMenu({ onEntry }: { readonly onEntry: (step: HistoryStep) => void }) {
  const { t } = useTranslation('search');
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="tb" title={t('history')}>
        <HistoryIcon size={14} aria-hidden />
        <span>{t('history')}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" className="positioner">
          <Popover.Popup className="menu historymenu" aria-label={t('history')}>
            <Entries
              onEntry={(step) => {
                setOpen(false);
                onEntry(step);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Entries({ onEntry }: { readonly onEntry: (step: HistoryStep) => void }) {
  const { t } = useTranslation('search');
  const zone = useZone();
  const [sought, setSought] = useState('');
  const history = useQuery({
    queryKey: ['history'],
    queryFn: ({ signal }) => apiGet<History>('/history', {}, signal),
    staleTime: 0,
  });
  const low = sought.toLowerCase();
  const entries = (history.data?.entries ?? []).filter((entry) => entry.text.toLowerCase().includes(low));
  return (
    <>
      <div className="menuhead">
        <input
          className="field"
          type="search"
          aria-label={t('findHistory')}
          placeholder={t('findHistory')}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        <button
          type="button"
          className="btn sm ghost"
          disabled={entries.length === 0}
          onClick={() =>
            void apiSend('DELETE', '/history').then(() =>
              queryClient.invalidateQueries({ queryKey: ['history'] }),
            )
          }
        >
          {t('clearHistory')}
        </button>
      </div>
      {history.error && <p className="menunote">{history.error.message}</p>}
      {history.data && entries.length === 0 && <p className="menunote">{t('noHistory')}</p>}
      <ul>
        {entries.map((entry) => {
          const moment = readMoment(entry.time);
          return (
            <li key={entry.id}>
              <button
                type="button"
                className="menuitem entry"
                onClick={() =>
                  onEntry({
                    text: entry.text,
                    earliest: entry.earliest ?? undefined,
                    latest: entry.latest ?? undefined,
                  })
                }
              >
                <code>
                  <RecordedText text={entry.text.replaceAll('\n', ' ')} most={220} hit={sought} />
                </code>
                <small className="num">
                  {moment === undefined ? '' : dateClockOf(moment, zone, 'minutes')}
                  {entry.rows === null
                    ? ''
                    : `, ${t('rows', { count: entry.rows, text: count(entry.rows) })}`}
                </small>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
