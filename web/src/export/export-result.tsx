import { Clipboard, Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ExportState } from '../../../src/server/contracts/exports.ts';
import { copyText } from '../text/clipboard.ts';
import { bytes, count, elapsed } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { archivePath } from './export-queries.ts';

/** What was written: the file to take, and what holds it against changes. */
export function ExportResult({ state }: { readonly state: ExportState }) {
  const { t } = useTranslation('export');
  const { result } = state;
  if (result === null) return null;
  const size = result.files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <>
      <p>
        {t('doneHint', {
          files: count(result.files.length + 1),
          bytes: bytes(size),
          time: elapsed(state.elapsedMs),
        })}
      </p>
      <p>
        <a className="btn primary" href={archivePath(state.id)} download={`${result.name}.zip`}>
          <Download size={14} aria-hidden />
          {t('download')}
        </a>
      </p>
      <p>
        {state.exact
          ? t('exactCells')
          : t('safeCells', { count: result.cellsChanged, text: count(result.cellsChanged) })}
      </p>
      {result.limits.map((each) => (
        <p key={each}>
          <RecordedText text={t('leftOut', { what: each })} />
        </p>
      ))}
      {result.files.map(
        ({ path, alone }) =>
          alone !== null &&
          alone.same < alone.read && (
            <p key={path}>
              <RecordedText
                text={t('notAlone', { path, read: count(alone.read), other: count(alone.read - alone.same) })}
              />
            </p>
          ),
      )}
      <table className="files">
        <thead>
          <tr>
            <th scope="col">{t('file')}</th>
            <th scope="col" className="r">
              {t('size')}
            </th>
            <th scope="col" className="r">
              {t('events')}
            </th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {result.files.map((file) => (
            <tr key={file.path}>
              <th scope="row">
                <RecordedText text={file.path} className="m" />
              </th>
              <td className="r num">{bytes(file.bytes)}</td>
              <td className="r num">{file.events === null ? '' : count(file.events)}</td>
              <td className="m hash">{file.sha256}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <b>{t('manifest')}</b> <span className="m hash">{result.manifestSha256}</span>{' '}
        <button type="button" className="btn sm" onClick={() => void copyText(result.manifestSha256)}>
          <Clipboard size={12} aria-hidden />
          {t('copy')}
        </button>
        <br />
        <span className="dim">{t('manifestHint')}</span>
      </p>
    </>
  );
}
