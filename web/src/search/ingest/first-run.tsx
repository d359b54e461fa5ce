import { useNavigate } from '@tanstack/react-router';
import { BookOpen, FlaskConical, FolderUp, Upload } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../text/quantity.ts';
import { clockOf, dateClockOf, readMoment, useZone } from '../../text/time.ts';
import { useSummary } from '../use-summary.ts';
import { addFiles } from './drop-files.tsx';
import { IngestPanel } from './ingest-panel.tsx';
import { Tour } from './tour.tsx';
import { useIngest } from './use-ingest.ts';

/** What stands where no search was run yet: how to get events, or what there is to search. */
export function FirstRun() {
  const { t } = useTranslation('search');
  const zone = useZone();
  const navigate = useNavigate();
  const summary = useSummary();
  const ingest = useIngest();
  const picker = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  if (!summary) return <div className="results" />;
  const first = readMoment(summary.first);
  const last = readMoment(summary.last);
  const look = (q: string): void => void navigate({ to: '/search', search: { q, run: true } });
  const examples: readonly (readonly [string, string])[] = [
    [
      t('exampleStarts'),
      'EventCode=1 OR EventCode=4688\n| table _time host user process_name process_id CommandLine',
    ],
    [t('exampleRare'), 'EventCode=1\n| stats count dc(host) AS hosts BY process_name\n| sort count'],
    [t('exampleTime'), '* | timechart count BY sourcetype'],
  ];
  const pick = (
    <span className="acts">
      <button type="button" className="btn" onClick={() => picker.current?.click()}>
        <Upload size={13} aria-hidden />
        {t('addFiles')}
      </button>
      <button type="button" className="btn" onClick={() => folder.current?.click()}>
        <FolderUp size={13} aria-hidden />
        {t('addFolder')}
      </button>
      {summary.demoOffered && (
        <button type="button" className="btn primary" onClick={ingest.demonstrate} disabled={ingest.busy}>
          <FlaskConical size={13} aria-hidden />
          {t('loadDemo')}
        </button>
      )}
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => addFiles([...(event.target.files ?? [])])}
      />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        // React knows the attribute by no other name.
        {...{ webkitdirectory: '' }}
        onChange={(event) => addFiles([...(event.target.files ?? [])])}
      />
    </span>
  );
  return (
    <div className="results firstrun" data-region>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <div className="frbody" tabIndex={0}>
        {summary.isEmpty ? (
          <section>
            <h2>{t('storeEmpty')}</h2>
            <p>{t('storeEmptyHint')}</p>
            {ingest.state ? <IngestPanel state={ingest.state} /> : pick}
            {summary.demoOffered && !ingest.state && <p className="dim">{t('demoHint')}</p>}
          </section>
        ) : (
          <section>
            <h2>
              {t('storeHas', {
                count: summary.events,
                text: count(summary.events),
                hosts: count(summary.hosts),
              })}
            </h2>
            <p>
              {first !== undefined &&
                last !== undefined &&
                t('storeSpan', {
                  from: dateClockOf(first, zone),
                  to:
                    dateClockOf(last, zone).slice(0, 10) === dateClockOf(first, zone).slice(0, 10)
                      ? clockOf(last, zone)
                      : dateClockOf(last, zone),
                  indexes: summary.indexes.map((index) => index.name).join(', '),
                })}
            </p>
            {ingest.state && <IngestPanel state={ingest.state} />}
            <ul className="examples">
              {examples.map(([text, search]) => (
                <li key={search}>
                  <button type="button" className="example" onClick={() => look(search)}>
                    <BookOpen size={13} aria-hidden />
                    <span>{text}</span>
                    <code>{search.replaceAll('\n', ' ')}</code>
                  </button>
                </li>
              ))}
            </ul>
            {pick}
          </section>
        )}
        {!summary.isEmpty && <Tour />}
      </div>
    </div>
  );
}
