import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { History, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileEntryMessage, FileHistoryMessage } from '../../../src/server/contracts/process.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { dateClockOf, readMoment, useZone } from '../text/time.ts';
import { fileQuery, type PanelSubject } from './process-queries.ts';
import { useReasonText } from './reason-text.ts';
import { useSaidText } from './said-text.ts';

interface Props {
  readonly path: string;
  readonly subject: PanelSubject;
  readonly onRaw: (eventId: string) => void;
}

/** Opens what all processes did with a file. */
export function FileHistoryButton({ path, subject, onRaw }: Props) {
  const { t } = useTranslation('process');
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="tb sq xs" aria-label={t('fileHistory')} title={t('fileHistory')}>
        <History size={12} aria-hidden />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog filehist">
          <header>
            <Dialog.Title>{t('fileHistory')}</Dialog.Title>
            <Dialog.Close className="tb sq xs" aria-label={t('close')}>
              <X size={14} aria-hidden />
            </Dialog.Close>
          </header>
          <div className="dialogbody">
            <p className="m wrapany">
              <RecordedText text={path} />
            </p>
            <FileHistoryBody
              path={path}
              subject={subject}
              onRaw={(id) => {
                setOpen(false);
                onRaw(id);
              }}
            />
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const questions = ['created', 'downloaded', 'run', 'renamed', 'deleted'] as const;
const questionWords = {
  created: 'fileCreated',
  downloaded: 'fileDownloaded',
  run: 'fileRun',
  renamed: 'fileRenamed',
  deleted: 'fileDeleted',
} as const;
const answerWords = {
  yes: 'answerYes',
  no: 'answerNo',
  'not-certain': 'answerNotCertain',
  'not-collected': 'answerNotCollected',
} as const;
const roleWords = {
  created: 'roleCreated',
  downloaded: 'roleDownloaded',
  requested: 'roleRequested',
  stream: 'roleStream',
  'time-changed': 'roleTimeChanged',
  accessed: 'roleAccessed',
  blocked: 'roleBlocked',
  run: 'roleRun',
  loaded: 'roleLoaded',
  named: 'roleNamed',
  deleted: 'roleDeleted',
} as const satisfies Record<FileEntryMessage['role'], string>;

function FileHistoryBody({ path, subject, onRaw }: Props) {
  const { t } = useTranslation('process');
  const { data, error } = useQuery(fileQuery(path, subject.host, subject.asof, subject.timezone));
  if (error) return <p className="fieldfault">{error.message}</p>;
  if (!data) return <span className="skel" />;
  return data.hosts.length === 0 ? (
    <p>{t('fileNothing')}</p>
  ) : (
    data.hosts.map((host) => <HostHistory key={host.host} host={host} onRaw={onRaw} />)
  );
}

function HostHistory({
  host,
  onRaw,
}: {
  host: FileHistoryMessage['hosts'][number];
  onRaw: (id: string) => void;
}) {
  const { t } = useTranslation('process');
  const zone = useZone();
  const reason = useReasonText();
  const said = useSaidText();
  return (
    <>
      <dl className="fileanswers">
        {questions.map((question) => (
          <div key={question}>
            <dt>{t(questionWords[question])}</dt>
            <dd
              className={host.answers[question].answer}
              title={host.answers[question].reasons.map(reason).join('\n')}
            >
              {t(answerWords[host.answers[question].answer])}
            </dd>
          </div>
        ))}
      </dl>
      <ol className="fileentries">
        {host.entries.slice(0, 200).map((entry) => (
          <li key={`${entry.id} ${entry.role}`}>
            <span className="num when">{dateClockOf(readMoment(entry.time) ?? 0, zone)}</span>
            <span className="pill">{t(roleWords[entry.role])}</span>
            <button type="button" className="evsum" title={t('showEvent')} onClick={() => onRaw(entry.id)}>
              <RecordedText text={entry.process.image ?? ''} most={80} />{' '}
              {entry.process.pid !== null && <span className="pid">{entry.process.pid}</span>}{' '}
              <RecordedText text={said(entry)} most={160} className="dim" />
            </button>
          </li>
        ))}
      </ol>
      {host.entriesTotal > 200 && <p className="dim">{t('fileMore', { count: host.entriesTotal - 200 })}</p>}
      {host.sameContent.length > 0 && (
        <p className="dim">
          {t('fileSame')}{' '}
          {host.sameContent
            .slice(0, 5)
            .map((same) => same.path)
            .join(', ')}
        </p>
      )}
    </>
  );
}
