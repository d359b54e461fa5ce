import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Copy, ListTree, Minus, Plus, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventDetail } from '../../../../src/server/contracts/events.ts';
import { apiGet } from '../../api/client.ts';
import { copyText } from '../../text/clipboard.ts';
import { count } from '../../text/quantity.ts';
import { RecordedText } from '../../text/recorded-text.tsx';
import { dateClockOf, readMoment, useZone } from '../../text/time.ts';
import { processOfRow } from './process-of-row.ts';

interface Props {
  readonly id: string;
  readonly onClose: () => void;
  readonly onCondition: ((field: string, value: string, include: boolean) => void) | undefined;
}

/** One event with all that is stored of it: its fields, and the text as it came. */
export function EventDrawer({ id, onClose, onCondition }: Props) {
  const { t } = useTranslation('search');
  const zone = useZone();
  const [view, setView] = useState<'fields' | 'raw'>('fields');
  const drawer = useRef<HTMLElement>(null);
  const event = useQuery({
    queryKey: ['event', id],
    queryFn: ({ signal }) => apiGet<EventDetail>(`/events/${encodeURIComponent(id)}`, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another event is a reason to go there
  useEffect(() => drawer.current?.focus({ preventScroll: true }), [id]);
  const detail = event.data;
  const time = readMoment(detail?.time);
  const arrival = readMoment(detail?.arrival);
  const names = Object.keys(detail?.fields ?? {});
  const process =
    detail &&
    processOfRow(
      ['_time', 'host', ...names].map((name) => ({ name, type: 'text' })),
      [detail.time, detail.host, ...Object.values(detail.fields)],
    );
  return (
    <section
      className="drawer"
      aria-label={t('eventRecorded')}
      ref={drawer}
      tabIndex={-1}
      data-region
      onKeyDown={(pressed) => {
        if (pressed.key !== 'Escape') return;
        pressed.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2>{t('eventRecorded')}</h2>
        <div className="seg" role="group" aria-label={t('eventRecorded')}>
          <button type="button" aria-pressed={view === 'fields'} onClick={() => setView('fields')}>
            {t('fields')}
          </button>
          <button type="button" aria-pressed={view === 'raw'} onClick={() => setView('raw')}>
            {t('raw')}
          </button>
        </div>
        {detail && (
          <span className="dfacts num">
            <RecordedText text={detail.source} most={90} />
            {time !== undefined && (
              <>
                <i className="rule" />
                {dateClockOf(time, zone, 'milliseconds')}
              </>
            )}
            {arrival !== undefined && (
              <>
                <i className="rule" />
                {t('arrived', { time: dateClockOf(arrival, zone) })}
              </>
            )}
            <i className="rule" />
            <span title={detail.origin}>
              {t('atByte', { file: detail.origin.split(/[\\/]/).at(-1) ?? '', offset: count(detail.offset) })}
            </span>
          </span>
        )}
        <span className="grow" />
        {process && (
          <Link className="tb" to="/tree" search={process}>
            <ListTree size={14} aria-hidden />
            <span>{t('showTree')}</span>
          </Link>
        )}
        <button
          type="button"
          className="tb"
          disabled={!detail}
          onClick={() => void copyText(detail?.raw ?? '')}
        >
          <Copy size={14} aria-hidden />
          <span>{t('copyRaw')}</span>
        </button>
        <button type="button" className="tb sq xs" aria-label={t('close')} onClick={onClose}>
          <X size={14} aria-hidden />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <div className="drawerbody" tabIndex={0}>
        {event.error && <p className="note">{t('eventFailed', { id, message: event.error.message })}</p>}
        {!detail && !event.error && <span className="skel" />}
        {detail && view === 'raw' && (
          <pre>
            <RecordedText text={prettyXml(detail.raw)} lines most={200_000} />
          </pre>
        )}
        {detail && view === 'fields' && (
          <dl>
            {names.map((name) => (
              <Field key={name} name={name} value={detail.fields[name] ?? ''} onCondition={onCondition} />
            ))}
          </dl>
        )}
      </div>
    </section>
  );
}

function Field({
  name,
  value,
  onCondition,
}: {
  readonly name: string;
  readonly value: string | readonly string[];
  readonly onCondition: Props['onCondition'];
}) {
  const { t } = useTranslation('search');
  const values = typeof value === 'string' ? [value] : value;
  return (
    <div>
      <dt>
        <RecordedText text={name} most={80} />
      </dt>
      {values.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the values of a field never move
        <dd key={at}>
          <RecordedText text={text} most={20_000} />
          {onCondition && text !== '' && (
            <span className="fieldacts">
              <button
                type="button"
                className="tb sq xs"
                aria-label={`${t('include')}: ${name}`}
                title={t('include')}
                onClick={() => onCondition(name, text, true)}
              >
                <Plus size={12} aria-hidden />
              </button>
              <button
                type="button"
                className="tb sq xs"
                aria-label={`${t('exclude')}: ${name}`}
                title={t('exclude')}
                onClick={() => onCondition(name, text, false)}
              >
                <Minus size={12} aria-hidden />
              </button>
              <button
                type="button"
                className="tb sq xs"
                aria-label={`${t('copyCell')}: ${name}`}
                title={t('copyCell')}
                onClick={() => void copyText(text)}
              >
                <Copy size={12} aria-hidden />
              </button>
            </span>
          )}
        </dd>
      ))}
    </div>
  );
}

/** XML of an event on lines of its own; only line feeds and blanks between elements are added, and only where none are. */
function prettyXml(raw: string): string {
  if (!raw.startsWith('<') || raw.includes('\n') || raw.length > 100_000) return raw;
  return raw.replaceAll(/(?<=>)(?=<(?:Data|System|EventData|UserData|[A-Z]\w*[ />]))/g, '\n');
}
