import { useQuery } from '@tanstack/react-query';
import { ListTree } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SearchState } from '../../../../src/server/contracts/search.ts';
import type { Tree } from '../../../../src/server/contracts/tree.ts';
import { apiGet } from '../../api/client.ts';
import { Glyph } from '../../frame/glyph.tsx';
import { count } from '../../text/quantity.ts';
import type { TreeLink } from '../../tree/tree-link.ts';
import { RunWarnings } from './run-warnings.tsx';

interface Props {
  readonly state: SearchState;
  readonly isDrawing: boolean;
  readonly onTree: () => void;
  /** Where the drawn processes are to be seen in a tree. */
  readonly findTree: (() => Promise<TreeLink | undefined>) | undefined;
  readonly onGoTo: (from: number, to: number) => void;
  readonly onSortByTime: (() => void) | undefined;
}

/** What the rows cannot say of themselves: the warnings of the run, and what a drawing by labels leaves open. */
export function SearchNotes({ state, isDrawing, onTree, findTree, onGoTo, onSortByTime }: Props) {
  const { t } = useTranslation('search');
  return (
    <aside className="notes" aria-label={t('aboutResult')} data-region>
      {isDrawing && (
        <section>
          <h3>
            <ListTree size={13} aria-hidden />
            {t('asGradedTree')}
          </h3>
          <GradeCounts search={state.id} find={findTree} />
          <p>{t('aboutPstree')}</p>
          <p>
            <button type="button" className="lnk" onClick={onTree}>
              {t('openTree')}
            </button>
          </p>
        </section>
      )}
      <RunWarnings state={state} onGoTo={onGoTo} />
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

const grades = ['exact', 'probable', 'ambiguous', 'claimed'] as const;

/** How sure the links of the same processes are, in the tree that is joined by identity. */
function GradeCounts({ search, find }: { readonly search: string; readonly find: Props['findTree'] }) {
  const { t } = useTranslation('search');
  const facts = useQuery({
    queryKey: ['grades', search],
    queryFn: async ({ signal }) => {
      const link = await find?.();
      // Without a text to look for it would be the tree of the whole host.
      if (link?.match === undefined) return null;
      const tree = await apiGet<Tree>('/tree', { host: link.host, match: link.match }, signal);
      return tree.facts.grades;
    },
    enabled: find !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (!facts.data) return null;
  const counts = facts.data;
  return (
    <p className="grades">
      {grades.map((grade) => (
        <span key={grade}>
          <Glyph grade={grade} />
          <b className="num">{count(counts[grade])}</b> {t(`grade-${grade}`)}
        </span>
      ))}
    </p>
  );
}
