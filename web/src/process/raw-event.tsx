import { useQuery } from '@tanstack/react-query';
import { Copy, StickyNote, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AddNote } from '../cases/add-note.tsx';
import { copyText } from '../text/clipboard.ts';
import { durationText } from '../text/duration.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { clockOf, readMoment, useZone } from '../text/time.ts';
import { eventQuery } from './process-queries.ts';
import { isTelling, rawLines, rawPieces } from './raw-lines.ts';

/** An event that can be shown: a tab of the drawer. */
export interface RawTab {
  readonly id: string;
  readonly label: string;
}

interface Props {
  /** The event that is shown. */
  readonly id: string;
  readonly tabs: readonly RawTab[];
  readonly onTab: (id: string) => void;
  readonly onClose: () => void;
}

const mostLines = 2000;

/** The event as it was recorded, below the grid. */
export function RawEvent({ id, tabs, onTab, onClose }: Props) {
  const { t } = useTranslation('process');
  const zone = useZone();
  const [form, setForm] = useState<'raw' | 'fields'>('raw');
  const { data, error, isPending } = useQuery(eventQuery(id));
  const shown = tabs.some((tab) => tab.id === id)
    ? tabs
    : [...tabs, { id, label: eventLabel(data) ?? t('event') }];
  const time = readMoment(data?.time);
  const arrival = readMoment(data?.arrival);
  return (
    <section
      className="raw"
      aria-label={t('rawTitle')}
      data-region
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <header>
        <b>{t('rawTitle')}</b>
        <span className="seg" role="tablist" aria-label={t('rawTitle')}>
          {shown.slice(0, 6).map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              aria-selected={tab.id === id}
              onClick={() => onTab(tab.id)}
            >
              {tab.label}
            </button>
          ))}
        </span>
        {data && (
          <span className="meta num">
            <span>{data.fields.Channel ?? data.sourcetype}</span>
            {data.fields.EventRecordID !== undefined && (
              <>
                <span className="vr" />
                {t('rawRecord', { id: String(data.fields.EventRecordID) })}
              </>
            )}
            {arrival !== undefined && (
              <>
                <span className="vr" />
                {t('rawArrived', { time: clockOf(arrival, zone, 'milliseconds') })}
                {time !== undefined &&
                  arrival >= time &&
                  `, ${t('rawAfter', { time: durationText((arrival - time) / 1000) })}`}
              </>
            )}
            <span className="vr" />
            <RecordedText text={data.origin} />
          </span>
        )}
        <span className="grow" />
        {data && (
          <AddNote
            pin={{ kind: 'event', eventId: id, host: data.host }}
            className="tb sq xs"
            label={t('note')}
          >
            <StickyNote size={13} aria-hidden />
          </AddNote>
        )}
        <span className="seg">
          <button type="button" aria-pressed={form === 'raw'} onClick={() => setForm('raw')}>
            {data?.raw.trimStart().startsWith('<') === false ? t('rawText') : 'XML'}
          </button>
          <button type="button" aria-pressed={form === 'fields'} onClick={() => setForm('fields')}>
            {t('rawFields')}
          </button>
        </span>
        <button
          type="button"
          className="btn sm ghost"
          disabled={!data}
          onClick={() => data && void copyText(form === 'raw' ? data.raw : fieldText(data.fields))}
        >
          <Copy size={13} aria-hidden />
          {t('copy')}
        </button>
        <button type="button" className="tb sq xs" aria-label={t('rawClose')} onClick={onClose}>
          <X size={14} aria-hidden />
        </button>
      </header>
      {error ? (
        <p className="rawfault" role="alert">
          {t('rawFailed', { id, message: error.message })}
        </p>
      ) : isPending ? (
        <ol className="xml" aria-busy="true">
          <li>
            <span />
            <span className="skel" />
          </li>
        </ol>
      ) : form === 'raw' ? (
        <RawLines raw={data.raw} />
      ) : (
        <RawFields fields={data.fields} />
      )}
    </section>
  );
}

function RawLines({ raw }: { readonly raw: string }) {
  const { t } = useTranslation('process');
  const lines = useMemo(() => rawLines(raw), [raw]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
    <ol className="xml" tabIndex={0} aria-label={t('rawTitle')}>
      {lines.slice(0, mostLines).map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
        <li key={at} className={isTelling(line) ? 'hl' : undefined}>
          <span>{at + 1}</span>
          <code>
            {rawPieces(line).map((piece, place) =>
              piece.tone === 'plain' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move
                <RecordedText key={place} text={piece.text} most={20_000} />
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move
                <i key={place} className={tones[piece.tone]}>
                  <RecordedText text={piece.text} />
                </i>
              ),
            )}
          </code>
        </li>
      ))}
      {lines.length > mostLines && (
        <li className="dim">{t('rawMore', { count: lines.length - mostLines })}</li>
      )}
    </ol>
  );
}

const tones = { mark: 'x-t', name: 'x-a', string: 'x-s' } as const;

function RawFields({ fields }: { readonly fields: Readonly<Record<string, string | string[]>> }) {
  return (
    <dl className="rawfields" tabIndex={0}>
      {Object.entries(fields).map(([name, value]) => (
        <div key={name}>
          <dt>
            <RecordedText text={name} />
          </dt>
          <dd>
            <RecordedText text={Array.isArray(value) ? value.join(', ') : value} most={5000} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function fieldText(fields: Readonly<Record<string, string | string[]>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}\t${Array.isArray(value) ? value.join(', ') : value}`)
    .join('\n');
}

function eventLabel(
  event: { product: string; fields: Readonly<Record<string, string | string[]>> } | undefined,
): string | undefined {
  if (!event) return undefined;
  const code = event.fields.EventCode ?? event.fields.EventID;
  return `${event.product === 'sysmon' ? 'Sysmon' : event.product === 'windows-security' ? 'Security' : event.product}${code === undefined ? '' : ` ${String(code)}`}`;
}
