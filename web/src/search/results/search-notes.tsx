import { ListTree, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SearchState } from '../../../../src/server/contracts/search.ts';
import { DiagnosticItem } from '../editor/diagnostics-line.tsx';

interface Props {
  readonly state: SearchState;
  readonly isDrawing: boolean;
  readonly onTree: () => void;
  readonly onGoTo: (from: number, to: number) => void;
  readonly onSortByTime: (() => void) | undefined;
}

/** What the rows cannot say of themselves: the warnings of the run, and what a drawing by labels leaves open. */
export function SearchNotes({ state, isDrawing, onTree, onGoTo, onSortByTime }: Props) {
  const { t } = useTranslation('search');
  return (
    <aside className="notes" aria-label={t('aboutResult')} data-region>
      {isDrawing && (
        <section>
          <h3>
            <ListTree size={13} aria-hidden />
            {t('asGradedTree')}
          </h3>
          <p>{t('aboutPstree')}</p>
          <p>
            <button type="button" className="lnk" onClick={onTree}>
              {t('openTree')}
            </button>
          </p>
        </section>
      )}
      {state.diagnostics.length > 0 && (
        <section>
          <h3 className="warn">
            <TriangleAlert size={13} aria-hidden />
            {t('runNotes', { count: state.diagnostics.length })}
          </h3>
          <ul>
            {state.diagnostics.map((diagnostic) => (
              <DiagnosticItem
                key={`${diagnostic.code} ${diagnostic.from} ${diagnostic.message}`}
                text={state.text}
                diagnostic={diagnostic}
                onGoTo={onGoTo}
              />
            ))}
          </ul>
        </section>
      )}
      {isDrawing && onSortByTime && (
        <section>
          <h3>{t('order')}</h3>
          <p>
            {t('orderPstree')}{' '}
            <button type="button" className="lnk" onClick={onSortByTime}>
              {t('addCommand')} <code>| sort 0 _time</code>
            </button>
          </p>
        </section>
      )}
    </aside>
  );
}
