import { useTranslation } from 'react-i18next';
import type { ProcessPanel } from '../../../src/server/contracts/process.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { clockOf, readMoment, useZone } from '../text/time.ts';
import { FileHistoryButton } from './file-history.tsx';
import type { PanelSubject } from './process-queries.ts';

interface Props {
  readonly panel: ProcessPanel;
  readonly subject: PanelSubject;
  readonly onRaw: (eventId: string) => void;
}

/** Files that the process touched; each leads to what all processes did with it. */
export function FileSection({ panel, subject, onRaw }: Props) {
  const { t } = useTranslation('process');
  const zone = useZone();
  return (
    <section aria-labelledby="panel-files">
      <h3 id="panel-files">
        {t('files')}
        <span className="sub num">{panel.files.total}</span>
      </h3>
      <ul className="filelist">
        {panel.files.first.slice(0, 10).map((file) => (
          <li key={`${file.eventId} ${file.path}`}>
            <span className="num when">{clockOf(readMoment(file.time) ?? 0, zone)}</span>
            <button
              type="button"
              className="evsum m"
              title={t('showEvent')}
              onClick={() => onRaw(file.eventId)}
            >
              <RecordedText text={file.path} most={160} />
            </button>
            <FileHistoryButton path={file.path} subject={subject} onRaw={onRaw} />
          </li>
        ))}
      </ul>
      {panel.files.total > 10 && <p className="dim">{t('filesMore', { count: panel.files.total - 10 })}</p>}
    </section>
  );
}
