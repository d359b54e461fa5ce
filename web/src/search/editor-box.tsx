import { ListTree, Play, Square } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { elapsed } from '../text/quantity.ts';
import { readMoment } from '../text/time.ts';
import { DiagnosticsLine } from './editor/diagnostics-line.tsx';
import type { EditorHandle } from './editor/spl-editor.tsx';
import type { CheckedText } from './editor/use-check.ts';
import { Explained } from './explained.tsx';
import { SearchProgress, useElapsed } from './results/search-progress.tsx';
import type { RunningSearch } from './running-searches.ts';
import { TimePicker } from './time/time-picker.tsx';
import type { TypedRange } from './time-range.ts';
import { useSummary } from './use-summary.ts';

const SplEditor = lazy(async () => ({ default: (await import('./editor/spl-editor.tsx')).SplEditor }));

interface Props {
  readonly text: string;
  readonly checked: CheckedText | undefined;
  readonly search: RunningSearch | undefined;
  readonly running: boolean;
  readonly range: TypedRange;
  readonly onText: (text: string) => void;
  readonly onRun: () => void;
  readonly onStop: () => void;
  readonly onRange: (range: TypedRange) => void;
  readonly onReady: (handle: EditorHandle) => void;
  readonly onGoTo: (from: number, to: number) => void;
}

export function EditorBox(props: Props) {
  const { text, checked, search, running, range } = props;
  const { t } = useTranslation('search');
  const [explained, setExplained] = useState(false);
  const summary = useSummary();
  const first = readMoment(summary?.first);
  const last = readMoment(summary?.last);
  const data = useMemo(
    () => (first === undefined || last === undefined ? undefined : { first, last }),
    [first, last],
  );
  const spent = useElapsed(search?.started, running);
  const refused = search?.failure?.diagnostics ?? [];
  const diagnostics =
    checked?.text === text ? checked.check.diagnostics : search?.request.text === text ? refused : [];
  return (
    <div className="editor" data-region>
      <Suspense fallback={<pre className="splwait">{text}</pre>}>
        <SplEditor
          text={text}
          label={t('editor')}
          hint={t('editorHint')}
          checked={checked}
          onChange={props.onText}
          onRun={props.onRun}
          onStop={props.onStop}
          onReady={props.onReady}
        />
      </Suspense>
      <div className="edbar">
        <DiagnosticsLine text={text} diagnostics={diagnostics} onGoTo={props.onGoTo} />
        <span className="grow" />
        <button
          type="button"
          className="tb"
          disabled={text.trim() === ''}
          title={t('howItRuns')}
          onClick={() => setExplained(true)}
        >
          <ListTree size={14} aria-hidden />
          <span>{t('howItRuns')}</span>
        </button>
        <TimePicker range={range} data={data} onRange={props.onRange} />
        {running ? (
          <button type="button" className="btn primary stop" onClick={props.onStop} title={t('stopHint')}>
            <Square size={11} fill="currentColor" aria-hidden />
            {t('stop')}
            <span className="num">{elapsed(spent)}</span>
          </button>
        ) : (
          <button type="button" className="btn primary" onClick={props.onRun} disabled={text.trim() === ''}>
            <Play size={13} aria-hidden />
            {t('run')}
            <kbd>Ctrl ↵</kbd>
          </button>
        )}
      </div>
      {running && search && <SearchProgress search={search} />}
      {explained && <Explained text={text} range={range} onClose={() => setExplained(false)} />}
    </div>
  );
}
