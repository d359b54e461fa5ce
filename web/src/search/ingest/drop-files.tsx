import { Dialog } from '@base-ui/react/dialog';
import { Upload, X } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bytes, count } from '../../text/quantity.ts';
import { RecordedText } from '../../text/recorded-text.tsx';
import { droppedFiles } from './dropped-files.ts';
import { IngestPanel } from './ingest-panel.tsx';
import { useIngest } from './use-ingest.ts';

/** Takes files that are dropped anywhere on the page; asks for the index, then shows how far they are. */
export function DropFiles() {
  const { t } = useTranslation('search');
  const [over, setOver] = useState(false);
  const [files, setFiles] = useState<readonly File[]>();

  useEffect(() => {
    let inside = 0;
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      inside += 1;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      inside -= 1;
      if (inside <= 0) setOver(false);
    };
    const hold = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (!event.dataTransfer || !hasFiles(event)) return;
      event.preventDefault();
      inside = 0;
      setOver(false);
      void droppedFiles(event.dataTransfer).then((found) => found.length > 0 && setFiles(found));
    };
    const chosen = (event: Event): void => setFiles((event as CustomEvent<readonly File[]>).detail);
    document.addEventListener('dragenter', enter);
    document.addEventListener('dragleave', leave);
    document.addEventListener('dragover', hold);
    document.addEventListener('drop', drop);
    document.addEventListener(chosenEvent, chosen);
    return () => {
      document.removeEventListener('dragenter', enter);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('dragover', hold);
      document.removeEventListener('drop', drop);
      document.removeEventListener(chosenEvent, chosen);
    };
  }, []);

  return (
    <>
      {over && (
        <div className="dropzone" aria-hidden="true">
          <span>
            <Upload size={20} />
            {t('dropHere')}
          </span>
        </div>
      )}
      {files && <AddFiles files={files} onClose={() => setFiles(undefined)} />}
    </>
  );
}

const chosenEvent = 'keizu-files';

/** Hands files that were chosen in a dialog to the same place as dropped ones. */
export function addFiles(files: readonly File[]): void {
  if (files.length > 0) document.dispatchEvent(new CustomEvent(chosenEvent, { detail: files }));
}

function AddFiles({ files, onClose }: { readonly files: readonly File[]; readonly onClose: () => void }) {
  const { t } = useTranslation('search');
  const id = useId();
  const ingest = useIngest();
  const [index, setIndex] = useState('main');
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && !ingest.busy && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog addfiles">
          <header>
            <Dialog.Title>{t('addFiles')}</Dialog.Title>
            <Dialog.Close className="tb sq xs" aria-label={t('close')} disabled={ingest.busy}>
              <X size={14} aria-hidden />
            </Dialog.Close>
          </header>
          <div className="dialogbody">
            {ingest.state ? (
              <IngestPanel state={ingest.state} />
            ) : (
              <>
                <p>
                  {t('filesChosen', { count: files.length, text: count(files.length), size: bytes(size) })}
                </p>
                <ul className="filelist">
                  {files.slice(0, 8).map((file) => (
                    <li key={`${file.webkitRelativePath}${file.name}`}>
                      <RecordedText text={file.webkitRelativePath || file.name} most={120} className="m" />
                      <span className="num dim">{bytes(file.size)}</span>
                    </li>
                  ))}
                  {files.length > 8 && <li className="dim">{t('moreFiles', { count: files.length - 8 })}</li>}
                </ul>
                <label htmlFor={id}>{t('intoIndex')}</label>
                <input
                  id={id}
                  className="field m"
                  spellCheck={false}
                  value={index}
                  onChange={(event) => setIndex(event.target.value)}
                />
              </>
            )}
          </div>
          <div className="dialogfoot">
            {ingest.state === undefined && (
              <button
                type="button"
                className="btn primary"
                disabled={index.trim() === ''}
                onClick={() => ingest.send(files, index.trim())}
              >
                {t('add')}
              </button>
            )}
            <button type="button" className="btn" disabled={ingest.busy} onClick={onClose}>
              {ingest.state ? t('close') : t('cancel')}
            </button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
