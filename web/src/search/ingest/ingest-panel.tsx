import { Check, OctagonAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../frame/preferences.ts';
import { inJapanese } from '../../i18n/in-japanese.ts';
import { bytes, count, elapsed } from '../../text/quantity.ts';
import { RecordedText } from '../../text/recorded-text.tsx';
import type { IngestState } from './send-files.ts';

/** How far files are, or what came of them: the summary that the command line prints. */
export function IngestPanel({ state }: { readonly state: IngestState }) {
  const { t } = useTranslation('search');
  const { language } = usePreferences();
  switch (state.kind) {
    case 'sending': {
      const share = state.total === 0 ? 0 : state.sent / state.total;
      return (
        <div className="ingest" role="status">
          <Line share={share} />
          <p>{t('ingestSending', { sent: bytes(state.sent), total: bytes(state.total) })}</p>
        </div>
      );
    }
    case 'reading': {
      const { progress } = state;
      const share = progress.totalBytes ? progress.bytes / progress.totalBytes : undefined;
      return (
        <div className="ingest" role="status">
          <Line share={share} />
          <p>
            {t('ingestReading', {
              records: count(progress.records),
              events: count(progress.events),
              bytes: bytes(progress.bytes),
            })}
          </p>
          {progress.origin !== '' && (
            <p className="dim m">
              <RecordedText text={progress.origin} most={200} />
            </p>
          )}
        </div>
      );
    }
    case 'failed':
      return (
        <div className="ingest" role="alert">
          <p className="head bad">
            <OctagonAlert size={14} aria-hidden />
            {t('ingestFailed')}
          </p>
          <p>
            {state.failure.message} {state.failure.hint ?? ''}
          </p>
        </div>
      );
    case 'done': {
      const { summary, faults } = state.report;
      return (
        <div className="ingest" role="status">
          <p className="head good">
            <Check size={14} aria-hidden />
            {t('ingestDone', { count: summary.events, text: count(summary.events) })}
          </p>
          <p>
            {t('ingestSummary', {
              files: count(summary.files),
              bytes: bytes(summary.bytes),
              records: count(summary.records),
              seconds: elapsed(summary.seconds * 1000),
              duplicates: count(summary.duplicates),
              faults: count(summary.faults),
            })}
          </p>
          <ul className="products">
            {Object.entries(summary.products).map(([product, number]) => (
              <li key={product}>
                <span className="num">{count(number)}</span>
                <span>{product}</span>
              </li>
            ))}
          </ul>
          {faults.length > 0 && (
            <ul className="ingestfaults">
              {faults.map((fault) => (
                <li key={`${fault.origin} ${fault.offset} ${fault.code}`}>
                  {inJapanese(language)?.ingestFault(fault.code)}
                  <span className={language === 'ja' ? 'dim' : undefined} lang="en">
                    <RecordedText text={fault.message} most={400} />
                  </span>
                  <span className="dim m">
                    <RecordedText text={`${fault.origin} @${fault.offset}`} most={200} />
                  </span>
                </li>
              ))}
            </ul>
          )}
        </div>
      );
    }
  }
}

function Line({ share }: { readonly share: number | undefined }) {
  const { t } = useTranslation('search');
  return (
    <div
      className={share === undefined ? 'line unknown' : 'line'}
      role="progressbar"
      aria-label={t('progress')}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share === undefined ? {} : { 'aria-valuenow': Math.round(share * 100) })}
    >
      <i style={{ width: `${(share ?? 0) * 100}%` }} />
    </div>
  );
}
