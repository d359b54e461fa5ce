import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Glyph } from '../frame/glyph.tsx';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { clockOf, readMoment, useZone } from '../text/time.ts';
import { FileHistoryButton } from './file-history.tsx';
import { type PanelSubject, processEventsQuery } from './process-queries.ts';
import { useReasonText } from './reason-text.ts';
import { useSaidText } from './said-text.ts';

interface Props {
  readonly subject: PanelSubject;
  readonly classes: string;
  readonly total: number;
  readonly onRaw: (eventId: string) => void;
}

/** The events of a class, each of which can be shown as recorded. */
export function EvidenceEvents({ subject, classes, total, onRaw }: Props) {
  const { t } = useTranslation('process');
  const zone = useZone();
  const reason = useReasonText();
  const said = useSaidText();
  const { data, error, fetchNextPage, hasNextPage, isFetching } = useInfiniteQuery(
    processEventsQuery(subject, classes),
  );
  const events = data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <div className="evl">
      {error && <p className="pfault">{error.message}</p>}
      <ul>
        {events.map((event) => (
          <li key={event.id}>
            <span className="num when">{clockOf(readMoment(event.time) ?? 0, zone, 'milliseconds')}</span>
            <button type="button" className="evsum" title={t('showEvent')} onClick={() => onRaw(event.id)}>
              {event.grade !== 'exact' && (
                <span title={event.reasons.map(reason).join('; ')}>
                  <Glyph grade={event.grade} size={11} />
                </span>
              )}
              <RecordedText text={said(event)} most={220} />
            </button>
            {event.path !== null && <FileHistoryButton path={event.path} subject={subject} onRaw={onRaw} />}
          </li>
        ))}
      </ul>
      {isFetching && <span className="skel" />}
      {hasNextPage && (
        <button type="button" className="lnk" disabled={isFetching} onClick={() => void fetchNextPage()}>
          {t('moreEvents', { count: total - events.length, text: count(total - events.length) })}
        </button>
      )}
    </div>
  );
}
