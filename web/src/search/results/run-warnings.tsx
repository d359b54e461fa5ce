import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SearchState } from '../../../../src/server/contracts/search.ts';
import { DiagnosticItem } from '../editor/diagnostics-line.tsx';

interface Props {
  readonly state: SearchState;
  readonly onGoTo: (from: number, to: number) => void;
}

/** What the run had to say, beside its rows and where there are none. */
export function RunWarnings({ state, onGoTo }: Props) {
  const { t } = useTranslation('search');
  if (state.diagnostics.length === 0) return null;
  return (
    <section className="runwarnings">
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
  );
}
